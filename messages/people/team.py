"""Teams in Slack: who is in one, and whose clock says what."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    header,
    joined,
    line_sections,
    message_of,
    section,
)
from messages.elements import Element, button
from messages.formatting import channel, words
from messages.people.handover import open_button
from messages.replies import READING
from messages.room import LIST, fitting, weight
from sales.language.figures import WEEKDAYS
from sales.language.typed_text import shorten
from sales.people.team import Team

PEOPLE = "team.people"
SETTINGS = "team.settings"
HOLIDAYS = "team.holidays"
LEAVE = "team.leave"

LONGEST_NAME = 60
MOST_WAYS = 5  # buttons of teams; the others are typed
NAME_ON_BUTTON = 70


class ListedPerson(NamedTuple):
    """One line of the list, at the instant `now`; `back_after` is the last day of a leave that runs."""

    name: str
    is_rep: bool
    manages: bool
    zone: str
    now: datetime
    back_after: date | None
    active: bool


def listing(
    team: Team, team_id: int, people: Sequence[ListedPerson], *, manages: bool, more: Sequence[Block] = ()
) -> Message:
    """Show who is in a team, and what features add; those who may change it get the buttons."""
    blocks: list[Block] = [header(team.name)]
    listed = [words("people/team", "line", person=person) for person in people]
    room = LIST - weight(more)
    count = fitting([[section(one)] for one in listed], room, len(listed))
    blocks += line_sections(listed[:count])
    if len(people) > count:
        blocks.append(context(words("people/team", "more", count=len(people) - count)))
    if not people:
        blocks.append(section(words("people/team", "nobody")))
    day = WEEKDAYS[team.digest_weekday]
    blocks += more
    blocks.append(context(words("people/team", "footer", team=team, channel=channel(team), digest_day=day)))
    carried = str(team_id)
    buttons = [button("Holidays", HOLIDAYS, carried), button("Leave", LEAVE, carried)]
    if manages:
        buttons = [people_button(team_id), button("Settings", SETTINGS, carried), *buttons]
        buttons.append(open_button(team_id))
    blocks.append(actions(*buttons))
    return message_of(blocks)


def all_teams(teams: Sequence[tuple[str, int]], *, manages: bool) -> Message:
    """Show the teams that somebody manages, or those of a workspace to somebody who is in none."""
    text = words("people/team", "all_text", teams=teams, manages=manages)
    blocks: list[Block] = [section(joined([text, words("people/team", "all", teams=teams)]))]
    ways = [
        button(shorten(name, NAME_ON_BUTTON), f"{READING}:{at}", f"/team {name}")
        for at, (name, _) in enumerate(teams[:MOST_WAYS])
    ]
    return message_of([*blocks, actions(*ways)])


def people_button(team_id: int) -> Element:
    return button("People", PEOPLE, str(team_id))


def settings_button(team_id: int, name: str = "") -> Element:
    """Return the way to a team's settings, by its name where somebody has several."""
    label = words("people/team", "settings_of", name=name) if name else "Team settings"
    return button(label, f"{SETTINGS}:{team_id}" if name else SETTINGS, str(team_id))
