"""Setup: what a modal says about who is in a team, read and checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sales.language.typed_text import clean
from sales.people.country import country_of, currency_of, workdays_of
from sales.people.team import Team
from sales.refusal import Refusal
from sales.value import changed

MOST_CHOSEN = 100  # in one menu of Slack's
MOST_REPS = 2 * MOST_CHOSEN  # more than anybody leads alone; two menus hold them
MOST_MANAGERS = 20
NAME_LENGTH = 80

NAME, REPS, GROUP, MANAGERS, CHANNEL = "name", "reps", "group", "managers", "digest_channel"
MORE_REPS = "more_reps"  # those beyond what one menu holds


@dataclass(frozen=True)
class ChosenPeople:
    """Who makes up a team, as chosen: people by Slack id, a user group, managers."""

    reps: tuple[str, ...]
    group: str | None
    managers: tuple[str, ...]


@dataclass(frozen=True)
class Setup(ChosenPeople):
    """A team as a form says it: who makes it up, its name, its digest channel."""

    name: str
    channel: str | None


def read_setup(values: Mapping[str, Any]) -> Setup:
    """Read the form of a team's people.

    Raises:
        Refusal: if the team has no name, nobody in it, nobody to manage it, or too many.
    """
    name, people = team_name(values.get(NAME)), read_people(values)
    return Setup(people.reps, people.group, people.managers, name, values.get(CHANNEL) or None)


def read_people(values: Mapping[str, Any]) -> ChosenPeople:
    """Read who was chosen.

    Raises:
        Refusal: if that is nobody, nobody to manage, or too many.
    """
    reps = distinct([*(values.get(REPS) or ()), *(values.get(MORE_REPS) or ())])
    chosen = ChosenPeople(reps, values.get(GROUP) or None, distinct(values.get(MANAGERS)))
    if not chosen.reps and chosen.group is None:
        raise Refusal(
            "Choose at least one rep, or a user group. A manager who also sells can be one.", field=REPS
        )
    if not chosen.managers:
        raise Refusal("Choose at least one manager; you can be it.", field=MANAGERS)
    if len(chosen.managers) > MOST_MANAGERS:
        raise Refusal(f"A team has at most {MOST_MANAGERS} managers.", field=MANAGERS)
    check_size(len(chosen.reps), REPS)
    return chosen


def check_size(count: int, field: str) -> None:
    """Refuse more reps than a team may have."""
    if count > MOST_REPS:
        raise Refusal(
            f"That makes {count} reps; a team has at most {MOST_REPS}. Make one team per manager.",
            field=field,
        )


def team_name(text: str | None) -> str:
    """Return a team's name, cleaned.

    Raises:
        Refusal: if nothing readable is left of it, or it is too long.
    """
    name = clean(text or "", NAME_LENGTH, field=NAME)
    if not name:
        raise Refusal("A team needs a name.", field=NAME, example="Sales")
    return name


def distinct(chosen: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chosen or ()))


def new_team(name: str, channel: str | None, zone: str) -> Team:
    """Return a team as it starts where its founder lives: in that zone, country, currency and working week."""
    return team_in(Team(name=name, digest_channel=channel, zone=zone), country_of(zone))


def team_in(team: Team, country: str | None, subdivision: str | None = None) -> Team:
    """Return a new team with the holidays, currency and working week of a country; without holidays for None."""
    here = changed(Team, team, country=country, subdivision=subdivision)
    if country is None:
        return here
    return changed(Team, here, workdays=workdays_of(country), currency=currency_of(country) or team.currency)
