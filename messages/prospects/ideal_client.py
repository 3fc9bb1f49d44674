"""The ideal client in words: whom a team wants, how many accounts are so, and the form in which it is written down."""

from collections.abc import Mapping, Sequence
from typing import Any

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    field_input,
    joined,
    message_of,
    modal_of,
    section,
)
from messages.elements import button, checkboxes, option, worded_input
from messages.formatting import Mrkdwn, words
from messages.undo import undo_button
from sales.language.figures import minor_per_unit, number, short_money
from sales.pipeline.account import MarketReach
from sales.prospects.attitude import MAX_STATEMENT, SellingPoint
from sales.prospects.client_census import ClientCensus
from sales.prospects.ideal_client import (
    MAX_SECTORS,
    MAX_STATEMENTS,
    Criterion,
    IdealClient,
    SizeRange,
    range_of,
)

EDIT = "ideal_client.edit"
SAVE = "ideal_client.save"  # the form's callback
NOUN = "prospects/ideal_client"
SELLS_ON, EMPLOYEES, REVENUE, LOCATIONS = "sells_on", "employees", "revenue", "locations"
REACHES, SECTORS, STATEMENTS = "reaches", "sectors", "statements"
MAX_RANGE = 60
POINTS: Mapping[SellingPoint, str] = {
    SellingPoint.VALUE: "what it is worth to them",
    SellingPoint.INNOVATION: "being ahead of others",
    SellingPoint.PRICE: "the lowest price",
    SellingPoint.SERVICE: "being looked after",
}
LABELS: Mapping[Criterion, str] = {
    Criterion.EMPLOYEES: "Employees",
    Criterion.REVENUE: "Yearly revenue",
    Criterion.LOCATIONS: "Locations",
    Criterion.REACH: "Reach",
    Criterion.SECTOR: "Sectors",
}
NAMES: Mapping[Criterion, str] = {
    Criterion.EMPLOYEES: "employees",
    Criterion.REVENUE: "revenue",
    Criterion.LOCATIONS: "locations",
    Criterion.REACH: "regional or national reach",
    Criterion.SECTOR: "sector",
}  # in a sentence
MOST_LEAST_KNOWN = 2


def page(
    team: str,
    team_id: int,
    wanted: IdealClient | None,
    found: ClientCensus | None,
    more: Sequence[Block] = (),
    note: str = "",
    undo_id: int | None = None,
    *,
    manages: bool,
) -> Message:
    """Show whom a team wants and how its accounts stand; to whoever leads it, the way to change that and `more`.

    `note` says what was just done, `undo_id` takes that back.
    """
    edit = button("Edit ideal client", EDIT, str(team_id))
    if wanted is None or found is None:
        said = section(words(NOUN, "nothing", team=team, manages=manages))
        return message_of([said, actions(edit)] if manages else [said])
    back = undo_button(undo_id) if undo_id is not None else None
    blocks: list[Block] = [section(note, back)] if note else []
    blocks.append(section(joined([heading(team, wanted), *stated(wanted)])))
    blocks.append(section(statements(wanted)))
    blocks.append(section(joined(standing(wanted, found))))
    if not wanted.selling_points:
        blocks.append(context(words(NOUN, "no_points")))
    if not manages:
        return message_of(blocks)
    return message_of([*blocks, *more, actions(edit), context(words(NOUN, "agree"))])


def heading(team: str, wanted: IdealClient) -> Mrkdwn:
    return words(NOUN, "heading", team=team, sells_on=[point.value for point in wanted.selling_points])


def stated(wanted: IdealClient) -> list[Mrkdwn]:
    """Return what a team states on paper, a line each."""
    return [
        words(NOUN, "criterion", label=LABELS[one], wanted=wanted_said(one, wanted))
        for one in wanted.criteria
    ]


def statements(wanted: IdealClient) -> Mrkdwn:
    return words(NOUN, "statements", texts=wanted.asked_statements, usual=wanted.statements is None)


def wanted_said(criterion: Criterion, wanted: IdealClient) -> str:
    """Return what a team states of a criterion: "50 to 500", "Logistics or Retail"."""
    if criterion is Criterion.REACH:
        return " or ".join(reach.value for reach in wanted.wanted_reaches)
    if criterion is Criterion.SECTOR:
        return ", ".join(wanted.wanted_sectors)
    currency = wanted.currency if criterion is Criterion.REVENUE else ""
    return range_said(range_of(criterion, wanted), currency)


def range_said(bounds: SizeRange, currency: str = "") -> str:
    """Return a range in words, of counts or of amounts in a currency: "50 to 500", "$5m or more"."""

    def figure(value: int | None) -> str | None:
        return None if value is None else short_money(value, currency) if currency else number(value)

    return str(words(NOUN, "from_to", least=figure(bounds.least), most=figure(bounds.most)))


def standing(wanted: IdealClient, found: ClientCensus) -> list[Mrkdwn]:
    """Return of how many accounts something is known and how many fit; of a profile that fits nobody, what does it."""
    lines = [words(NOUN, "coverage", found=found, on_paper=bool(wanted.criteria))]
    if found.accounts and (unknown := least_known(found)):
        lines.append(words(NOUN, "least_known", parts=unknown))
    if found.fits_nobody:
        lines.append(fits_nobody(wanted, found))
    elif found.measured:
        lines.append(words(NOUN, "fits", found=found))
    return lines


def least_known(found: ClientCensus) -> list[Mrkdwn]:
    """Return of what a team states the least is known, the worst first; nothing where all is known of all."""
    gaps = sorted((known, at, one) for at, (one, known) in enumerate(found.knows.items()))
    return [
        words(NOUN, "known_of", label=NAMES[one], known=known, accounts=found.accounts)
        for known, _, one in gaps[:MOST_LEAST_KNOWN]
        if known < found.accounts
    ]


def fits_nobody(wanted: IdealClient, found: ClientCensus) -> Mrkdwn:
    criterion = found.strictest or found.rarest
    return words(
        NOUN,
        "fits_nobody",
        found=found,
        label=LABELS[criterion] if criterion is not None else "",
        wanted=wanted_said(criterion, wanted) if criterion is not None else "",
        meets=found.meets[criterion] if criterion is not None else 0,
        knows=found.knows[criterion] if criterion is not None else 0,
        without=found.without[criterion] if criterion is not None and found.strictest is criterion else None,
    )


def form(team_id: int, wanted: IdealClient | None, currency: str) -> dict[str, Any]:
    """Ask whom a team wants, filled with what it stated before."""
    held = wanted or IdealClient(currency=currency)
    statements_field = field_input(
        "Attitude statements, one a line",
        worded_input("\n".join(held.asked_statements), MAX_STATEMENTS, "They plan a year ahead", long=True),
        STATEMENTS,
        hint=f"What holds of a client you want; five at most, up to {MAX_STATEMENT} characters each.",
        optional=True,
    )
    return modal_of(
        "Ideal client",
        [*client_fields(held, currency), statements_field],
        callback_id=SAVE,
        submit="Save",
        private=str(team_id),
    )


def client_fields(held: IdealClient, currency: str) -> list[Block]:
    """Return the fields that describe an ideal client; what stays empty is not asked for."""
    points = {one: option(one.value.capitalize(), one.value, POINTS[one]) for one in SellingPoint}
    reaches = {one: option(one.value.capitalize(), one.value) for one in MarketReach}
    return [
        field_input(
            "What do we sell on?",
            checkboxes("chosen", list(points.values()), [points[one] for one in held.selling_points]),
            SELLS_ON,
            optional=True,
        ),
        field_input(
            "Company size in employees",
            worded_input(range_typed(held.employees), MAX_RANGE, "50-500"),
            EMPLOYEES,
            hint="As 50-500, 200+ or up to 50. Empty: any.",
            optional=True,
        ),
        field_input(
            f"Yearly revenue in {currency}",
            worded_input(range_typed(held.revenue, held.currency), MAX_RANGE, "5m-50m"),
            REVENUE,
            optional=True,
        ),
        field_input(
            "Locations", worded_input(range_typed(held.locations), MAX_RANGE, "2+"), LOCATIONS, optional=True
        ),
        field_input(
            "Regional or national",
            checkboxes("chosen", list(reaches.values()), [reaches[one] for one in held.wanted_reaches]),
            REACHES,
            optional=True,
        ),
        field_input(
            "Sectors",
            worded_input(held.sectors, MAX_SECTORS, "Logistics, Retail"),
            SECTORS,
            hint="Separated by commas. Empty: any.",
            optional=True,
        ),
    ]


def range_typed(bounds: SizeRange, currency: str = "") -> str:
    """Return a range as it is typed into a form."""

    def figure(value: int) -> str:
        return short_typed(value // minor_per_unit(currency)) if currency else str(value)

    least, most = bounds
    if least is not None and most is not None:
        return f"{figure(least)}-{figure(most)}"
    if least is not None:
        return f"{figure(least)}+"
    return f"up to {figure(most)}" if most is not None else ""


def short_typed(value: int) -> str:
    """Return a whole amount as it is typed: "5m", "250k"."""
    for size, mark in ((1_000_000, "m"), (1_000, "k")):
        if value and value % size == 0:
            return f"{value // size}{mark}"
    return str(value)


def saved(team: str, wanted: IdealClient, found: ClientCensus, undo_id: int) -> Message:
    """Say whom a team wants now; of one that fits nobody at once what does it."""
    if wanted.says_nothing:
        text = words(NOUN, "cleared", team=team)
    else:
        parts = [f"{LABELS[one].lower()} {wanted_said(one, wanted)}" for one in wanted.criteria]
        if wanted.selling_points:
            parts.insert(0, f"sells on {', '.join(point.value for point in wanted.selling_points)}")
        told = [words(NOUN, "saved", team=team, parts=parts)]
        text = joined([*told, fits_nobody(wanted, found)] if found.fits_nobody else told)
    return message_of([section(text), actions(undo_button(undo_id))])


def unchanged() -> Message:
    return message_of(words(NOUN, "unchanged"))
