"""Objectives: what the company wants as a list to pick from, which goals serve it, and measures that reward the wrong
thing (mechanism 4)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from sqlmodel import Field, SQLModel

from sales.followups.activity import ActivityKind
from sales.goals.goal import Goal, Target
from sales.language.figures import plural
from sales.language.names.match import fold
from sales.language.typed_text import on_one_line, shorten
from sales.refusal import Refusal

LONGEST = 75  # characters: what a menu of Slack's shows of an option
MOST = 20  # that a menu is still read to its end
LONGEST_LIST = MOST * (LONGEST + 1)
MARK_BYTES = 4  # of the mark of a line; twenty of them fit what a form carries

# What somebody reaches by themselves, whatever the customer does: it pays to do more of it, not to sell (mechanism 4).
SENT_ALONE = frozenset({ActivityKind.EMAIL, ActivityKind.MESSAGE})


class ObjectiveList(SQLModel):
    """What a team's company wants, a line each, in the order in which it was written down."""

    team_id: int
    lines: str = Field(default="", max_length=LONGEST_LIST)

    @property
    def objectives(self) -> list[str]:
        return self.lines.splitlines()


def read_objectives(typed: str, field: str | None = None) -> list[str]:
    """Return the objectives of a text, a line each: blank lines are none, and what is there already is once there.

    Raises:
        Refusal: for more of them than a menu holds, or one that is too long for it.
    """
    lines = list(filter(None, (on_one_line(line) for line in typed.splitlines())))
    found = list({fold(line): line for line in reversed(lines)}.values())[::-1]
    if len(found) > MOST:
        raise Refusal(
            f"These are {plural(len(found), 'objective')}; up to {MOST} fit the menu. Which matter most?",
            field=field,
        )
    for line in found:
        if len(line) > LONGEST:
            raise Refusal(
                f"“{shorten(line, 40)}” has {plural(len(line), 'character')}; up to {LONGEST} fit the menu. "
                "Please say it shorter.",
                field=field,
            )
    return found


def mark_of(objective: str) -> str:
    """Return by what a form knows a line again that it was opened with."""
    return blake2b(fold(objective).encode(), digest_size=MARK_BYTES).hexdigest()


def merged(typed: Sequence[str], opened: Iterable[str], stored: Sequence[str]) -> list[str]:
    """Return the list that one of two people saves who changed it at the same time.

    `opened` are the marks of the lines that their form began with. What somebody else added since stays, and what
    somebody else took out is not brought back.
    """
    before, there = set(opened), {mark_of(one) for one in stored}
    mine = {mark_of(one) for one in typed}
    kept = [one for one in typed if mark_of(one) in there or mark_of(one) not in before]
    return [*kept, *(one for one in stored if mark_of(one) not in before | mine)]


@dataclass(frozen=True)
class ObjectiveMap:
    """How many goals serve each objective of a list, in its order; `others` name one that is not on it.

    `unmapped` name none at all.
    """

    served: tuple[tuple[str, int], ...]
    others: int
    unmapped: int

    @property
    def goals(self) -> int:
        return sum(count for _, count in self.served) + self.others + self.unmapped

    @property
    def astray(self) -> int:
        """How many goals serve nothing on the list."""
        return self.others + self.unmapped


def mapped(goals: Iterable[Goal], objectives: Sequence[str]) -> ObjectiveMap:
    """Return which objectives these goals serve."""
    counts = Counter(fold(goal.objective) for goal in goals)
    unmapped = counts.pop("", 0)
    served = tuple((one, counts.pop(fold(one), 0)) for one in objectives)
    return ObjectiveMap(served, counts.total(), unmapped)


def rewards_sending(goal: Target) -> bool:
    """Say whether a goal measures what can be reached without any customer: it rewards the wrong thing."""
    return goal.activity_kind in SENT_ALONE
