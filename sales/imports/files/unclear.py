"""Unclear figures: dates and amounts of a file that read several ways, and units that a header may mean."""

from collections.abc import Mapping

from sales.imports.files.amounts import AmountEvidence, Units
from sales.imports.files.dates import DateEvidence, DateOrder, decided_orders, undecided
from sales.imports.files.header import Layout
from sales.imports.files.questions import DatesQuestion, DecimalsQuestion, Question, UnitsQuestion
from sales.imports.files.terms import ImportTerms
from sales.imports.files.value_header import value_header
from sales.language.figures import listed
from sales.language.names.match import fold
from sales.refusal import Refusal

DATES, DECIMALS = "dates", "decimals"  # as what was said of an earlier file is called


def unclear_figures(
    layout: Layout,
    dated: Mapping[str, DateEvidence],
    orders: Mapping[str, DateOrder | None],
    amounts: AmountEvidence,
    terms: ImportTerms,
) -> list[Question]:
    """Return what somebody has to say of the dates and amounts of a file.

    Raises:
        Refusal: if dates of two columns would need an answer each.
    """
    found: list[Question] = []
    unsettled = undecided(dated, decided_orders(dated, None))
    if len({dated[name].possible for name in unsettled}) > 1:
        columns = listed([f"“{layout.header(name)}”" for name in unsettled])
        raise Refusal(
            f"The dates in columns {columns} are written in different orders, and nothing in the file settles which. "
            "Write them as year-month-day (2026-01-05) in one of the two."
        )
    if open_columns := undecided(dated, orders):
        name = open_columns[0]
        found.append(DatesQuestion(layout.header(name), dated[name].unclear, dated[name].possible))
    elif DATES in terms.before:
        found += contradicted_dates(layout, dated, terms)
    if not layout.preset.own:
        found += unclear_amounts(layout, amounts, terms)
    units = units_of(layout)
    if len(units) > 1 and terms.units is None:
        found.append(UnitsQuestion(layout.header("value"), units, amounts.first))
    return found


def contradicted_dates(
    layout: Layout, dated: Mapping[str, DateEvidence], terms: ImportTerms
) -> list[DatesQuestion]:
    """Ask once more what comes first in dates where a column shows otherwise than was said; at most one question."""
    if terms.dates is None:
        return []
    against = {name: evidence.against(terms.dates) for name, evidence in dated.items()}
    return [
        DatesQuestion(layout.header(name), dated[name].example or shown, against=shown)
        for name, shown in against.items()
        if shown
    ][:1]


def unclear_amounts(layout: Layout, amounts: AmountEvidence, terms: ImportTerms) -> list[DecimalsQuestion]:
    """Ask what the dot in amounts is, where nothing shows it; and where something shows otherwise than was said."""
    if terms.decimals is None:
        return [DecimalsQuestion(layout.header("value"), amounts.unclear)] if amounts.unclear else []
    shown = amounts.against(terms.decimals.sign)
    if DECIMALS not in terms.before or not shown:
        return []
    return [DecimalsQuestion(layout.header("value"), amounts.example, shown)]


def settled_figures(
    layout: Layout, dated: Mapping[str, DateEvidence], amounts: AmountEvidence, terms: ImportTerms
) -> list[Question]:
    """Return what somebody has said of the dates and amounts of a file, as the questions these answer."""
    found: list[Question] = list(settled_dates(layout, dated, terms))
    if terms.decimals is not None and not layout.preset.own:
        contradicted = amounts.against(terms.decimals.sign)
        if amounts.unclear or contradicted:
            found.append(DecimalsQuestion(layout.header("value"), amounts.example))
    units = units_of(layout)
    if len(units) > 1 and terms.units is not None:
        found.append(UnitsQuestion(layout.header("value"), units, amounts.first))
    return found


def settled_dates(
    layout: Layout, dated: Mapping[str, DateEvidence], terms: ImportTerms
) -> list[DatesQuestion]:
    """Return what somebody has said of the order of dates, as the question it answers, where it decides any."""
    if terms.dates is None:
        return []
    decided = undecided(dated, decided_orders(dated, None))
    asked = [DatesQuestion(layout.header(one), dated[one].unclear, dated[one].possible) for one in decided]
    return (asked or contradicted_dates(layout, dated, terms))[:1]


def units_of(layout: Layout) -> tuple[Units, ...]:
    """Return what the figures of a file's amounts may count, by their header; nothing where it does not say."""
    if "value" not in layout.at:
        return ()
    header = layout.header("value")
    if fold(header) in map(fold, layout.preset.cents):
        return (Units.CENTS,)
    return value_header(header).units


def mark_in(layout: Layout, amounts: AmountEvidence, terms: ImportTerms) -> str | None:
    """Return the decimal mark of a file's amounts, None where nothing shows one; what we wrote has a point.

    What was said of the dot counts also where a single amount shows otherwise.
    """
    if layout.preset.own:
        return "."
    return terms.decimals.sign if terms.decimals is not None and amounts.example else amounts.mark
