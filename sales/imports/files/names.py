"""Names in files: folded, so that one account, product or person spelled two ways stays one."""

from sales.language.spelling import closest
from sales.language.typed_text import on_one_line

SURE_ENOUGH = 0.9  # "technolgy" is technology; a sector of one's own is nobody's slip

SECTORS = (
    "agriculture", "automotive", "banking", "construction", "consulting", "education", "employment",
    "energy", "entertainment", "finance", "government", "healthcare", "hospitality", "insurance", "legal",
    "logistics", "manufacturing", "marketing", "media", "medical", "nonprofit", "pharmaceuticals",
    "real estate", "retail", "services", "software", "technology", "telecommunications", "transportation",
    "travel", "utilities", "wholesale",
)  # fmt: skip


def tidy_cell(text: str) -> str:
    """Return a cell's text on one line without control characters; what looks like a formula is just text."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return on_one_line(text)


def usual_sector(sector: str) -> str:
    """Return the usual spelling of a sector where this one is a clear slip, else the sector itself."""
    if sector.casefold() in SECTORS:
        return sector
    return closest(sector, SECTORS, SURE_ENOUGH) or sector
