"""Ideal clients and accounts in words: "sells on value; 50-500 employees; national; sectors logistics, retail" (30).

Parts are separated by semicolons, commas or line ends. A part that begins a list, such as sectors, takes the parts
behind it that mean nothing by themselves. What cannot be placed is asked about, never dropped.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sales.language.typed_text import shorten
from sales.pipeline.account import MarketReach
from sales.prospects.attitude import SellingPoint, points_said
from sales.prospects.ideal_client import IdealClient, SizeRange, sector_list
from sales.prospects.size_range import amount_in, range_in, read_range
from sales.refusal import Reading, Refusal
from sales.value import changed

EXAMPLE = "/team ideal sells on value; 50-500 employees; sectors logistics, retail"
APART = re.compile(r"\s*[;\n]+\s*|\s*,\s*(?!\d{3}(?!\d))")
AND = re.compile(r"\s+(?:and|or|&)\s+", re.I)
PEOPLE = r"(?:employees|people|staff|heads)"
PLACES = r"(?:locations?|sites?|offices?|branches|branch|stores?|shops?|plants?)"
REVENUE = r"(?:(?:yearly |annual )?(?:revenue|turnover)(?: a year)?)"
OF_PEOPLE = re.compile(rf"(?P<said>.+?)\s*{PEOPLE}|{PEOPLE}\s*:?\s+(?P<behind>.+)", re.I)
OF_PLACES = re.compile(rf"(?P<said>.+?)\s*{PLACES}|{PLACES}\s*:?\s+(?P<behind>.+)", re.I)
OF_REVENUE = re.compile(
    rf"(?P<said>.+?)\s*(?:in |of )?{REVENUE}|{REVENUE}\s*(?:of|:)?\s+(?P<behind>.+)", re.I
)
SELLS_ON = re.compile(r"(?:we )?sells?(?:ing)? (?:on|by) (?P<rest>.+)", re.I)
SECTORS = re.compile(r"(?:sectors?|industr(?:y|ies))\s*:?\s+(?P<rest>.+)|in (?P<other>.+)", re.I)
REACH_WORDS = {
    **{one.value: one for one in MarketReach},
    "global": MarketReach.INTERNATIONAL,
    "local": MarketReach.REGIONAL,
}
FILLING = re.compile(r"(?:firms?|compan(?:y|ies)|only|clients?|customers?)", re.I)


@dataclass
class ClientWords:
    """What words said of an ideal client so far; None where they said nothing of it."""

    currency: str
    points: list[SellingPoint] = field(default_factory=list)
    employees: SizeRange | None = None
    locations: SizeRange | None = None
    revenue: SizeRange | None = None
    reaches: list[MarketReach] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)
    begun: Callable[[str], bool] | None = None

    def take(self, part: str) -> bool:
        """Take one part in; False where it cannot be placed."""
        text = part.strip(" .")
        ways = (self.sells_on, self.size_of, self.reach, self.sector)
        if any(way(text) for way in ways):
            return True
        pieces = AND.split(text)
        if len(pieces) > 1 and all(any(way(piece) for way in ways) for piece in pieces):
            return True
        return self.begun is not None and self.begun(text)

    def sells_on(self, text: str) -> bool:
        found = SELLS_ON.fullmatch(text)
        if found is None:
            return False
        self.begun = self.more_points
        return self.more_points(found["rest"])

    def more_points(self, text: str) -> bool:
        words = [word.casefold() for word in AND.split(text)]
        if not all(word in set(SellingPoint) for word in words):
            return False
        self.points += [SellingPoint(word) for word in words]
        return True

    def size_of(self, text: str) -> bool:
        for name, pattern in (("employees", OF_PEOPLE), ("locations", OF_PLACES), ("revenue", OF_REVENUE)):
            found = pattern.fullmatch(text)
            said = (found["said"] or found["behind"]).strip() if found is not None else ""
            reads = amount_in(self.currency) if name == "revenue" else None
            try:
                if not said or (range_in(said, reads) if reads else range_in(said)) is None:
                    continue
            except Refusal:
                continue
            setattr(self, name, read_range(said, reads) if reads else read_range(said))
            self.begun = None
            return True
        return False

    def reach(self, text: str) -> bool:
        words = [FILLING.sub("", word).strip().casefold() for word in AND.split(text)]
        if not words or not all(word in REACH_WORDS for word in words):
            return False
        self.reaches += [REACH_WORDS[word] for word in words]
        self.begun = None
        return True

    def sector(self, text: str) -> bool:
        found = SECTORS.fullmatch(text)
        if found is None:
            return False
        self.begun = self.more_sectors
        return self.more_sectors(found["rest"] or found["other"])

    def more_sectors(self, text: str) -> bool:
        if re.search(r"\d", text):
            return False
        self.sectors += AND.split(text)
        return True


def parts_of(text: str) -> Iterator[str]:
    """Yield the parts of what was typed; a comma within a number parts nothing."""
    yield from filter(None, (part.strip() for part in APART.split(text)))


def read_ideal_client(typed: str, held: IdealClient, currency: str) -> IdealClient:
    """Return whom a team wants, where it wanted `held` before and these words say something else of it.

    Raises:
        Refusal: for what cannot be placed, with the form as the way out.
    """
    said = ClientWords(currency)
    for part in parts_of(typed):
        if not said.take(part):
            raise Refusal(
                f"I could not place “{shorten(part)}” in an ideal client.",
                example=EXAMPLE,
                readings=[Reading("Fill in the form…", "/team ideal edit")],
            )
    news: dict[str, object] = {}
    if said.points:
        news["sells_on"] = points_said(said.points)
    for name, suffix, bounds in (
        ("employees", "", said.employees),
        ("locations", "", said.locations),
        ("revenue", "_minor", said.revenue),
    ):
        if bounds is not None:
            news[f"least_{name}{suffix}"], news[f"most_{name}{suffix}"] = bounds
    if said.revenue is not None:
        news["currency"] = currency
    if said.reaches:
        news["reaches"] = reaches_said(said.reaches)
    if said.sectors:
        news["sectors"] = sector_list(said.sectors)
    return changed(IdealClient, held, **news)


def reaches_said(reaches: list[MarketReach]) -> str:
    """Return reaches as they are stored."""
    return " ".join(reach.value for reach in MarketReach if reach in reaches)
