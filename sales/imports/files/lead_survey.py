"""The survey of a file of leads: where its columns are, and how it writes days.

A lead that came after today came on another day: 9/11/2026 in the middle of September is no ninth of November.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from sales.imports.files.dates import DateEvidence, DateOrder, decided_orders, read_date, undecided
from sales.imports.files.header import Draft, Layout
from sales.imports.files.preset import LEAD_DATES
from sales.imports.files.questions import DatesQuestion, UnsureFile
from sales.imports.files.terms import ImportTerms
from sales.imports.files.unclear import DATES, contradicted_dates, settled_dates

A_DAY = timedelta(days=1)  # by which two clocks of the world may differ
ORDERS = (DateOrder.DMY, DateOrder.MDY)
ALONE = ("id", *LEAD_DATES)  # of which one column counts


@dataclass
class CameEvidence:
    """The latest day that a column of days in the past has, in each order it may be read."""

    latest: dict[DateOrder, date] = field(default_factory=dict)

    def see(self, text: str) -> None:
        """Take one cell into account."""
        for order in ORDERS if text else ():
            try:
                day = read_date(text, order)
            except ValueError:
                continue
            self.latest[order] = max(day, self.latest.get(order, day))

    def order(self, today: date) -> DateOrder | None:
        """Return the one order in which no day lies ahead; None where both or neither will do."""
        past = [one for one in ORDERS if one in self.latest and self.latest[one] <= today + A_DAY]
        return past[0] if len(past) == 1 else None


def lead_layout(draft: Draft) -> Layout:
    """Return where the columns of leads are. Of several for one thing, the first that a row fills counts."""
    at = {meaning: places[0] for meaning, places in draft.places.items()}
    distinct = {meaning: tuple(dict.fromkeys(places)) for meaning, places in draft.places.items()}
    several = {
        meaning: places for meaning, places in distinct.items() if len(places) > 1 and meaning not in ALONE
    }
    return Layout(draft.preset, at, draft.headers, several)


def lead_orders(
    layout: Layout,
    dates: Mapping[int, DateEvidence],
    came: Mapping[int, CameEvidence],
    terms: ImportTerms,
) -> dict[str, DateOrder | None]:
    """Return in which order each column of days is read.

    Raises:
        UnsureFile: where a column can be read two ways.
    """
    dated = dated_in(layout, dates)
    orders = decided_orders(dated, terms.dates)
    open_ones = undecided(dated, orders)
    if again := asked_again(layout, dated, came, terms):
        raise UnsureFile(again, field="dates")
    if open_ones and terms.today is not None and "came" in layout.at:
        shown = came[layout.at["came"]].order(terms.today)
        orders = decided_orders(dated, shown) if shown is not None else orders
        open_ones = undecided(dated, orders)
    if open_ones:
        name = open_ones[0]
        question = DatesQuestion(layout.header(name), dated[name].unclear, dated[name].possible)
        raise UnsureFile([question], field="dates")
    return orders


def dated_in(layout: Layout, dates: Mapping[int, DateEvidence]) -> dict[str, DateEvidence]:
    return {column: dates[layout.at[column]] for column in LEAD_DATES if column in layout.at}


def lead_dates(
    layout: Layout, dates: Mapping[int, DateEvidence], terms: ImportTerms
) -> tuple[DatesQuestion, ...]:
    """Return what somebody has said of the order of dates, as the question it answers."""
    return tuple(settled_dates(layout, dated_in(layout, dates), terms))


def asked_again(
    layout: Layout,
    dated: Mapping[str, DateEvidence],
    came: Mapping[int, CameEvidence],
    terms: ImportTerms,
) -> list[DatesQuestion]:
    """Ask once more what comes first where what was said of an earlier file does not fit this one.

    A column shows otherwise, or leads would come after today.
    """
    if DATES not in terms.before or terms.dates is None:
        return []
    if found := contradicted_dates(layout, dated, terms):
        return found
    if terms.today is None or "came" not in dated or not dated["came"].unclear:
        return []
    latest = came[layout.at["came"]].latest
    if latest.get(terms.dates, terms.today) <= terms.today + A_DAY:
        return []
    unclear = dated["came"].unclear
    return [
        DatesQuestion(layout.header("came"), unclear, dated["came"].possible, latest[terms.dates].isoformat())
    ]
