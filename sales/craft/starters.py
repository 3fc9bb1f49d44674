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
        title="The bad week they had lately",
        text="Name one thing they made public, with its date, and ask what it holds up. It may be a job ad that has "
        "been open for months, or a notice about late deliveries: “Your ad for a second dispatcher has been up since "
        "May. I am not a recruiter. While that seat is empty, what goes out late?” Once they name something: “What "
        "did the last one cost you?” Write the figure down in their words, and use that one, not one of yours, in "
        "your offer.",
        pain="delays, vacancies, failures",
    ),
    LibraryEntry(
        kind=EntryKind.TALKING_POINT,
        starter="customer-like-them",
        title="A customer like them",
        text="Say how it was, what changed, and one figure with its month. Take the customer of yours who is most "
        "like them; if you are new, ask a colleague for one. If you may not use the name, say so, and give the trade "
        "and rough size instead. Then stop and ask: “Which part of that is the same with you, and which is not?”",
    ),
    LibraryEntry(
        kind=EntryKind.TALKING_POINT,
        starter="what-stays",
        title="What stays the same",
        text="Name three things that stay as they are, and the one that gets harder. “Your people keep their shifts, "
        "your order form stays, and your customers still ring the same number. In the first month the night shift "
        "has more to do, and Maria from our side is there for it.” Put in your own. Ask: “What else must not change "
        "for you?” Promise only what the colleagues who deliver it have confirmed to you.",
        role="operations, technical",
        pain="switching",
    ),
    LibraryEntry(
        kind=EntryKind.TALKING_POINT,
        starter="cost-of-waiting",
        title="What waiting costs them",
        text="When they want to wait, ask: “What does one bad week cost you?” Then, with your own months: “How many "
        "do you expect between January and March, and how many of those would you avoid if this ran from January?” "
        "Multiply the last by what one costs, take off what you charge until March, and ask: “By your figures that "
        "leaves this much. Is it enough to start in January?” If nothing is left, say that March is right. Without a "
        "figure of theirs, leave it out.",
        role="finance, chief executive",
    ),
    LibraryEntry(
        kind=EntryKind.TALKING_POINT,
        starter="wrong-choice",
        title="Who should not buy from us",
        text="With your own limit: “Under five machines, a dealer nearby is cheaper for you than we are. How many do "
        "you have?” If they are under your limit, tell them who serves them better, thank them and end the call. If "
        "they are over it, ask: “What made you think of us?”, or, if you rang them: “How do you handle it today?”",
    ),
)

QUESTIONS = (
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="last-time",
        title="The last time it let them down",
        text="When did this last let you down, and who noticed first? Ask for one case with its day, never for how "
        "often. Then: “What did that one cost in hours or money, and who had to explain it?”",
    ),
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="last-purchase",
        title="How they bought last time",
        text="The last time you bought something of this size, who was asked, and what took longest? Write the names "
        "down: some of them you have not met yet.",
    ),
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="leave-it",
        title="If it stays as it is",
        text="What happens in the next twelve months if you leave this as it is, and who would be happy with that? "
        "The second half finds whoever is against a change while there is time to talk to them.",
    ),
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="good-decision",
        title="What makes it a good decision",
        text="A year from now, which figure would tell you that it was worth the money? Then: “Where does that "
        "figure stand today, and who else looks at it?” Put both into your offer in their words, as what they aim "
        "for, not as what you promise.",
        role="finance, chief executive, purchasing",
    ),
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="tried-before",
        title="What they tried before",
        text="What have you tried so far, and what made you stop? Whatever ended it then, a person, a price, too "
        "much other work, can end it again. Ask what is different now.",
    ),
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="boss-asks",
        title="What their own boss asks",
        text="What does your boss ask you about this, and what would you like to be able to answer? Your offer is "
        "good when they can hand its first page to that boss without you.",
        role="manager, head, lead",
    ),
)

VALUE_PROPOSITIONS = (
    LibraryEntry(
        kind=EntryKind.VALUE_PROPOSITION,
        starter="planned-cost",
        title="For finance: the most it can cost, in writing",
        text="Only if it is true: “Here is the most this can cost you this year at the volumes you order now. "
        "Everything that could raise the price is in the contract, and it is already in this figure.” Bring that "
        "page with you. Then ask: “Which cost surprised you most last year?” If the contract would have let that one "
        "through, say so.",
        role="finance",
        pain="surprise costs",
    ),
    LibraryEntry(
        kind=EntryKind.VALUE_PROPOSITION,
        starter="evening-before",
        title="For operations: their bad week, failure by failure",
        text="Go through their last bad week with them, one failure after another: when did they hear of each, and "
        "what did it cost? Check each with a colleague who knows what you can do. Then: “This one we would have "
        "prevented. This one you would have known of a day earlier. That one we could not have helped. Is the first "
        "worth changing for?” If it is not, ask which one would be.",
        role="operations, logistics, plant",
        pain="late",
    ),
    LibraryEntry(
        kind=EntryKind.VALUE_PROPOSITION,
        starter="whole-price",
        title="For purchasing: the whole price on one page",
        text="One page, over the same term: what they have in one line, you in the other; the price, the cost of "
        "changing, the cost of what fails. What fails is their figure. Where one line has no figure, leave that "
        "column out of both totals, and say so. Show where you are dearer, and ask: “Which figure would you "
        "correct?” If you are dearer in total: “Is there anything you would get from us that is not on this page, "
        "and is it worth the difference?” If there is not, say so, and ask when they compare again.",
        role="purchasing, procurement, buyer",
        pain="price",
    ),
    LibraryEntry(
        kind=EntryKind.VALUE_PROPOSITION,
        starter="in-house",
        title="Against doing it in-house",
        text="Ask: “Who would look after it when the person who built it is away?” and: “What would have to wait "
        "while your people build it?” If both answers are good, say that they should do it themselves. If the first "
        "was weak: “What stands still on such a day, and who answers for it?” If the second: “What would it be worth "
        "to have that work done this year?”",
        competitor="in-house",
    ),
)

PERSONAS = (
    LibraryEntry(
        kind=EntryKind.PERSONA,
        starter="finance-director",
        title="Finance director",
        role="CFO, head of finance",
        text="Wants: a bill that matches the budget, and a figure that holds before the owner or the board\n"
        "Worries: costs that turn up after they have signed\n"
        "Says: what is the total, how long are we bound, and what does it cost to leave?",
    ),
    LibraryEntry(
        kind=EntryKind.PERSONA,
        starter="operations-manager",
        title="Operations manager",
        role="COO, head of operations",
        text="Wants: a week without calls about what failed, with the people they have\n"
        "Worries: the weeks of the change, and who may leave because of it\n"
        "Says: we have nobody free for this, so who does the work in the first weeks?",
    ),
)

OBJECTIONS = (
    LibraryEntry(
        kind=EntryKind.OBJECTION,
        starter="too-expensive",
        title="“It is too expensive.”",
        text="Name no lower price yet. Ask: “Compared with what: another offer, your budget, or what it brings you?” "
        "Another offer: compare line by line; if they may not show it: “In which line are we furthest apart?” The "
        "budget: “Which part could wait, so that the rest fits this year?” Only if nothing can wait, ask when the "
        "next budget is set, and by whom. What it brings: go back to the figure they gave you, or ask for one.",
        pain="price",
    ),
    LibraryEntry(
        kind=EntryKind.OBJECTION,
        starter="happy-now",
        title="“We are happy with what we have.”",
        text="Believe it, and ask: “What made you choose it at the time?” Then: “What has changed for you since "
        "then?” If something has, ask: “Does it still fit?” If nothing has: “What would make you look again: a new "
        "site, the end of the contract?” Note when that is, thank them, and ring then.",
    ),
    LibraryEntry(
        kind=EntryKind.OBJECTION,
        starter="send-something",
        title="“Just send me something.”",
        text="It is a polite no, or a yes without time. Say: “Gladly. Which one question should it answer for you?” "
        "If they name a question, send one page on that and nothing else, and ask: “Which day suits you for five "
        "minutes on it?” If they want no day, send it, and ring once, a week later. If they name no question, it was "
        "probably the no: “Then I will send you five lines and leave it there, unless you write back. Or is there a "
        "better month?”",
    ),
    LibraryEntry(
        kind=EntryKind.OBJECTION,
        starter="no-budget",
        title="“There is no budget this year.”",
        text="Say: “Understood. When is the next budget set, and who decides what goes in?” Then: “What did get "
        "money this year?” If your offer serves the same aim, give them one sentence with their own figure to pass "
        "on. If not, ask what a request must contain, and agree on the day by which you send your part.",
        role="finance, manager, head, director",
    ),
)

PLAYS = (
    LibraryEntry(
        kind=EntryKind.PLAY,
        starter="quiet-deal",
        title="A deal that has gone quiet",
        text="For somebody who used to answer:\n"
        "- Day 1, by phone or voicemail: one new fact about them, and “Does that change anything we "
        "discussed?” Not a word about price.\n"
        "- Day 4, three lines by mail: what they wanted to solve, in their words, and “Is this still on, "
        "later, or off? One word is enough.” If they say later, ask for the month, and ring then.\n"
        "- Day 9, by mail: the day on which you stop asking. If a colleague of theirs was already in the "
        "talks, ask whether you should speak to that person instead.\n"
        "On that day, stop, and mark the deal as lost for now. They can still write.",
    ),
    LibraryEntry(
        kind=EntryKind.PLAY,
        starter="second-person",
        title="A second person before the offer",
        text="No large offer goes to one person alone:\n"
        "- Ask your contact: “Who will be asked about this when I am not in the room?”\n"
        "- Let them choose: they bring you together, or you write four lines for them to pass on.\n"
        "- Speak with that person for fifteen minutes about their worry, before anything is priced.\n"
        "If they decide alone: “Who will work with it every day, and may I hear from them before I price it?” "
        "If they say no, price it; the decision is theirs.\n"
        "If your contact wants neither, ask: “What would make that difficult for you?” Settle that first, or "
        "send a small offer.",
    ),
    LibraryEntry(
        kind=EntryKind.PLAY,
        starter="after-a-win",
        title="The ninety days after a win",
        text="Count from the day it runs, not from the signature:\n"
        "- Week 1: “What nearly kept you from buying?” Others may have the same worry, so write it down "
        "here.\n"
        "- Week 6: “You wanted to get from forty late orders a month to ten. Where are you now?” Put in their "
        "own figure from before the signature, and note the month. Without one, ask for it in week 1.\n"
        "- Week 12, only with a good figure: “Who do you know with the trouble you had, and would you "
        "introduce us?”\n"
        "If they allow it, the figure becomes a talking point of this library, with an owner and a day to "
        "check it.",
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
