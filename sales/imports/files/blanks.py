"""Blanks: what stands in an empty cell where a database or a spreadsheet could not leave it empty."""

from collections.abc import Set

BLANKS: Set[str] = frozenset(
    {
        "", "-", "--", "–", "—", "\\n", "null", "(null)", "<null>", "[null]", "nil", "none", "n/a", "n.a.", "#n/a",
        "#nv", "undefined", "na", "0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "00.00.0000",
    }
)  # fmt: skip
LONGEST_BLANK = max(map(len, BLANKS))


def is_blank(cell: str) -> bool:
    """Say whether a tidied cell holds nothing, or a word for nothing."""
    return not cell or (len(cell) <= LONGEST_BLANK and cell.lower() in BLANKS)
