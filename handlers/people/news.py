"""News of people: what other features hear of in the unit of work in which it happened."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from storage.people.invitation import InvitationRow
from storage.people.member import MemberRow
from storage.people.team import TeamRow


@dataclass(frozen=True)
class MembersMet:
    """People were met, or are called something else now."""


@dataclass(frozen=True)
class PersonMet:
    """Somebody did something with us for the first time."""

    member: MemberRow


@dataclass(frozen=True)
class MemberChanged:
    """A member's zone, account, role, hours or team is another; `team` is theirs now, None if they are in none."""

    member: MemberRow
    team: TeamRow | None


@dataclass(frozen=True)
class TeamChanged:
    """A team's people, channel or settings are others."""

    team: TeamRow


@dataclass(frozen=True)
class TeamJoined:
    """People are in a team who were not before; `by` is whoever put them there."""

    team: TeamRow
    people: Sequence[MemberRow]
    by: str


class OpenWork(NamedTuple):
    """What somebody has open: so many deals, what they are worth by currency in minor units, and so many promises."""

    deals: int = 0
    worth: Mapping[str, int] = MappingProxyType({})
    promises: int = 0


@dataclass(frozen=True)
class WorkLeft:
    """News: these people are looked at for what they still have open. Whoever keeps such work adds it to `found`."""

    people: Sequence[MemberRow]
    found: defaultdict[str, OpenWork] = field(default_factory=lambda: defaultdict(OpenWork))


@dataclass(frozen=True)
class PersonBack:
    """Somebody whose account was closed has it again."""

    member: MemberRow


@dataclass(frozen=True)
class ChannelChosen:
    """A team's digest channel was chosen, and can be posted to."""

    team: TeamRow


@dataclass(frozen=True)
class InvitationMoved:
    """Somebody was `asked` into a team, or answered: `yes`, `no`, or `undone` for a yes that was taken back."""

    invitation: InvitationRow
    what: str
