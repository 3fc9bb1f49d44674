"""Holidays in Slack: the days a team does not work, and its own word on each."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    field_input,
    line_sections,
    message_of,
    modal_of,
    section,
)
from messages.elements import Element, button, date_picker, text_input
from messages.formatting import words
from messages.people.country import ways
from messages.room import fitting
from sales.people.country import country_name
from sales.people.team import Team

WORK = "holiday.work"
RESTORE = "holiday.restore"
NEW = "holiday.new"
ADD = "holiday.add"  # the form's callback

DAY, NAME = "on", "name"
NAME_LENGTH = 100
MOST = 40  # a block each, and Slack takes 50


class Day(NamedTuple):
    """A holiday as the team keeps it. `ours` was added by the team, `works` is a public one it works."""

    on: date
    name: str
    ours: bool = False
    works: bool = False
    weekend: bool = False


def value(team_id: int, on: date, year: int | None) -> str:
    """Return what a day's button carries: whose day it is, and which list to show again."""
    return f"{team_id}@{on.isoformat()}@{year or ''}"


def read_value(carried: str) -> tuple[int, date, int | None]:
    """Return the team, the day, and the year of the list a button stood in."""
    team_id, on, year = carried.split("@")
    return int(team_id), date.fromisoformat(on), int(year) if year else None


def listing(team: Team, team_id: int, days: Sequence[Day], year: int | None, *, manages: bool) -> Message:
    """Show the holidays of a year, or those to come; whoever may change them gets a button beside each."""
    intro = words("people/holiday", "intro", team=team, country=country_name(team.country), year=year)
    blocks: list[Block] = [section(intro)]
    shown = [day_block(day, value(team_id, day.on, year), manages=manages) for day in days[:MOST]]
    count = fitting([[one] for one in shown])
    if manages:
        blocks += shown[:count]
    else:
        blocks += line_sections([words("people/holiday", "line", day=day) for day in days[:count]])
    if not days:
        blocks.append(section(words("people/holiday", "nothing")))
    if len(days) > count:
        blocks.append(
            context(words("people/holiday", "more", count=len(days) - count, year=days[count].on.year))
        )
    if manages:
        blocks.append(actions(button("Add a day", NEW, str(team_id)), ways(team_id)))
    return message_of(blocks)


def day_block(day: Day, carried: str, *, manages: bool) -> Block:
    way = day_button(day, carried) if manages else None
    return section(words("people/holiday", "line", day=day), accessory=way)


def day_button(day: Day, carried: str) -> Element | None:
    """Offer the other choice; a holiday on a weekend leaves none."""
    if day.works:
        return button("Restore", f"{RESTORE}:{day.on}", carried)
    if day.ours:
        return button("Remove", f"{RESTORE}:{day.on}", carried)
    return None if day.weekend else button("We work", f"{WORK}:{day.on}", carried)


def form(team_id: int, today: date) -> dict[str, Any]:
    """Ask for a day of the team's own."""
    day = date_picker(DAY, initial_date=today.isoformat())
    name = text_input(NAME, max_length=NAME_LENGTH, placeholder="Company day")
    return modal_of(
        "Add a holiday",
        [
            field_input("Day", day, DAY),
            field_input("Name", name, NAME, hint=words("people/holiday", "hint")),
        ],
        callback_id=ADD,
        submit="Add",
        private=str(team_id),
    )


def added(team: Team, day: Day) -> Message:
    """Say that a day is off now, and what that means."""
    return message_of(words("people/holiday", "added", team=team, day=day))
