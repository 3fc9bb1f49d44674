"""Whose holidays: the fields that choose a country and a part of it, and the form for the people of a team."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from messages.blocks import Block, Message, field_input, message_of, modal_of, section
from messages.elements import (
    Element,
    button,
    multi_user_select,
    option,
    option_group,
    select_menu,
    text_input,
)
from messages.formatting import Mrkdwn, words
from sales.language.figures import listed
from sales.people.country import COUNTRY, NO_COUNTRY, SUBDIVISION, TEAMS, country_name, country_names
from sales.people.member import Member
from sales.people.team import Team

OPEN = "country.open"
SAVE = "country.save"  # the form's callback
WHO = "who"

NAMED = 5  # people in one line of the form
MOST_COUNTRIES = 8  # lines of it
MOST_CHOSEN = 100


def country_field(chosen: str, *, team: Team | None = None, hint: str | None = None) -> Block:
    """Offer every country with a holiday list, by name; for a person of a `team` also to have its holidays.

    In groups, because a plain menu ends at a hundred.
    """
    offered = [(name, option(name, code)) for code, name in country_names().items()]
    usual = [option(words("people/country", "as_team", country=kept_by(team)), TEAMS)] if team else []
    nowhere = option(words("people/country", "nowhere"), NO_COUNTRY)
    groups = [option_group("–", [*usual, nowhere])]
    for letter, named in groupby(offered, key=lambda pair: pair[0][0]):
        groups.append(option_group(letter, [choice for _, choice in named]))
    every = [*usual, nowhere, *(one for _, one in offered)]
    initial = next((one for one in every if one["value"] == chosen), every[0])
    element = select_menu(COUNTRY, option_groups=groups, initial_option=initial)
    return field_input("Public holidays of", element, COUNTRY, hint=hint)


def part_field(value: str | None) -> Block:
    """Ask for the part of the country whose holidays they are."""
    element = text_input(SUBDIVISION, initial_value=value, max_length=100)
    hint = words("people/country", "part_hint")
    return field_input("Part of the country", element, SUBDIVISION, hint=hint, optional=True)


def kept_by(team: Team | Member) -> str:
    """Return whose holidays somebody keeps, in words; empty where they keep none."""
    part = f" ({team.subdivision})" if team.subdivision else ""
    return f"{country_name(team.country)}{part}" if team.country else ""


def chosen_by(member: Member) -> str:
    """Return what the field shows for a person."""
    return TEAMS if member.country is None else member.country or NO_COUNTRY


def own_fields(member: Member, team: Team) -> list[Block]:
    """Ask a person whose holidays are theirs."""
    hint = words("people/country", "own_hint", team=team)
    return [country_field(chosen_by(member), team=team, hint=hint), part_field(member.subdivision)]


def own_kept(member: Member) -> str:
    """Say which holidays a person has of their own; empty where they are the team's."""
    return "" if member.country is None else words("people/country", "own_kept", country=kept_by(member))


def ways(team_id: int) -> Element:
    return button("Holidays per person", OPEN, str(team_id))


def form(team: Team, team_id: int, people: Sequence[Member]) -> dict[str, Any]:
    """Ask a manager who of a team has the holidays of which country, several at a time."""
    told = words("people/country", "stands", team=team, country=kept_by(team), lines=lines_of(people))
    who = multi_user_select(WHO, max_selected_items=MOST_CHOSEN, placeholder="Choose people")
    return modal_of(
        "Holidays per person",
        [
            section(told),
            field_input("Who", who, WHO),
            country_field(TEAMS, team=team),
            part_field(None),
        ],
        callback_id=SAVE,
        submit="Save",
        private=str(team_id),
    )


def lines_of(people: Sequence[Member]) -> list[Mrkdwn]:
    """Return who has other holidays than the team, a line a country."""
    own = sorted((kept_by(one), one.name) for one in people if one.country is not None)
    found = [
        words(
            "people/country", "line", country=country, names=listed([name for _, name in named], most=NAMED)
        )
        for country, named in groupby(own, key=lambda pair: pair[0])
    ]
    more = len(found) - MOST_COUNTRIES
    return found if more <= 0 else [*found[:MOST_COUNTRIES], words("people/country", "more", count=more)]


def saved(names: Sequence[str], member: Member, team: Team) -> Message:
    """Say whose holidays are which now; `member` is one of those it was said of."""
    values = {"names": listed(names, most=NAMED), "count": len(names), "team": team}
    usual = member.country is None
    return message_of(words("people/country", "saved", **values, country=kept_by(member), usual=usual))
