"""News of people: what other features hear of in the unit of work in which it happened."""

from collections.abc import Sequence
from dataclasses import dataclass

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
