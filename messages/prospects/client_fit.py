"""How an account fits, in words: both scores in a line, the page of an account, and the form of what is known of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    joined,
    message_of,
    section,
)
from messages.elements import button
from messages.formatting import Mrkdwn, words
from messages.prospects.ideal_client import NAMES, wanted_said
from messages.undo import undo_button
from sales.language.figures import listed, number, short_money
from sales.language.names.match import name_key
from sales.prospects.account_family import AccountParents
from sales.prospects.attitude import BUYS_ON, AttitudeAnswer, AttitudeFit
from sales.prospects.ideal_client import GOOD, ClientFit, Criterion, Firmographics, IdealClient

OPEN = "client_fit.open"  # the form of what is known of an account
NOUN = "prospects/client_fit"
MOST_QUESTIONS = 3
MOST_PARENTS_TOLD = 3
KNOWN_AS: Mapping[Criterion, str] = {
    Criterion.EMPLOYEES: "employees",
    Criterion.REVENUE: "revenue",
    Criterion.LOCATIONS: "locations",
    Criterion.REACH: "",
    Criterion.SECTOR: "sector",
}


COLUMNS: Mapping[str, str] = {
    "employees": "employees",
    "revenue_minor": "revenue",
    "locations": "locations",
    "reach": "regional or national",
    "sector": "sector",
    "parent": "whom it belongs to",
}  # of an account


class AccountTold(NamedTuple):
    """Everything that the page of an account says; `people` are names by id, `wanted` is None while nobody is."""

    name: str
    wanted: IdealClient | None
    firm: Firmographics
    fit: ClientFit | None
    answers: Sequence[AttitudeAnswer]
    parents: AccountParents
    people: Mapping[str, str]
    currency: str


def unsaid() -> Mrkdwn:
    """Return that nothing is scored, as a team has no ideal client yet."""
    return words("prospects/client_fit", "unsaid")


def scores(fit: ClientFit) -> list[Mrkdwn]:
    """Return both scores side by side with what speaks against the account, and what is not known in a line of its own.

    "size 9/10, attitude 3/10: buys on price"
    """
    size, attitude = fit.size.points, fit.attitude.points
    lines: list[Mrkdwn] = []
    if fit.is_known:
        lines.append(words(NOUN, "scores", size=size, attitude=attitude, reason=reason(fit)))
    without_size = size is None and fit.size.asked > 0
    if without_size or attitude is None:
        lines.append(
            words(
                NOUN,
                "unknown",
                of_size=without_size,
                of_attitude=attitude is None,
                size_asked=fit.size.asked,
                attitude_asked=fit.attitude.asked,
            )
        )
    return lines


def reason(fit: ClientFit) -> str:
    """Return what takes the most off the scores, in a few words; empty where nothing does."""
    attitude = attitude_reason(fit.attitude)
    size = fit.size.unmet
    if attitude or not size or (fit.size.points or 0) >= GOOD:
        return attitude
    return f"{listed([NAMES[one] for one in size[:2]])} unlike what you want"


def attitude_reason(fit: AttitudeFit) -> str:
    """Return what speaks against an attitude: "buys on price", or the first statement that does not hold."""
    if fit.against:
        return f"buys on {listed([point.value for point in fit.against])}"
    if fit.not_held and (fit.points or 0) < GOOD:
        return f"not so: “{fit.not_held[0]}”"
    return ""


def page(
    told: AccountTold,
    today: date,
    note: str = "",
    undo_id: int | None = None,
    more: Sequence[Block] = (),
) -> Message:
    """Show how an account fits, what that comes from, what is missing, and three questions that find it out.

    `note` says what was just done, `undo_id` takes that back; `more` is what other features know of it.
    """
    parents = told.parents.above[:MOST_PARENTS_TOLD]
    head = [words(NOUN, "heading", name=told.name, parents=parents)]
    if told.fit is not None:
        head += [
            Mrkdwn(f"*{line}*") if at == 0 and told.fit.is_known else line
            for at, line in enumerate(scores(told.fit))
        ]
    else:
        head.append(words(NOUN, "no_profile"))
    blocks: list[Block] = [section(joined(head))]
    if note:
        back = undo_button(undo_id) if undo_id is not None else None
        blocks.insert(0, section(note, back))
    blocks.append(section(joined(paper_lines(told))))
    if lines := attitude_lines(told, today):
        blocks.append(section(joined(lines)))
    blocks += more
    if asked := questions(told):
        blocks.append(section(words(NOUN, "ask", questions=asked)))
    if told.parents.circle:
        blocks.append(context(circle(told.parents.circle)))
    blocks.append(actions(button("What we know…", OPEN, told.name)))
    return message_of(blocks)


def circle(names: Sequence[str]) -> Mrkdwn:
    """Say that accounts belong to each other in a circle, or one to itself, and how that is mended."""
    if len(names) == 1:
        return words(NOUN, "own_parent", name=names[0])
    return words(NOUN, "circle", names=names)


def paper_lines(told: AccountTold) -> list[Mrkdwn]:
    """Return what is known on paper, each beside what is wanted, and what is missing of it."""
    wanted, firm = told.wanted, told.firm
    lines: list[Mrkdwn] = []
    for criterion in Criterion:
        known = known_said(criterion, firm, told.currency)
        if not known:
            continue
        degree = told.fit.size.degrees.get(criterion) if told.fit is not None else None
        lines.append(
            words(
                NOUN,
                "on_paper",
                label=KNOWN_AS[criterion],
                known=known,
                met=None if degree is None else degree == 1,
                wanted=wanted_said(criterion, wanted) if wanted is not None and degree is not None else "",
                borrowed=firm.parent if criterion in firm.borrowed else "",
            )
        )
    if not lines:
        lines.append(words(NOUN, "nothing_known"))
    if told.fit is not None and (names := [NAMES[one] for one in told.fit.size.missing]):
        lines.append(words(NOUN, "missing", names=names))
    return lines


def known_said(criterion: Criterion, firm: Firmographics, currency: str) -> str:
    """Return what is known of an account by a criterion; empty where nothing is."""
    if not firm.knows(criterion):
        return ""
    if criterion is Criterion.REVENUE:
        return short_money(firm.revenue_minor or 0, currency)
    if criterion is Criterion.REACH:
        return str(firm.reach.value) if firm.reach is not None else ""
    if criterion is Criterion.SECTOR:
        return firm.sector
    return number((firm.employees if criterion is Criterion.EMPLOYEES else firm.locations) or 0)


def attitude_lines(told: AccountTold, today: date) -> list[Mrkdwn]:
    """Return what was noted of an account's attitude, with what shows it; of what the team asks alone."""
    asked = {name_key(text) for text in told.wanted.asked_statements} if told.wanted is not None else set()
    lines: list[Mrkdwn] = []
    for one in told.answers:
        by = told.people.get(one.by, "")
        if one.question == BUYS_ON:
            points = [point.value for point in one.points]
            lines.insert(0, words(NOUN, "buys_on", points=points, answer=one, by=by, today=today))
        elif name_key(one.question) in asked:
            lines.append(words(NOUN, "statement", answer=one, by=by, today=today))
    return lines


def questions(told: AccountTold) -> list[Mrkdwn]:
    """Return up to three questions that find out what is missing, of the attitude first, as it tells the most."""
    if told.fit is None:
        return []
    found = [] if told.fit.attitude.buys_on else [words(NOUN, "question", kind=BUYS_ON)]
    found += [words(NOUN, "of_statement", text=text) for text in told.fit.attitude.open_statements]
    found += [words(NOUN, "question", kind=one.value) for one in told.fit.size.missing]
    return found[:MOST_QUESTIONS]


def noted(name: str, columns: Iterable[str], *, attitude: bool) -> Mrkdwn:
    """Say of what something was noted of an account."""
    parts = [COLUMNS[one] for one in columns] + (["how they buy"] if attitude else [])
    return words(NOUN, "noted", name=name, parts=parts)


def nothing_new(name: str) -> Mrkdwn:
    return words(NOUN, "nothing_new", name=name)
