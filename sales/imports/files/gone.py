"""Gone rows: deals that a system still exports although somebody deleted them there, or put them away while open."""

from collections.abc import Iterable, Sequence

from sales.imports.files.blanks import is_blank
from sales.imports.files.endings import says_yes
from sales.imports.files.names import tidy_cell
from sales.imports.files.questions import column_option
from sales.language.names.match import fold
from sales.language.typed_text import shorten
from sales.pipeline.opportunity import CLOSED, Stage

DELETED = frozenset(
    map(fold, ("deleted", "is deleted", "deleted?", "deal deleted", "soft deleted", "gelöscht"))
)
ARCHIVED = frozenset(
    map(fold, ("archived", "is archived", "archived?", "archive status", "Deal - Archive status",
               "Deal - Is archived", "archiviert"))
)  # fmt: skip
ACTIVE = frozenset(
    map(fold, ("active", "is active", "active?", "aktiv"))
)  # where Odoo says that a deal is archived
DELETED_AT = frozenset(
    map(fold, ("deleted at", "deleted on", "deleted date", "date deleted", "deleted time"))
)
ARCHIVED_AT = frozenset(map(fold, ("archived at", "archived on", "archive time", "Deal - Archive time")))


def gone_places(headers: Sequence[str], unused: Iterable[int]) -> tuple[int, ...]:
    """Return where a file says that deals were deleted or archived."""
    known = DELETED | ARCHIVED | ACTIVE | DELETED_AT | ARCHIVED_AT
    return tuple(at for at in unused if fold(headers[at]) in known)


def why_gone(
    headers: Sequence[str], places: Iterable[int], cells: Sequence[str], stage: Stage | None
) -> list[str]:
    """Return the reason against a row that was deleted where it is from, or archived while it was open.

    What was won or lost and is archived since is history, and counts.
    """
    for at in places:
        name, cell = fold(headers[at]), tidy_cell(cells[at])
        deleted = name in DELETED | DELETED_AT
        if stage in CLOSED and not deleted:
            continue
        if says_gone(name, cell):
            still = "is not active" if name in ACTIVE else "is archived"
            what = "was deleted" if deleted else f"{still}, and its stage is an open one"
            aside = column_option(headers[at], "nothing")
            return [
                f"{what} ({shorten(headers[at])}: {shorten(cell)}); to take such deals all the same: {aside}"
            ]
    return []


def says_gone(name: str, cell: str) -> bool:
    """Say whether a cell under a folded header tells that a deal is gone."""
    if name in DELETED_AT | ARCHIVED_AT:
        return not is_blank(cell)
    if name in ACTIVE:
        return says_yes(cell) is False
    return says_yes(cell) is True or fold(cell) in {"deleted", "archived"}
