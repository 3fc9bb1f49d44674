"""Cards of ours: what customers object, and what is asked in return."""

from sales.coaching.drill.card import Deck, DrillCard

CARDS = (
    DrillCard(
        deck=Deck.OBJECTIONS,
        starter="too-expensive-after",
        question="“That is too expensive,” says the buyer after your offer. What do you ask before you answer?",
        answer="“Too expensive compared with what: your budget, another offer, or what it would bring you?” "
        "Budget: look at a smaller start. Other offer: compare what is included. Benefit: work it out "
        "together. If it does not pay off for them, say so.",
        why="The same three words can mean three different problems, and answering the wrong one only brings up"
        " discounts.",
    ),
    DrillCard(
        deck=Deck.OBJECTIONS,
        starter="call-someone-first",
        question="You call someone for the first time. “I have no time,” they say at once. What do you say?",
        answer="“Then only one question, so I know whether to call again: do late deliveries still cost your team "
        "time?” Use the problem you solve. If yes: “When would ten minutes be better?” If no: “Then I will "
        "not call about this again. Thank you.”",
        why="One easy question about their work can be answered even in a hurry; a fast pitch proves them right"
        " to hang up.",
    ),
    DrillCard(
        deck=Deck.OBJECTIONS,
        starter="already-supplier-happy",
        question="“We already have a supplier, and we are happy,” says the buyer. What do you say?",
        answer="“Good to hear. What did you choose them for, and has anything changed in your business since "
        "then?” If something has changed, ask how they handle it today. If nothing: “When do you next "
        "compare suppliers? May I write to you a month before?”",
        why="Criticising a choice makes people defend it; asking what has changed since lets them judge it "
        "again themselves.",
    ),
    DrillCard(
        deck=Deck.OBJECTIONS,
        starter="phone-hear-just",
        question="On the phone you hear, “Just send me an e-mail.” What do you say?",
        answer="“I will, and I will keep it to five lines. What should it answer so that it is worth opening: the "
        "cost, or how it works for a company of your size?” Then: “If it is not for you, will you write me "
        "a no?” If they name nothing, send it once and let it rest.",
        why="The request is often a polite way to end the call; one small question shows whether there is any "
        "interest.",
    ),
    DrillCard(
        deck=Deck.OBJECTIONS,
        starter="now-ask-us",
        question="“Not now. Ask us again next year,” says the buyer. What do you ask?",
        answer="“I will. What will be different by then?” If it is a real event, such as a new budget or a move, "
        "agree a date just after it. If nothing comes: “So is it simply less important than other things?” "
        "Wait. If yes: “That is fine. Shall I ask you once next year, or leave it?” Then do what they say.",
        why="A delay with a reason is a date for your calendar; a delay without one is usually a no you can "
        "hear today.",
    ),
    DrillCard(
        deck=Deck.OBJECTIONS,
        starter="seen-everything-need",
        question="The buyer has seen everything and says, “I need to think about it.” What do you say?",
        answer="“Of course. Which part are you least sure about? Perhaps I can give you something to think with.” "
        "If they name it, work on that only. If not: “Fine. By which day would you like to have decided? I "
        "will call then, and a no is all right.”",
        why="There is usually one open doubt, and alone at a desk the buyer cannot ask you about it.",
    ),
    DrillCard(
        deck=Deck.OBJECTIONS,
        starter="worked-company-four",
        question="“We worked with your company four years ago. It was a disaster.” You were not there then. What do "
        "you say first?",
        answer="“I am sorry. What happened?” Listen to the end, take notes, do not defend. Then: “What would have "
        "to be different for you to try again?” Say what has changed and let a customer confirm it. If it "
        "has not changed, admit it.",
        why="People cannot hear that things are better before someone has heard how bad they were.",
    ),
    DrillCard(
        deck=Deck.OBJECTIONS,
        starter="like-but-my",
        question="“I like it, but my boss decides,” says your contact. What do you ask?",
        answer="“And if it were your decision, would you buy it?” If yes: “What will your boss ask first? Shall we"
        " prepare that together, or talk to your boss together?” If they hesitate, deal with their own "
        "doubt before you go any further.",
        why="Someone who is half convinced cannot convince a boss, and sometimes the boss is named to hide a "
        "doubt.",
    ),
)
