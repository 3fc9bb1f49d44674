"""Groups: reports that say an owner or a stage once and leave the cells below it empty.

Cells are filled in where the file shows that it is such a report, by its subtotals or the arrows in its header. Where
it only looks like one, rows without an owner are refused by name: nobody's deals and the deals of whoever stands above
look the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sales.imports.files.blanks import is_blank
from sales.imports.files.header import Draft
from sales.imports.files.names import tidy_cell
from sales.imports.files.sheet import Damaged, SheetRecord

ARROWS = "↑↓▲▼"  # beside the columns a report is grouped by
SOME = 2  # empty cells among owners that stand behind the id, where lists have them too
MOST_GROUPS = 10_000  # names told apart; a file with more of them names one on every row


@dataclass
class GroupColumn:
    """The cells of one column, as those of a group would be: filled once, then empty."""

    filled: int = 0
    empty: int = 0
    first_is_empty: bool = False
    names: set[str] = field(default_factory=set)
    repeats: bool = False

    def see(self, cell: str, *, begins: bool) -> None:
        """Take one cell into account; `begins` says that a group around it begins with this row."""
        if is_blank(cell):
            self.empty += 1
            self.first_is_empty = self.first_is_empty or not self.filled or begins
            return
        if begins:
            self.names.clear()
        self.filled += 1
        self.repeats = self.repeats or cell in self.names or len(self.names) >= MOST_GROUPS
        self.names.add(cell)

    @property
    def is_group(self) -> bool:
        """Whether each name stands once, with empty cells below."""
        return self.filled > 0 and self.empty > 0 and not self.repeats and not self.first_is_empty


class GroupEvidence:
    """What the columns before the id, and the owner's, have shown of a report in groups."""

    def __init__(self, draft: Draft) -> None:
        id_at = draft.places.get("id", (0,))[0]
        owner = draft.places.get("owner", ())[:1]
        self.columns = {at: GroupColumn() for at in (*range(id_at), *owner)}
        self.leading = tuple(range(id_at))
        self.owner_at = owner[0] if owner else None
        self.is_report = any(mark in header for header in draft.headers for mark in ARROWS)
        self.totals = 0

    def see(self, cells: Sequence[str]) -> None:
        """Take one row that is no total into account."""
        begins = False
        for at, column in self.columns.items():
            cell = tidy_cell(cells[at])
            column.see(cell, begins=begins and at in self.leading)
            begins = begins or (at in self.leading and not is_blank(cell))
        if all(one.repeats or one.first_is_empty for one in self.columns.values()):
            self.columns = {}  # no report in groups: nothing more to see

    def see_total(self) -> None:
        """Take a total into account."""
        self.totals += 1

    @property
    def filled_in(self) -> tuple[int, ...]:
        """The leading columns whose empty cells mean what stands above them."""
        if not self.columns or not (self.is_report or self.totals):
            return ()
        found = []
        for at in self.leading:
            if not self.columns[at].is_group:
                break
            found.append(at)
        return tuple(found)

    @property
    def unsure(self) -> bool:
        """Whether owners stand as they do in groups, and nothing shows that the file is in groups."""
        at = self.owner_at
        if at is None or at not in self.columns or at in self.filled_in:
            return False
        column = self.columns[at]
        often = column.empty >= max(column.filled, SOME)
        return column.is_group and (at in self.leading or often)


def nobody_in_groups(header: str) -> str:
    """Return the reason against a row of which it is not sure that nobody owns it."""
    return (
        f"has no {header}, as if the row above said it for both; export the file with an owner on every row, or leave "
        f'the owners aside (--column "{header}=nothing")'
    )


def filled_rows(
    rows: Iterator[SheetRecord | Damaged], places: Sequence[int]
) -> Iterator[SheetRecord | Damaged]:
    """Yield rows with the empty cells of groups filled in from the row above."""
    above: dict[int, str] = {}
    for row in rows:
        if isinstance(row, SheetRecord) and len(row.fields) > max(places, default=-1):
            fields = list(row.fields)
            for order, at in enumerate(places):
                if is_blank(tidy_cell(fields[at])):
                    fields[at] = above.get(at, "")
                elif fields[at] != above.get(at):
                    above = {one: above[one] for one in places[:order] if one in above} | {at: fields[at]}
            row = row._replace(fields=fields)
        yield row
