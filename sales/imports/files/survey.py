"""The survey: a first pass over a file that learns what single rows cannot tell."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sales.imports.files.amounts import AmountEvidence
from sales.imports.files.dates import DateEvidence, DateOrder, decided_orders
from sales.imports.files.header import Layout
from sales.imports.files.presets import DATE_COLUMNS
from sales.imports.files.sheet import Damaged, SheetRecord


@dataclass
class Survey:
    """How a file writes dates and amounts, and how many rows it has."""

    rows: int = 0
    orders: dict[str, DateOrder | None] = field(default_factory=dict)
    mark: str | None = None

    @classmethod
    def of(cls, rows: Iterable[SheetRecord | Damaged], layout: Layout, asked: DateOrder | None) -> "Survey":
        """Survey the rows below the header.

        Raises:
            Refusal: if the order of dates cannot be told and was not given (`asked`).
        """
        dates = {column: DateEvidence() for column in DATE_COLUMNS if column in layout.at}
        amounts, value_at, count = AmountEvidence(), layout.at.get("value"), 0
        for row in rows:
            count += 1
            if isinstance(row, Damaged) or len(row.fields) != layout.width:
                continue
            for column, evidence in dates.items():
                evidence.see(row.fields[layout.at[column]].strip())
            if value_at is not None:
                amounts.see(row.fields[value_at].strip())
        named = {layout.header(column): evidence for column, evidence in dates.items()}
        orders = decided_orders(named, asked)
        return cls(count, {column: orders[layout.header(column)] for column in dates}, amounts.mark)
