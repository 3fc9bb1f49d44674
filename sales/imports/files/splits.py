"""Splits: reports that have one deal on several rows, one for each owner who shares it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from sales.imports.files.header import Draft
from sales.language.names.match import fold
from sales.language.typed_text import shorten
from sales.refusal import Refusal

WHOLE = {"", "100", "100%", "1", "100.0", "100.00", "100.00%"}
SHARES = ("percent", "%", "share")
MOST_REMEMBERED = 100_000  # ids; splits of a file stand side by side long before


@dataclass
class SplitEvidence:
    """What the split columns of a file have shown: `ids` met so far, and the first deal that is on several rows."""

    header: str
    id_at: int
    share_at: tuple[int, ...]
    ids: set[str] = field(default_factory=set)
    split: str = ""

    @classmethod
    def of(cls, draft: Draft) -> Self | None:
        """Return the evidence to gather where a header speaks of splits, None elsewhere."""
        columns = [
            at for at, header in enumerate(draft.headers) if "split" in fold(header) and at not in draft.left
        ]
        if not columns or "id" not in draft.places:
            return None
        shares = tuple(at for at in columns if any(word in draft.headers[at].casefold() for word in SHARES))
        return cls(draft.headers[columns[0]], draft.places["id"][0], shares)

    def see(self, cells: Sequence[str]) -> None:
        """Take one row into account."""
        if self.split:
            return
        key = cells[self.id_at].strip()
        if key in self.ids or any(cells[at].strip() not in WHOLE for at in self.share_at):
            self.split = key
        elif len(self.ids) < MOST_REMEMBERED:
            self.ids.add(key)

    def require_whole(self) -> None:
        """See that each deal is one row.

        Raises:
            Refusal: if one is split between owners.
        """
        if self.split:
            raise Refusal(
                f"The file has split rows (“{shorten(self.header)}”): deal {shorten(self.split)} is shared between "
                "owners, and taking one row would give all of it to one. Export one row for each deal, without splits."
            )
