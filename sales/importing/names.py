"""Names in files: folded, so that one account, product or person spelled two ways stays one."""

from collections.abc import Iterable
from functools import lru_cache

from sales.deal_name import fold
from sales.spelling import closest
from sales.typed_text import MAX_NAME, clean

SIGNS_THAT_COUNT = "+#"  # C, C++ and C# are three products
SURE_ENOUGH = 0.9  # "technolgy" is technology; a sector of one's own is nobody's slip

SECTORS = (
    "agriculture", "automotive", "banking", "construction", "consulting", "education", "employment",
    "energy", "entertainment", "finance", "government", "healthcare", "hospitality", "insurance", "legal",
    "logistics", "manufacturing", "marketing", "media", "medical", "nonprofit", "pharmaceuticals",
    "real estate", "retail", "services", "software", "technology", "telecommunications", "transportation",
    "travel", "utilities", "wholesale",
)  # fmt: skip


@lru_cache(maxsize=8192)  # a file names few accounts, products, stages and people, each many times
def name_key(name: str) -> str:
    """Return a name for comparison: "GTXPro" and "GTX Pro" meet, "C" and "C++" do not."""
    signs = "".join(character for character in name if character in SIGNS_THAT_COUNT)
    return (fold(name) + signs)[:MAX_NAME]


folded = lru_cache(maxsize=8192)(fold)


def tidy_cell(text: str) -> str:
    """Return a cell's text on one line without control characters; what looks like a formula is just text."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return clean(text, limit=len(text) + 1)


def usual_sector(sector: str) -> str:
    """Return the usual spelling of a sector where this one is a clear slip, else the sector itself."""
    if sector.casefold() in SECTORS:
        return sector
    return closest(sector, SECTORS, SURE_ENOUGH) or sector


class Directory:
    """Who a name in a file stands for: a member with that name or address, if there is exactly one."""

    def __init__(self, people: Iterable[tuple[str, str, str | None]]) -> None:
        """Take (user id, name, email address or None) of everybody known."""
        self.people: dict[str, set[str]] = {}
        for user_id, name, email in people:
            for key in filter(None, (fold(name), (email or "").casefold())):
                self.people.setdefault(key, set()).add(user_id)

    def find(self, name: str) -> str | None:
        """Return the user id behind a name; case, accents and spacing do not count."""
        found = self.people.get(name.casefold()) or self.people.get(folded(name)) or ()
        return next(iter(found)) if len(found) == 1 else None
