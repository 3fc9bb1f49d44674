"""What a library begins with: 24 entries of ours, for any trade that sells to companies (15, 16, 34, 48).

None of them says anything of a product. Each makes whoever uses it bring a fact of their own, or leave it: a figure
that the customer gave, a case with its day, a customer who may be named. No figure in them is ours.
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
        text="Before you call, find one thing that failed them lately, and its date: a late delivery, a lost "
        "audit, a job ad that has been open for months. Begin with it: “You have been looking for a second dispatcher "
        "since May. What does that gap cost you in a normal week?” Write the figure down in their words, and use that "
        "figure and no other in your offer.",
        pain="delays, vacancies, failures",
    ),
    LibraryEntry(
        kind=EntryKind.TALKING_POINT,
        starter="customer-like-them",
        title="A customer like them, in three sentences",
        text="Take the customer of yours who is most like them in size and trade. Say how things stood, what was "
        "changed, and one figure as it is today with the month it was measured. Then stop and ask: “Which part of "
        "that looks like your place?” If you may not use the name, say so, and say how many sites they have instead.",
    ),
    LibraryEntry(
        kind=EntryKind.TALKING_POINT,
        starter="what-stays",
        title="What stays the same when they change",
        text="People fear the change more than the price. Name three things that stay as they are: whom they ring, "
        "which forms they fill in, which weeks you keep out of their way. Then name the one thing that gets harder "
        "in the first month, and who of yours is there for it. The drawback you name yourself makes the rest credible.",
        role="operations, technical",
        pain="switching",
    ),
    LibraryEntry(
        kind=EntryKind.TALKING_POINT,
        starter="cost-of-waiting",
        title="What waiting costs, by their own figure",
        text="Take what they told you a bad week costs, and work out in front of them what it comes to between today "
        "and the day they mean to decide. “By the figure you gave me, deciding in March instead of January comes to "
        "this. What would have to be settled for January?” If they gave you no figure, ask for one first: with a "
        "figure of yours this is only pressure.",
        role="finance, chief executive",
    ),
    LibraryEntry(
        kind=EntryKind.TALKING_POINT,
        starter="wrong-choice",
        title="For whom we are the wrong choice",
        text="Say in one sentence who should not buy from you, and mean it: those with a single site, or those who "
        "only want the cheapest. Then name the two things you saw here that say otherwise. If you saw none, ask: "
        "“Which of the two are you?” You may both be spared a quarter.",
    ),
)

QUESTIONS = (
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="last-time",
        title="The last time it let them down",
        text="When did this last let you down, and who noticed first? Ask for one case with its day, never for how "
        "often. Then: what did that week cost in hours or money, and who had to explain it?",
    ),
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="last-purchase",
        title="How they bought last time",
        text="The last time you bought something of this size, who was asked, in which order, and what took longest? "
        "Write the names down: they are the people this deal has not met yet.",
    ),
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="leave-it",
        title="If it stays as it is",
        text="What happens by next summer if you leave this as it is, and who in the house would be glad of that? "
        "The second half finds whoever is against it while there is time to talk to them.",
    ),
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="good-decision",
        title="What makes it a good decision",
        text="A year from now, which figure tells you that this was worth its money, and whose budget did it come "
        "from? Put that figure into your offer in the words it was said in.",
        role="finance, chief executive, purchasing",
    ),
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="tried-before",
        title="What they tried before",
        text="What have you tried against this already, and why did it stop? Whatever ended it then, a person, a "
        "price, a summer with too much work, will come up again. Ask what is different now.",
    ),
    LibraryEntry(
        kind=EntryKind.QUESTION,
        starter="boss-asks",
        title="What their own boss asks",
        text="What does your boss ask you about this, and what would you like to be able to answer? Your offer is "
        "good when they can put its first page on that table without you.",
        role="manager, head, lead",
    ),
)

VALUE_PROPOSITIONS = (
    LibraryEntry(
        kind=EntryKind.VALUE_PROPOSITION,
        starter="planned-cost",
        title="For finance: a cost that is known in January",
        text="You know in January what this costs you in December: the contract names the three things that can "
        "change the price, and by how much at most. Proof to bring: a customer's last four invoices beside the offer "
        "they signed. If you cannot show those, do not say it.",
        role="finance",
        pain="surprise costs",
    ),
    LibraryEntry(
        kind=EntryKind.VALUE_PROPOSITION,
        starter="evening-before",
        title="For operations: known the evening before",
        text="Your shift leaders stop chasing what is late, because they hear of it the evening before. Prove it with "
        "their last bad week: go through each delay and ask when they would have known, and what they could still have "
        "done. If it would have helped with none of them, this is not their reason to buy.",
        role="operations, logistics, plant",
        pain="late",
    ),
    LibraryEntry(
        kind=EntryKind.VALUE_PROPOSITION,
        starter="whole-price",
        title="For purchasing: the whole price on one page",
        text="Three columns: the price on paper, what changing costs, and what one failure costs by their own figure. "
        "Where the other offer wins all three, say so, and be asked again next time. Where it does not, the last two "
        "columns are what you sell, in their figures.",
        role="purchasing, procurement, buyer",
        pain="price",
    ),
    LibraryEntry(
        kind=EntryKind.VALUE_PROPOSITION,
        starter="in-house",
        title="Against doing it in-house",
        text="You keep the two people who could build this for what only they can do. Ask who looks after it in August "
        "when they are away, what else they would have to leave undone, and when the last such project of theirs was "
        "finished. If the answers are good, they should do it themselves, and you should say so.",
        competitor="in-house",
    ),
)

PERSONAS = (
    LibraryEntry(
        kind=EntryKind.PERSONA,
        starter="finance-director",
        title="Finance director",
        role="CFO, head of finance",
        text="Wants: a bill that matches the budget, and a figure that holds before the board\n"
        "Worries: costs that turn up after the signature, with their own name under it\n"
        "Says: who else our size pays that, and can I ring them?",
    ),
    LibraryEntry(
        kind=EntryKind.PERSONA,
        starter="operations-manager",
        title="Operations manager",
        role="COO, head of operations",
        text="Wants: a week without calls about what failed, with the people there are\n"
        "Worries: the weeks of changing over, and whoever leaves because of them\n"
        "Says: not before the season is over, we have no hands for it",
    ),
)

OBJECTIONS = (
    LibraryEntry(
        kind=EntryKind.OBJECTION,
        starter="too-expensive",
        title="“It is too expensive.”",
        text="Find out beside what: “Beside another offer, beside the budget, or beside what it brings you?” Another "
        "offer: go through what is not in it. The budget: ask when the next one is written, and by whom. What it "
        "brings: go back to the figure they gave you; if there is none, that is what is missing. Name no lower price "
        "before you know which of the three it is.",
        pain="price",
    ),
    LibraryEntry(
        kind=EntryKind.OBJECTION,
        starter="happy-now",
        title="“We are happy with what we have.”",
        text="Believe it, and ask what they chose it for: “What was it better at when you took it?” Then: “What has "
        "changed here since?” If nothing has, ask which event would change it, a new site, the end of a contract, a "
        "new boss, note its day, thank them, and ring on that day.",
    ),
    LibraryEntry(
        kind=EntryKind.OBJECTION,
        starter="send-something",
        title="“Just send me something.”",
        text="It is a polite no, or a yes without time. One question tells which: “Gladly. Which would help you more, "
        "two pages on what it costs, or on how somebody of your size did it? And on which day may I ask what you made "
        "of them?” Whoever picks one and a day will read it. Without a day, send nothing and ring in a month.",
    ),
    LibraryEntry(
        kind=EntryKind.OBJECTION,
        starter="no-budget",
        title="“There is no budget this year.”",
        text="Something did get money: “What was paid for this year, and what made it win?” If your matter serves the "
        "same aim, give them one sentence with their own figure to pass on. If it does not, ask when the next budget "
        "is written and which figure they will need for it, and promise that figure for the week before.",
        role="finance, manager, head, director",
    ),
)

PLAYS = (
    LibraryEntry(
        kind=EntryKind.PLAY,
        starter="quiet-deal",
        title="A deal that has gone quiet",
        text="For somebody who used to answer:\n"
        "- Day 1, by phone: one new fact about them, and not a word of the offer.\n"
        "- Day 4, three lines by mail: what waiting costs by their own figure, and one question.\n"
        "- Day 9, to somebody else there: what you understood, and whether it is still wanted.\n"
        "Then say on which day you close it, and close it that day. Whoever wants it will write.",
    ),
    LibraryEntry(
        kind=EntryKind.PLAY,
        starter="second-person",
        title="A second person before the offer",
        text="No offer goes to one person alone:\n"
        "- Ask your contact: “Who will be asked about this when I am not in the room?”\n"
        "- Let them choose: they bring you together, or you write four lines for them to pass on.\n"
        "- Speak with that person for fifteen minutes about their worry, before anything is priced.\n"
        "If your contact wants neither, ask what they fear would happen. That is what stands in the way of this deal.",
    ),
    LibraryEntry(
        kind=EntryKind.PLAY,
        starter="after-a-win",
        title="The ninety days after a win",
        text="A new customer teaches you the next three:\n"
        "- Week 1: ask what nearly kept them from buying. Others have the same worry, so write it down here.\n"
        "- Week 6: ask for the first figure that moved, and the month it was measured in.\n"
        "- Week 12: with that figure in hand, ask for the name of one person who has the trouble they had.\n"
        "With their leave the figure becomes a talking point of this library, with an owner and a day to check it.",
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
