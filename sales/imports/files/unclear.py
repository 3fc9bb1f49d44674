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
    if amounts.unclear and terms.decimals is None and not layout.preset.own:
        found.append(DecimalsQuestion(layout.header("value"), amounts.unclear))
    units = units_of(layout)
    if len(units) > 1 and terms.units is None:
        found.append(UnitsQuestion(layout.header("value"), units, amounts.first))
    return found


def units_of(layout: Layout) -> tuple[Units, ...]:
    """Return what the figures of a file's amounts may count, by their header; nothing where it does not say."""
    if "value" not in layout.at:
        return ()
    header = layout.header("value")
    if fold(header) in map(fold, layout.preset.cents):
        return (Units.CENTS,)
    return value_header(header).units


def mark_in(layout: Layout, amounts: AmountEvidence, terms: ImportTerms) -> str | None:
    """Return the decimal mark of a file's amounts, None where nothing shows one; what we wrote has a point."""
    if layout.preset.own:
        return "."
    return terms.decimals.sign if terms.decimals is not None and amounts.unclear else amounts.mark
