"""What a library begins with: 24 entries of ours, for any trade that sells to companies (15, 16, 34, 48).

None of them is about one product. Each makes whoever uses it bring a fact of their own, or leave it: a figure that the
customer gave, a case with its day, a customer who may be named. One proposition does claim something, the most a cost
can be; it says how to find out whether that holds, and to leave it where it does not. What things cost or bring is in
no entry: that figure is the customer's. What is said aloud stands in quotes; of a question it is the text up to its
first question mark.
"""

from collections.abc import Iterable
from functools import cache

from sales.craft.library import EntryKind, LibraryEntry, StoredEntry
from sales.prospects.persona import role_words

TALKING_POINTS = (
    LibraryEntry(
        kind=EntryKind.TALKING_POINT,
        starter="bad-week",
        title="Something they made public",
        text="Name one public fact with its date, and ask who carries it. It may be a job ad, a notice of "
        "delays, a new site: “Your ad for a second dispatcher has been up since May. Who does that work "
        "until it is filled?” Then: “What slips because of it?” Note the answer in their words; it opens your "
        "offer.",
        pain="delays, vacancies, failures",
    ),
    LibraryEntry(
        kind=EntryKind.TALKING_POINT,
        starter="customer-like-them",
        title="A customer like them",
        text="What went wrong there before, and one figure with its month. Take the customer of yours who is "
        "most like them; if you are new, borrow one from a colleague. If you may not use the name, give "
        "trade and size. Then stop, and ask: “Where is it different with you?”",
    ),
    LibraryEntry(
        kind=EntryKind.TALKING_POINT,
        starter="what-stays",
        title="What stays the same",
        text="Three things that stay as they are, and the one that gets harder. “Your people keep their "
        "shifts, your order form stays, your customers ring the same number. The first month is more work "
        "for the night shift.” Put in your own, and only what the colleagues who deliver it have "
        "confirmed. Then: “What else must not change?”",
        role="operations, technical",
        pain="switching",
    ),
    LibraryEntry(
        kind=EntryKind.TALKING_POINT,
        starter="cost-of-waiting",
        title="What waiting costs them",
        text="Ask why first: “What has to happen before you can start?” If something has to, agree on the day "
        "after it, and ring then. If it is only “not now”: “Until when?” Then: “How often did it fail "
        "last quarter, and what did one time cost?” Take a third of the failures that a colleague confirms "
        "you would have prevented, times that cost, times the months they wait. A running fee of those "
        "months goes off; with a one-off price, say until which day your offer holds. If nothing is left, "
        "say that waiting is right. Without their figure, leave it out.",
        role="finance, chief executive, managing director, owner",
    ),
    LibraryEntry(
        kind=EntryKind.TALKING_POINT,
        starter="wrong-choice",
        title="Who should not buy from us",
        text="Say below which size you are the wrong choice. “Under five machines, a dealer nearby is cheaper "
        "for you. How many do you have?” Put in your own limit. Under it, say who serves them better, and "
        "thank them. Over it: “How do you handle it today?”",
    ),
)

QUESTIONS = (
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="last-time",
        title="The last time it let them down",
        text="When did this last let you down, and who noticed first? Ask for one case with its day, not for "
        "how often. Then: “What did it cost in hours or money, and who had to explain it?”",
    ),
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="last-purchase",
        title="How they bought last time",
        text="Who had a say in your last purchase of this kind? Write the names down; some of them you have "
        "not met. Then: “What took longest?”",
    ),
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="leave-it",
        title="If it stays as it is",
        text="What happens in the next year if you leave this as it is? Then: “Who would be happy with that?” "
        "It finds whoever is against a change while there is time to talk to them.",
    ),
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="good-decision",
        title="What makes it a good decision",
        text="A year from now, which figure shows that it was worth it? Then: “Where does it stand today, and "
        "who else looks at it?” Both go into your offer in their words, as their aim, not as your "
        "promise.",
    ),
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="tried-before",
        title="What they tried before",
        text="What have you tried so far? Then: “What made you stop?” or, if it was nothing: “What kept you "
        "from it?” Whatever ended it, a person, a price, too much other work, can end it again: ask what "
        "is different now.",
    ),
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="boss-asks",
        title="What their own boss asks",
        text="What does your boss ask you about this? Then: “What would you like to be able to answer?” Your "
        "offer is good when its first page answers that without you.",
        role="manager, head, lead",
    ),
)

VALUE_PROPOSITIONS = (
    LibraryEntry(
        kind=EntryKind.VALUE_PROPOSITION,
        starter="planned-cost",
        title="For finance: the most we can invoice, in writing",
        text="Only if whoever answers for your contracts has checked the page: “At the volumes you buy today, "
        "this is the most that we can invoice you in the first twelve months. More volume costs this much a "
        "piece. Nothing else in the contract can raise it. Your own hours come on top.” Bring that page. "
        "Then: “Which cost surprised you most last year?” If the contract would have let that one through, "
        "say so.",
        role="finance",
        pain="surprise costs",
    ),
    LibraryEntry(
        kind=EntryKind.VALUE_PROPOSITION,
        starter="evening-before",
        title="For operations: their bad week, failure by failure",
        text="Go through their last bad week, one failure after another: “When did you hear of it, and what "
        "did it cost?” Check each with a colleague who knows what you can do. Next time: “This one we "
        "would have prevented. That one we could not have helped. Is the first worth changing for?” If it "
        "is not, ask which one would be.",
        role="operations, logistics, plant",
        pain="late",
    ),
    LibraryEntry(
        kind=EntryKind.VALUE_PROPOSITION,
        starter="whole-price",
        title="For purchasing: the whole price on one page",
        text="One page, what they have today beside ours, over the same term: the price, the cost of changing, "
        "and what failures cost. Theirs by their figure; ours, those that you could not have prevented "
        "and those you would cause, as a customer like them counts them. A figure that you lack stays "
        "open, and its line out of both totals; the cost of changing always counts. Ask: “Which figure "
        "would you correct?” If you are dearer in total: “What difference could you justify?” If they "
        "see no reason for any, say so, and ask when they compare again.",
        role="purchasing, procurement, buyer",
        pain="price",
    ),
    LibraryEntry(
        kind=EntryKind.VALUE_PROPOSITION,
        starter="in-house",
        title="Against doing it in-house",
        text="Ask: “Who does it when the one who knows it best is away?” Then: “What else waits while your "
        "people do it?” If both answers are good, say that they should do it themselves. If not, stay "
        "with the weaker one: “What does that cost you, and who answers for it?”",
        competitor="in-house",
    ),
)

PERSONAS = (
    LibraryEntry(
        kind=EntryKind.PERSONA,
        starter="finance-director",
        title="Finance director",
        role="CFO, head of finance",
        text="Wants: no surprise against the budget, and a figure that holds before the board\nWorries: costs "
        "that turn up after they have signed\nSays: what is the total, and how do we get out?",
    ),
    LibraryEntry(
        kind=EntryKind.PERSONA,
        starter="operations-manager",
        title="Operations manager",
        role="COO, head of operations",
        text="Wants: a week without calls about what failed, with the people they have\n"
        "Worries: the weeks of the change, and who may leave over it\n"
        "Says: nobody here is free, so who does the work in the first weeks?",
    ),
)

OBJECTIONS = (
    LibraryEntry(
        kind=EntryKind.OBJECTION,
        starter="too-expensive",
        title="“It is too expensive.”",
        text="Ask before you move: “Compared with what: another offer, your budget, or what it brings you?” "
        "Another offer: “In which line are we furthest apart?” The budget: “Which part could wait?” If "
        "nothing can, ask when the next budget is set, and by whom. What it brings: go back to the figure "
        "they gave you, or ask for one.",
        pain="price",
    ),
    LibraryEntry(
        kind=EntryKind.OBJECTION,
        starter="happy-now",
        title="“We are happy with what we have.”",
        text="“Then I will not talk you out of it. Is there anything you would like and do not get?” If there "
        "is: “When did you last miss it?” If not: “When do you look at it again?” Note that month, thank "
        "them, and ring then.",
    ),
    LibraryEntry(
        kind=EntryKind.OBJECTION,
        starter="send-something",
        title="“Just send me something.”",
        text="Let them choose: “Gladly. What it costs at your size, or how a firm like yours made the change?” "
        "Send that one page and nothing else. Then: “May I ring on Thursday, five minutes, to hear what "
        "is missing?” If they want no day, ring once, a week later. If they choose neither: “Then not "
        "now. Which month would be better?”",
    ),
    LibraryEntry(
        kind=EntryKind.OBJECTION,
        starter="no-budget",
        title="“There is no budget this year.”",
        text="“Understood. When is the next budget set, and who decides what goes in?” Then: “What does a "
        "request need to get through?” Write them the one sentence for it, with their own figure, and "
        "agree on the day you send it. If you have no figure of theirs, ask for that first.",
        role="finance, manager, head, director",
    ),
)

PLAYS = (
    LibraryEntry(
        kind=EntryKind.PLAY,
        starter="quiet-deal",
        title="A deal that has gone quiet",
        text="For somebody who used to answer, from the day you notice:\n"
        "- Day 1, by phone: one new fact about them, and “Does that change anything?” Not a word about "
        "price. No answer: leave it as a voice message.\n"
        "- Day 8, three lines by mail: what they wanted to solve, in their words, and “Still on, later, "
        "or off? One word is enough.” If it is later, ask for the month, and ring then.\n"
        "- Day 20, by mail: “I am closing this on my side. If it comes up again, write to me.” If a "
        "colleague of theirs was in the talks, ring that person first.\n"
        "Then stop, and mark the deal as lost for now.",
    ),
    LibraryEntry(
        kind=EntryKind.PLAY,
        starter="second-person",
        title="A second person before a large offer",
        text="Before a large offer, hear a second person:\n"
        "- Ask your contact: “Who will work with it every day, and may I hear from them before I price "
        "it?”\n"
        "- They bring you together, or pass on four lines of yours, as they like.\n"
        "- Fifteen minutes about that person’s worry; no price yet.\n"
        "If they say no: “What would make that difficult?” Settle that, or send a small offer first. If "
        "the decision is theirs alone and they want the price, price it.",
    ),
    LibraryEntry(
        kind=EntryKind.PLAY,
        starter="after-a-win",
        title="The ninety days after a win",
        text="Count from the day it runs, not from the signature:\n"
        "- Week 1: “What does not work yet?” Say by when each thing is put right, and ring on that day.\n"
        "- Week 6: “You wanted to get from forty late orders a month to ten. Where are you now?” Put in "
        "their own figure, with its month. If you have none from before, ask for it in week 1. If it is not "
        "good, say what you change and by when, and ask for nothing.\n"
        "- Week 12, only with a good figure: “Who do you know with the trouble you had, and would you "
        "introduce us?”\n"
        "If they allow it, that figure becomes a talking point here, with an owner and a day to check it.",
    ),
)

STARTERS: tuple[StoredEntry, ...] = tuple(
    StoredEntry.model_validate(one.model_dump())
    for one in (*TALKING_POINTS, *QUESTIONS, *VALUE_PROPOSITIONS, *PERSONAS, *OBJECTIONS, *PLAYS)
)


@cache
def starter_called(name: str) -> StoredEntry | None:
    """Return one entry of ours by its name, or None."""
    return next((one for one in STARTERS if one.starter == name), None)


def library_with_starters(rows: Iterable[StoredEntry], taken_away: Iterable[str]) -> list[StoredEntry]:
    """Return a team's entries beside those of ours that it neither changed nor took away, in the order of the kinds.

    A persona of ours stands until the team has a card for somebody of its titles.
    """
    own = list(rows)
    gone = {*taken_away, *(one.starter for one in own if one.starter)}
    called = {one.called for one in own}
    titles = [role for one in own if one.kind is EntryKind.PERSONA for role in one.roles]
    ours = [
        one
        for one in STARTERS
        if one.starter not in gone and one.called not in called and not has_card(one, titles)
    ]
    order = list(EntryKind)
    return sorted([*own, *ours], key=lambda one: (order.index(one.kind), not one.id))


def has_card(starter: StoredEntry, titles: Iterable[str]) -> bool:
    """Say whether a team wrote a card itself for somebody of the titles of a persona of ours."""
    if starter.kind is not EntryKind.PERSONA:
        return False
    meant = [*starter.roles]
    return any(role_words(title) == role_words(own) for title in titles for own in meant)
