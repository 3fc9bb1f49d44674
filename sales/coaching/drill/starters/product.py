"""Cards of ours: explaining what one sells, whatever it is."""

from sales.coaching.drill.card import Deck, DrillCard

CARDS = (
    DrillCard(
        deck=Deck.PRODUCT,
        starter="show-feature-like",
        question="You show a feature you like. The buyer nods politely and says nothing. What do you ask?",
        answer="“Think of last Monday. When would you have needed this, and what did you do instead?” If they find"
        " a moment, replay it with the product. If nothing comes, say “Then this part may not matter to "
        "you” and move to something that does.",
        why="A polite nod tells you nothing, while a real moment from their own week shows whether the feature "
        "is of use.",
    ),
    DrillCard(
        deck=Deck.PRODUCT,
        starter="prospect-too-cannot",
        question="A prospect asks, “Can it do this too?” It cannot, and nobody plans to build it. What do you say?",
        answer="“No, it does not do that, and I do not expect it to. What would you use it for?” If there is "
        "another way to the same result, show it. If not, ask: “Is this a must, or could you live without "
        "it?” If it is a must, say you are not the right choice.",
        why="A clear no makes your yes believable, and the purpose behind a request can sometimes be met "
        "another way.",
    ),
    DrillCard(
        deck=Deck.PRODUCT,
        starter="makes-better-than",
        question="“What makes you better than your competitor?” asks a buyer who is looking at both of you. How do "
        "you answer?",
        answer="Name one true strength on each side: “They are strong if you mainly need a low starting price. We "
        "are strong if many sites work together. Which is closer to you?” Then prove only that point. If "
        "their need fits the other side better, say so.",
        why="Claiming to be better at everything gives no help in choosing; a fair line between two options "
        "does.",
    ),
    DrillCard(
        deck=Deck.PRODUCT,
        starter="head-finance-joins",
        question="The head of finance joins late: “I have one minute. What does this do?” What do you say?",
        answer="Give who, today and afterwards, in their words: “Your planners collect numbers from four places "
        "each week and find errors too late. With this they see them the same day. What would that change "
        "for you?” If little: “What would you need it to change?”",
        why="People understand a product fastest as a change for someone they know; a list of functions leaves "
        "that work to them.",
    ),
    DrillCard(
        deck=Deck.PRODUCT,
        starter="give-us-free",
        question="A buyer says, “Give us a free trial and we will see.” What do you agree on before it starts?",
        answer="“Gladly. Which two or three things must you see to say yes, who will test them, and on which day "
        "do we look at the result?” Write it down for both. If nobody has time to test, offer one guided "
        "hour on a real example of theirs instead.",
        why="A trial that nobody had time for ends as “it did not convince us”, and you cannot tell the two "
        "apart.",
    ),
    DrillCard(
        deck=Deck.PRODUCT,
        starter="sends-list-functions",
        question="A buyer sends a list of 60 functions to tick, the same list for every supplier. What do you ask "
        "before you fill it in?",
        answer="“Which five of these would make you reject a supplier, and what is the story behind each?” Answer "
        "those in detail and mark every no as no. If they say all 60 count the same, ask: “Which line is "
        "there because something once went wrong?”",
        why="On a list of ticks all suppliers look alike; the few lines with a story behind them decide.",
    ),
    DrillCard(
        deck=Deck.PRODUCT,
        starter="how-much-work",
        question="“How much work will it be for us to get started?” asks a buyer. You fear the true answer will "
        "scare them. What do you say?",
        answer="Say it plainly: “Plan on about six days of your people’s time in the first month, mostly from "
        "whoever knows your data. Who would that be?” If nobody is free, offer a smaller first step or a "
        "later start. Do not make the number smaller.",
        why="They will meet the effort anyway; heard before the contract it is a plan, heard after it is a "
        "broken promise.",
    ),
    DrillCard(
        deck=Deck.PRODUCT,
        starter="minutes-demo-just",
        question="You have 30 minutes for a demo. The buyer says, “Just show us everything.” What do you say?",
        answer="“Happy to. May I start with the two jobs that cost you most trouble, in full, and then give a "
        "quick tour of the rest? Which two?” If they still want the tour, give it and ask: “Stop me at each"
        " thing you would use next week.”",
        why="Seeing one job done from start to finish stays in memory; twenty screens in a row look like one "
        "blur.",
    ),
    DrillCard(
        deck=Deck.PRODUCT,
        starter="middle-demo-product",
        question="In the middle of a demo, the product fails. Six people are watching. What do you do?",
        answer="Try once more, no longer. Then: “That failed and I do not know why yet. By tomorrow noon I will "
        "write to you all what I found.” Go on with another part. If they ask whether customers see this "
        "too, tell the truth. Write at noon, even if you know little.",
        why="Buyers know that things break; what they learn here is how you will behave when something breaks "
        "for them.",
    ),
)
