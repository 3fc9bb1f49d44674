"""Cards of ours: how one sells, and how one gets to speak to somebody."""

from sales.coaching.drill.card import Deck, DrillCard

CARDS = (
    DrillCard(
        deck=Deck.TECHNIQUE,
        starter="ten-minutes-into",
        question="Ten minutes into a first call, the buyer names exactly the problem you solve. You want to present."
        " What do you ask first?",
        answer="“Tell me about the last time it happened: who noticed, and what did it cost you in time or "
        "trouble?” Then: “What have you tried so far?” If it cost almost nothing, ask what bothers them "
        "more before you present anything.",
        why="A problem that exists is not yet one worth paying for; the last real case shows how much it hurts.",
    ),
    DrillCard(
        deck=Deck.TECHNIQUE,
        starter="good-call-ending",
        question="A good call is ending. The buyer says, “Great, we will get back to you.” What do you say?",
        answer="“Thank you. I will send the plan on Tuesday. Could you show it to your colleague, and could the "
        "three of us talk on Thursday at ten?” Put it in both calendars now. If they want no date: “What "
        "has to happen first so that another talk makes sense?”",
        why="A date with a task on both sides shows real interest; without one you cannot tell interest from "
        "politeness.",
    ),
    DrillCard(
        deck=Deck.TECHNIQUE,
        starter="weeks-friendly-person",
        question="For weeks, one friendly person has been your only contact. You ask to meet the others. “Leave them"
        " to me,” they say. What do you say?",
        answer="“I will not go around you. Whose daily work changes most, and what might they dislike? I could "
        "answer them in 20 minutes, with you there.” If it is still no: “Which of their questions would you "
        "least like to answer alone?” Write one page for them that answers it.",
        why="If your only contact leaves or is outvoted, the deal ends and nobody else has ever heard your "
        "side.",
    ),
    DrillCard(
        deck=Deck.TECHNIQUE,
        starter="manager-will-deal",
        question="Your manager asks, “Will this deal close this month?” You have a good feeling. What do you check "
        "before you answer?",
        answer="Only what the buyer has done: named a date, let you talk to the person who signs, booked the next "
        "step. If one is missing, say “Not this month as it stands; this is missing.” Then ask the buyer: "
        "“What still has to happen on your side before you can sign?”",
        why="Your feeling comes from friendly talks; the date depends on steps that only the buyer can take.",
    ),
    DrillCard(
        deck=Deck.TECHNIQUE,
        starter="two-weeks-after",
        question="Two weeks after a good meeting, your two e-mails have had no answer. What do you write now?",
        answer="Bring something new and make replying easy: “You asked how long the start takes. Two firms of your "
        "size began in March; it took them nine days. Is the project still on: yes, later or no? Each answer "
        "helps me.” If nothing comes, write once more, say it is the last time, and stop.",
        why="A message that only asks for news gives no reason to reply; a useful fact and an easy no do.",
    ),
    DrillCard(
        deck=Deck.TECHNIQUE,
        starter="halfway-through-first",
        question="Halfway through a first call you see that this company’s problem is not the one you solve. They "
        "are friendly and have money. What do you say?",
        answer="“I may be wrong, but I do not think we are right for you, because your main problem is something "
        "else. Have I missed anything?” If not, tell them what kind of supplier to look for, and which "
        "change on their side would be a reason to call you.",
        why="A poor fit costs you months and later a bad customer; an honest early no costs one call and is "
        "remembered.",
    ),
    DrillCard(
        deck=Deck.TECHNIQUE,
        starter="want-know-how",
        question="You want to know how this company decides. “Who is the decision maker?” has only ever brought you "
        "“I am”. What do you ask instead?",
        answer="“What was the last thing of about this price you bought? Who looked at it, and where did it wait "
        "longest?” Then: “Would it be the same this time?” If they have never bought such a thing: “Who "
        "here has, and could we ask them?”",
        why="People answer a question about rank with pride; a story about a past purchase names the people and"
        " the delays.",
    ),
    DrillCard(
        deck=Deck.TECHNIQUE,
        starter="long-first-call",
        question="In an e-mail you sum up a long first call, from two pages of notes. What stands in it?",
        answer="Five lines in the buyer’s own words: what is wrong today, what it costs, what they want, who is "
        "involved, what happens next. End with “What did I get wrong?” If no correction comes, begin the "
        "next talk by reading the lines aloud.",
        why="A mistake in your notes becomes a mistake in your offer, and people gladly correct a short text.",
    ),
    DrillCard(
        deck=Deck.TECHNIQUE,
        starter="calls-chosen-someone",
        question="A buyer calls: they have chosen someone else. You have one minute. What do you say?",
        answer="“Thank you for telling me yourself. I will not try to change it. At what moment did the other "
        "offer move ahead?” Then only listen. If they avoid it: “What should I do differently next time?” "
        "Ask whether you may call in half a year to hear how it went.",
        why="Once you stop fighting, people tell you the real reason, and a good goodbye leaves the door open.",
    ),
    DrillCard(
        deck=Deck.TECHNIQUE,
        starter="first-email",
        question="You write a first e-mail to a head of operations who has never heard of you. What stands in its "
        "first sentence?",
        answer="Something true of them, not of you: “Your new depot opens in March. Who plans its first "
        "deliveries?” One question, nothing attached, fewer than 80 words. If no answer comes, write once "
        "more with a new fact, then leave it.",
        why="A stranger reads the first line to find out whether this is about them.",
    ),
    DrillCard(
        deck=Deck.TECHNIQUE,
        starter="linkedin",
        question="On LinkedIn, somebody from a firm you would like as a customer accepts your invitation. What do "
        "you write, if anything?",
        answer="Nothing that sells. “Thank you. You wrote that finding drivers is the hardest part this year. What"
        " has helped so far?” If they answer, stay with it, and ask for a call when they ask what you do. "
        "If not, leave it at that.",
        why="An invitation that was accepted is leave to talk, and not yet to offer anything.",
    ),
    DrillCard(
        deck=Deck.TECHNIQUE,
        starter="event",
        question="At an industry event you stand beside somebody from a company on your list. You have three "
        "minutes. What do you ask?",
        answer="“What would make today worth the trip for you?” If you know somebody here who helps with that, bring "
        "the two together. If it is something you solve: “Shall I call you on Thursday with how others did "
        "it?” If nothing came up, wish them a good day and ask for nothing.",
        why="People remember who was of use to them, and seldom who spoke well of their own firm.",
    ),
    DrillCard(
        deck=Deck.TECHNIQUE,
        starter="talk",
        question="You may give a talk of ten minutes at a meeting of your trade. Many possible customers will "
        "listen. What is it about?",
        answer="One mistake that firms like theirs make, told by one case, and what to look at on Monday. Your "
        "product gets a sentence at most. End with: “Who has seen it go the other way?” If nobody speaks, "
        "tell what you are still unsure of.",
        why="Listeners come afterwards to whoever showed them something, not to whoever used their time to "
        "sell.",
    ),
    DrillCard(
        deck=Deck.TECHNIQUE,
        starter="referral",
        question="A customer thanks you: the start went well. You would like a referral. What do you say?",
        answer="“I am glad. Who do you know who has the trouble you had in spring? Would you tell them yourself, "
        "or may I say that you sent me?” If nobody comes to mind: “May I ask again in three months?” Thank "
        "them either way.",
        why="Asking is natural just after a thank-you, and a named trouble brings a name to mind.",
    ),
)
