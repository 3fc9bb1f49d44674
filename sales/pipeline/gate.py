"""The entry gate: what a suspect must show before it counts as an open deal (mechanism 27).

Article 003 asks for the integrity of a pipeline and leaves open by which rule: these three questions are ours, and each
team chooses among them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.language.names.match import folded
from sales.language.typed_text import MAX_NAME
from sales.pipeline.deal_history import DealChange, DealField
from sales.pipeline.opportunity import CLOSED, Entry, Opportunity, Stage, in_stage, moved_to
from sales.refusal import Refusal
from sales.value import changed

SPOKE_WITHIN = 90  # days; a conversation from longer ago is none about what is for sale today
MOST_WAITING = 30  # names of stages; no CRM has more of them before a deal is qualified
MAX_WAITING = 1000  # characters of all of them together
EARLY = ("Prospect", "Prospecting", "Suspect")  # what the CRMs that are read call a deal nobody has qualified


class GateQuestion(StrEnum):
    """What a gate may ask of a deal."""

    SPOKE = "spoke"  # somebody there spoke with us
    NEED = "need"  # they have a need
    NEXT_STEP = "next_step"  # what happens next is promised for a day


class Gate(SQLModel):
    """What a team's gate asks, and which of an import's stages are not past it.

    `asks` holds the words of `GateQuestion`, separated by spaces; `waits` names of stages, separated by commas.
    """

    asks: str = Field(default=" ".join(GateQuestion), max_length=100)
    waits: str = Field(default=", ".join(EARLY), max_length=MAX_WAITING)

    @property
    def asked(self) -> tuple[GateQuestion, ...]:
        """What a deal has to show, in the order of `GateQuestion`; empty where everything counts at once."""
        said = set(self.asks.split())
        return tuple(question for question in GateQuestion if question.value in said)

    @property
    def waiting(self) -> frozenset[str]:
        """The stages of an import that are not past the gate, as they are compared."""
        return frozenset(filter(None, (folded(name.strip()) for name in self.waits.split(","))))

    def stage_of(self, names: Sequence[str], said: Stage | None) -> Stage | None:
        """Return what a stage that an import calls by one of some names is, where its file says `said`.

        Only what is neither won, lost nor parked has a gate before it. A stage that the file knows nothing of waits if
        the team says so.
        """
        if said in CLOSED or said is Stage.PARKED:
            return said
        if any(folded(name) in self.waiting for name in names if name):
            return Stage.SUSPECT
        return Stage.OPEN if said is Stage.SUSPECT else said


def gate_of(asks: Iterable[str], waits: str) -> Gate:
    """Return a gate as a form says it; each stage once, in the words it was typed in.

    Raises:
        Refusal: naming the field at fault.
    """
    chosen, named = set(asks), dict[str, str]()
    for typed in waits.replace("\n", ",").replace(";", ",").split(","):
        name = " ".join(typed.split())
        if name:
            named.setdefault(folded(name), name)
    if len(named) > MOST_WAITING or sum(len(name) + 2 for name in named.values()) > MAX_WAITING:
        raise Refusal(f"At most {MOST_WAITING} stages fit here.", field="waits")
    too_long = next((name for name in named.values() if len(name) > MAX_NAME), None)
    if too_long is not None:
        raise Refusal("One of these is longer than any stage's name.", field="waits")
    asked = " ".join(question.value for question in GateQuestion if question.value in chosen)
    return Gate(asks=asked, waits=", ".join(named.values()))


class ShownAnswer(NamedTuple):
    """One thing that a deal shows: since which local day, and by which next step, due when.

    `by_tick` where somebody said so, and may take it back; else follow-ups or activities show it.
    """

    on: date
    step: str = ""
    due: date | None = None
    by_tick: bool = False


class AtGate(NamedTuple):
    """Where a suspect stands at its team's gate."""

    asked: tuple[GateQuestion, ...]
    shown: Mapping[GateQuestion, ShownAnswer]

    @property
    def missing(self) -> tuple[GateQuestion, ...]:
        """What is asked and not shown yet."""
        return tuple(question for question in self.asked if question not in self.shown)

    @property
    def is_met(self) -> bool:
        """Whether everything is shown that is asked."""
        return not self.missing


def passed(deal: Opportunity, on: date, entry: Entry, reason: str = "") -> Opportunity:
    """Return a suspect that counts from a local day on: its age and cycle begin there."""
    return changed(Opportunity, moved_to(deal, Stage.OPEN, on), entry=entry, entry_reason=reason)


def is_past(deal: Opportunity, changes: Sequence[DealChange]) -> bool:
    """Say whether a deal came past the gate before it was closed or put aside; `changes` are its history.

    One without an opening date whose history says nothing is past it if a CRM says so: it may know no such date.
    """
    if deal.opened_on is not None:
        return True
    for change in reversed(changes):
        if change.what is DealField.STAGE and change.was in (Stage.OPEN, Stage.SUSPECT):
            return change.was == Stage.OPEN
    return deal.external_id is not None


def opened_again(deal: Opportunity, changes: Sequence[DealChange], on: date) -> Opportunity:
    """Return a closed or parked deal as it was before: open, or a suspect where it never passed the gate.

    It stands in the stage of its team's that it left when it was closed.
    """
    again = moved_to(deal, Stage.OPEN if is_past(deal, changes) else Stage.SUSPECT, on)
    left = stage_left(changes) if deal.stage in CLOSED else ""
    return in_stage(again, left) if left else again


def stage_left(changes: Sequence[DealChange]) -> str:
    """Return which stage of its team's a deal left with its last close; empty where it stood in none."""
    closes = [at for at, one in enumerate(changes) if one.what is DealField.STAGE and one.now in CLOSED]
    behind = changes[closes[-1] :] if closes else ()
    return next((one.was for one in behind if one.what is DealField.STAGE_LABEL and not one.now), "")


class Integrity(NamedTuple):
    """How far deals show what their gate asks: those that count, and what the suspects lack (mechanism 27).

    `anyway` and `before` are those of `past` that count by somebody's word, or from before there was a gate.
    """

    past: int = 0
    suspects: int = 0
    anyway: int = 0
    before: int = 0
    lacking: Mapping[GateQuestion, int] = {}

    @property
    def live(self) -> int:
        """How many deals are open or suspects."""
        return self.past + self.suspects

    @property
    def most_missing(self) -> GateQuestion | None:
        """What most suspects lack; the first of the questions where several are lacked as often."""
        found = [question for question in GateQuestion if self.lacking.get(question)]
        return max(found, key=lambda question: self.lacking[question]) if found else None

    def with_open(self, entry: Entry | None, count: int = 1, *, is_typed: bool = True) -> "Integrity":
        """Return it with more deals that count, all past the gate in one way; `is_typed` where no CRM brought them."""
        return self._replace(
            past=self.past + count,
            anyway=self.anyway + (count if entry is Entry.ANYWAY else 0),
            before=self.before + (count if entry is None and is_typed else 0),
        )

    def with_suspect(self, missing: Iterable[GateQuestion]) -> "Integrity":
        """Return it with one more suspect."""
        lacking = Counter(self.lacking) + Counter(missing)
        return self._replace(suspects=self.suspects + 1, lacking=lacking)


def together(every: Iterable[Integrity]) -> Integrity:
    """Return the integrity of several people's deals."""
    found = list(every)
    return Integrity(
        sum(one.past for one in found),
        sum(one.suspects for one in found),
        sum(one.anyway for one in found),
        sum(one.before for one in found),
        sum((Counter(one.lacking) for one in found), Counter()),
    )


def least_first(people: Mapping[str, Integrity]) -> list[tuple[str, Integrity]]:
    """Return people who have suspects, by name → integrity: the smallest share past the gate first, then by name."""
    found = [(name, one) for name, one in people.items() if one.suspects]
    return sorted(found, key=lambda each: (each[1].past / each[1].live, each[0].casefold()))
