"""The wizard that sets a team up: its steps in order, and what was entered so far."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from sqlmodel import Field, SQLModel

from sales.language.dates.instants import Instant
from sales.people.country import country_of
from sales.people.member import Member
from sales.people.setup import NAME_LENGTH, new_team, team_in
from sales.people.team import Team
from sales.value import changed

AnyMember = TypeVar("AnyMember", bound=Member)
MOST_ELSEWHERE = 10  # countries offered with a tick each; Slack takes no more in one list


class SetupStep(StrEnum):
    """The steps, in order. Each but the first can be skipped."""

    NAME = "name"
    PEOPLE = "people"
    CHANNEL = "channel"
    YEAR = "year"
    HOLIDAYS = "holidays"

    @property
    def number(self) -> int:
        return STEPS.index(self) + 1

    @property
    def before(self) -> "SetupStep":
        return STEPS[max(0, self.number - 2)]

    @property
    def after(self) -> "SetupStep | None":
        """The step that follows; None after the last, when the team is made."""
        return STEPS[self.number] if self.number < len(STEPS) else None


STEPS = tuple(SetupStep)


class SetupDraft(SQLModel):
    """A set-up on its way: the step it is at, and what was entered; None where a step was skipped or is to come.

    One that `adds` brings people into a team that is there. `left_out` are those of a user group who cannot be in a
    team, each with the reason; about `unlooked` readers of the channel Slack was not asked. Of the `elsewhere`
    countries the people keep their own holidays.
    """

    step: SetupStep = SetupStep.NAME
    begun_at: Instant
    name: str = Field(max_length=NAME_LENGTH)
    adds: bool = False
    reps: tuple[str, ...] = ()
    managers: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    channel: str | None = None
    unlooked: int = 0
    month: int | None = Field(default=None, ge=1, le=12)
    country: str | None = None
    subdivision: str | None = None
    elsewhere: tuple[str, ...] = ()

    def with_entered(self, **entered: object) -> "SetupDraft":
        """Return the set-up with this entered, validated like any."""
        return changed(SetupDraft, self, **entered)

    def home(self, zone: str) -> str | None:
        """Return whose public holidays the team keeps: those chosen, or of where its founder lives."""
        return country_of(zone) if self.country is None else self.country or None

    def team(self, zone: str, currency: str | None = None) -> Team:
        """Return the team that comes of it, founded in a zone.

        It counts in the `currency` of its founder's other team, if any, unless a country other than theirs was chosen:
        whoever leads several adds them up.
        """
        made = new_team(self.name, self.channel, zone)
        if currency is not None and self.country in (None, made.country):
            made = changed(Team, made, subdivision=self.subdivision, currency=currency)
        elif self.country is not None:
            made = team_in(made, self.country or None, self.subdivision)
        return changed(Team, made, fiscal_year_start=self.month or made.fiscal_year_start)


def lives_elsewhere(people: Iterable[AnyMember], home: str | None) -> dict[str, list[AnyMember]]:
    """Return by country those who live where other holidays hold than at `home`, by their zone; the most people first.

    Whoever has chosen their own holidays is left alone.
    """
    found: dict[str, list[AnyMember]] = {}
    for one in people:
        country = country_of(one.zone)
        if one.country is None and country not in (None, home):
            found.setdefault(str(country), []).append(one)
    order = sorted(found, key=lambda code: (-len(found[code]), code))
    return {code: found[code] for code in order[:MOST_ELSEWHERE]}
