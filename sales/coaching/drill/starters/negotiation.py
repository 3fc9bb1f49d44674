"""Cards of ours: price, deadlines and what is given in exchange."""

from sales.coaching.drill.card import Deck, DrillCard

CARDS = (
    DrillCard(
        deck=Deck.NEGOTIATION,
        starter="need-percent-off",
        question="“We need 15 percent off,” says the buyer. Contract length and start date are still open. What do "
        "you ask before you talk about price?",
        answer="“Let us talk about it. Apart from the price, is anything else open before you could sign?” Write "
        "the full list, settle the other points, and come to the price last. If they insist on price first:"
        " “I can only name it once I know what it is for.”",
        why="A discount given early becomes the new starting price, and the next open point will cost you "
        "again.",
    ),
    DrillCard(
        deck=Deck.NEGOTIATION,
        starter="allowed-give-percent",
        question="You are allowed to give 5 percent. The buyer asks for exactly that. How do you give it?",
        answer="As an exchange, with your condition first: “If you commit for two years, I can take 5 percent "
        "off.” Then wait for the answer. If they refuse the condition: “Then the price stays, and you stay "
        "free to leave after one year.”",
        why="What you give for nothing seems to have cost nothing, and it teaches the buyer to ask again.",
    ),
    DrillCard(
        deck=Deck.NEGOTIATION,
        starter="users-said-yes",
        question="The users have said yes. Now a purchaser you have never met takes over and asks for “your best "
        "price”. What do you ask?",
        answer="“What makes this a good result for you besides the price: later payment, a fixed price for next "
        "year, easier contract terms?” Offer what costs you little and helps them. If only price counts, "
        "explain what the price contains and hold it.",
        why="A purchaser has to show a result to someone, and price is only one of the results that can be "
        "shown.",
    ),
    DrillCard(
        deck=Deck.NEGOTIATION,
        starter="match-price-by",
        question="“Match this price by tonight or we sign with the others,” says the buyer. What do you do?",
        answer="Stay calm and ask: “What happens tonight?” If the date is real, say what you can do by then. If it"
        " is not: “I want to give you a proper answer, and that will be tomorrow at noon. If it must be "
        "tonight, the answer is our present offer.”",
        why="Time pressure makes people give away what they would keep the next day; asking about the date "
        "shows if it is real.",
    ),
    DrillCard(
        deck=Deck.NEGOTIATION,
        starter="quarter-ends-friday",
        question="Your quarter ends on Friday. Your company really does allow a lower price until then. How do you "
        "tell the buyer?",
        answer="First: “Could you sign by Friday at all?” If yes: “Our quarter ends then, so until Friday I may "
        "offer 8 percent less. After that I cannot promise it.” If not, do not push. Never name a deadline "
        "that you would quietly extend.",
        why="A true date with its reason is useful to a buyer; one false date and none of your dates will count"
        " again.",
    ),
    DrillCard(
        deck=Deck.NEGOTIATION,
        starter="offer-opens-were",
        question="Your offer is 50,000. The buyer opens with, “We were thinking of 20,000.” What do you say?",
        answer="Do not name a number in between. “Then we must be picturing different things. How did you arrive "
        "at 20,000?” Correct what is misunderstood, then return to what the 50,000 is for. If 20,000 is "
        "truly all there is, say early that this will not work.",
        why="Once you answer with a middle number, theirs has become the starting point, however little it "
        "rests on.",
    ),
    DrillCard(
        deck=Deck.NEGOTIATION,
        starter="better-than-then",
        question="“You have to do better than that,” says the buyer, and then looks at you in silence. What do you "
        "do?",
        answer="Leave the pause alone, then ask: “Better in what way, and what exactly would you need in order to "
        "say yes today?” Wait for their answer before you move. If no figure comes: “Then our offer stands "
        "until you can tell me what is missing.”",
        why="If you improve the offer without a counter-offer, you are negotiating against yourself.",
    ),
    DrillCard(
        deck=Deck.NEGOTIATION,
        starter="tomorrow-last-round",
        question="Tomorrow is the last round of a big deal, and you know you will be pushed hard. What do you "
        "prepare tonight?",
        answer="Agree with your manager where you stop, and write the sentence for it: “I cannot go below this. "
        "The offer stands until the 30th, and I would understand if you chose someone else.” If you reach "
        "that point tomorrow, say it calmly and mean it.",
        why="In the room every further step down looks small; a limit set the day before does not move with the"
        " mood.",
    ),
    DrillCard(
        deck=Deck.NEGOTIATION,
        starter="wants-full-offer",
        question="The buyer wants the full offer, but the budget really ends 10 percent lower. What do you propose?",
        answer="Two packages: “At your budget, I can do it without the training on site. At the full price, with "
        "it. Which suits you better?” Or let them name another part to leave out. If they cannot miss any "
        "part: “Could the rest start in your next budget year?”",
        why="If the price falls and the content stays, the first price looks invented; if both move, it stays "
        "believable.",
    ),
)
