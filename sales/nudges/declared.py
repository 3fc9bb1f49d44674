"""What features declare, handed to storage as one value: the kinds of message, what recurs, and what can be undone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from sqlmodel import SQLModel

from sales.nudges.kind import NudgeKind
from sales.nudges.schedule import ScheduleSpec
from sales.people.member import Member
from sales.people.team import Team

MemberSpec = Callable[[Team, Member], ScheduleSpec]
TeamSpec = Callable[[Team, int], ScheduleSpec]


class Subject(StrEnum):
    """For whom something recurs. What is for a member or a channel stops while that cannot be reached."""

    MEMBER = "member"
    TEAM = "team"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Recurring:
    """One thing that recurs: its key, for whom, and when, from what a team and a member decided."""

    key: str
    of: Subject
    member_spec: MemberSpec | None = None
    team_spec: TeamSpec | None = None


@dataclass(frozen=True)
class Declared:
    """The kinds of message by key, what recurs, and by table name the rows whose changes can be taken back."""

    kinds: Mapping[str, NudgeKind] = field(default_factory=lambda: MappingProxyType({}))
    recurring: tuple[Recurring, ...] = ()
    undoable: Mapping[str, type[SQLModel]] = field(default_factory=lambda: MappingProxyType({}))

    def kind(self, key: str) -> NudgeKind:
        """Return a kind by its key; one that nobody declares has every rule and its key for a name.

        Messages of a feature that is gone may still lie in the ledger.
        """
        found = self.kinds.get(key)
        return found or NudgeKind(key, key.replace("_", " ").capitalize(), "", bundles=False, mutable=False)

    def offered_to(self, member: Member) -> list[NudgeKind]:
        """Return the kinds that a person can switch off, of those they may ever get."""
        leads = member.is_manager or member.administers
        return [
            kind
            for kind in self.kinds.values()
            if kind.mutable and kind.is_for(is_rep=member.is_rep, leads=leads)
        ]

    @cached_property
    def opt_ins(self) -> frozenset[str]:
        """The kinds that come only to who wants them."""
        return frozenset(key for key, kind in self.kinds.items() if kind.opt_in)

    def keys_of(self, subject: Subject) -> tuple[str, ...]:
        """Return the keys of what recurs for members, teams, or channels."""
        return tuple(one.key for one in self.recurring if one.of is subject)
