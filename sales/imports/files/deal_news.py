"""What of a file is news about deals that are here: won ones that are less, other owners, what stays as said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sales.imports.files.lookalike import LONGEST, Lookalike, ReusedIds
from sales.language.figures import MINUS, inflected, listed, money, number, plural, short_day
from sales.language.typed_text import shorten
from sales.pipeline.opportunity import CLOSED, Stage

MOST_NAMED = 3  # deals of one kind; the rest are counted
MOST_TWINS = 40  # asked about at once
MOST_ASKED_WHO = 50  # deals of which it is looked up who said them otherwise


class WonMoved(NamedTuple):
    """How many won deals moved one way, and by how much together, in minor units."""

    deals: int = 0
    minor: int = 0

    def and_by(self, minor: int) -> "WonMoved":
        return WonMoved(self.deals + 1, self.minor + minor)


NONE = WonMoved()


class Kept(NamedTuple):
    """A deal that stays as somebody said it here, and what the file says of it."""

    name: str
    here: str
    there: str


@dataclass
class DealNews:
    """What a file does to deals there are that a count of changes does not say.

    `reopened` are won deals that are open again, `unwon` won ones that are lost now, `lowered` and `raised` won ones
    that are worth less or more. `kept` are deals whose row did not change since it was taken in last, so that what
    somebody said of them here since stays; `kept_by` are the names of those who said it. `missing` are open deals of
    earlier files that this one has not any more, and `twins` new ones that may be here already, of which nobody has
    said so yet. `reused` are ids that were other deals' until now, where most ids of a file are so.
    """

    reopened: WonMoved = NONE
    unwon: WonMoved = NONE
    lowered: WonMoved = NONE
    raised: WonMoved = NONE
    given: list[str] = field(default_factory=list)
    given_count: int = 0
    kept: list[Kept] = field(default_factory=list)
    kept_count: int = 0
    kept_by: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    twins: list[Lookalike] = field(default_factory=list)
    twin_count: int = 0
    reused: ReusedIds = field(default_factory=ReusedIds)

    def note_change(self, row: Mapping[str, Any], news: Mapping[str, Any]) -> None:
        """Take note of what a file sets on a deal there is."""
        self.note_won(row, news)
        if is_given(row, news):
            self.given_count += 1
            if len(self.given) < MOST_NAMED:
                self.given.append(f"{row['name']} from {row['owner_name']} to {news['owner_name']}")

    def note_won(self, row: Mapping[str, Any], news: Mapping[str, Any]) -> None:
        if row["stage"] is not Stage.WON:
            return
        stage, was = news.get("stage", Stage.WON), int(row["value_minor"])
        by = int(news.get("value_minor", was)) - was
        if stage is Stage.LOST:
            self.unwon = self.unwon.and_by(was)
        elif stage is not Stage.WON:
            self.reopened = self.reopened.and_by(was)
        elif by < 0:
            self.lowered = self.lowered.and_by(-by)
        elif by > 0:
            self.raised = self.raised.and_by(by)

    def note_kept(self, row: Mapping[str, Any], said: Mapping[str, Any], currency: str) -> None:
        """Take note of a deal that stays as it was said here, where the file says otherwise."""
        self.kept_count += 1
        if len(self.kept) < MOST_NAMED:
            self.kept.append(Kept(str(row["name"]), standing(row, currency), standing(said, currency)))

    def told(self, currency: str) -> list[str]:
        """Say so, a line for each kind; nothing where there is none."""
        return [
            *self.changes_told(currency),
            *self.kept_told(),
            *self.missing_told(),
            *self.twins_told(),
            *self.reused.told("deal", "deals"),
        ]

    def changes_told(self, currency: str) -> list[str]:
        parts = [
            f"{number(moved.deals)} won {inflected(moved.deals, one, several)} ({sign}{money(moved.minor, currency)})"
            for moved, one, several, sign in (
                (self.reopened, "is open again", "are open again", MINUS),
                (self.unwon, "is lost", "are lost", MINUS),
                (self.lowered, "is worth less", "are worth less", MINUS),
                (self.raised, "is worth more", "are worth more", "+"),
            )
            if moved.deals
        ]
        if self.given_count:
            who = and_more(self.given, self.given_count)
            owners = inflected(self.given_count, "to another owner", "to other owners")
            parts.append(f"{number(self.given_count)} {owners} ({who})")
        return [f"Of the changed: {', '.join(parts)}."] if parts else []

    def note_twin(self, twin: Lookalike) -> None:
        """Take note of a new deal that may be one that is here."""
        self.twin_count += 1
        if len(self.twins) < MOST_TWINS:
            self.twins.append(twin)

    def missing_told(self) -> list[str]:
        if not self.missing:
            return []
        count = len(self.missing)
        names = listed([shorten(one, LONGEST) for one in self.missing], most=MOST_NAMED)
        deals = plural(count, "open deal of an earlier file is", "open deals of an earlier file are")
        return [f"{deals} not in this one, and {inflected(count, 'stays', 'stay')} open: {names}."]

    def twins_told(self) -> list[str]:
        if not self.twin_count:
            return []
        names = listed([one.told for one in self.twins], most=MOST_NAMED)
        looks = plural(self.twin_count, "new deal looks", "new deals look")
        there = inflected(
            self.twin_count,
            "one that is here already, and counts as another",
            "some that are here already, and count as others",
        )
        return [f"{looks} like {there}: {names}."]

    def note_reused(self, row: Mapping[str, Any], said: Mapping[str, Any], currency: str) -> None:
        """Take note of an id that was another deal's until now."""
        here, there = (
            f"{shorten(str(one['name']), LONGEST)} ({standing(one, currency)})" for one in (row, said)
        )
        self.reused.note(said["external_id"], here, there)

    def kept_told(self) -> list[str]:
        if not self.kept_count:
            return []
        by = f"as {next(iter(self.kept_by))} said" if len(self.kept_by) == 1 else "as said here"
        named = [f"{one.name} is {one.here}, in the file {one.there}" for one in self.kept]
        deals = plural(self.kept_count, "deal stays", "deals stay")
        return [f"{deals} {by}: {and_more(named, self.kept_count)}."]


def and_more(named: Sequence[str], count: int) -> str:
    """Return some of so many, each a few words, and how many more there are."""
    rest = f"; and {number(count - len(named))} more" if count > len(named) else ""
    return "; ".join(named) + rest


def is_given(row: Mapping[str, Any], news: Mapping[str, Any]) -> bool:
    """Say whether a deal that somebody has goes to somebody else."""
    if "owner_name" not in news or not row["owner_name"] or not news["owner_name"]:
        return False
    if news["owner_name"] == row["owner_name"]:
        return False
    both = row["owner_id"], news.get("owner_id", row["owner_id"])
    return both[0] is None or both[0] != both[1]


def standing(values: Mapping[str, Any], currency: str) -> str:
    """Return how a deal stands: "won, $31,000", "open, $30,000, Sun 4 Oct"."""
    said = f"{values['stage']}, {money(int(values['value_minor']), currency)}"
    closes = values["expected_on"]
    return said if values["stage"] in CLOSED or closes is None else f"{said}, {short_day(closes)}"


def is_otherwise(row: Mapping[str, Any], values: Mapping[str, Any], stated: frozenset[str]) -> bool:
    """Say whether a deal stands otherwise than a file says: its stage, what it is worth, when it closes.

    A suspect of the file that came past the gate here does not: its stage there is from before that. Nor does an amount
    that a rate made.
    """
    if "stage" in stated and row["stage"] is not values["stage"]:
        return not (row.get("entry") and values["stage"] is Stage.SUSPECT and row["stage"] not in CLOSED)
    by_rate = values.get("converted_minor") is not None
    if "value_minor" in stated and not by_rate and row["value_minor"] != values["value_minor"]:
        return True
    is_open = row["stage"] not in CLOSED
    return is_open and "expected_on" in stated and row["expected_on"] != values["expected_on"]
