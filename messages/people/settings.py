"""Settings: the form of a team's choices, and a person's own."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from messages.blocks import Block, Message, divider, field_input, message_of, modal_of
from messages.elements import (
    Option,
    checkboxes,
    number_input,
    option,
    radio_buttons,
    select_menu,
    text_input,
    time_picker,
)
from messages.formatting import channel, words
from messages.people.country import country_field, part_field
from sales.language.figures import MONTHS, WEEKDAYS, clock, week
from sales.people.country import NO_COUNTRY
from sales.people.settings import CAP, CYCLE, ON, PERCENT
from sales.people.team import Audience, Team, WinPosting

SAVE_TEAM = "settings.save_team"  # the team form's callback
EVENING = "evening_at"

OFF = "off"
AUDIENCES = {
    Audience.TOTALS: ("Totals only", "the team's numbers and nobody's name"),
    Audience.WINS: ("Totals and wins", "also who won what and kept their word"),
    Audience.EVERYTHING: ("Everything", "also each rep's progress, never as a ranking from the bottom"),
}


WIN_POSTS = {
    WinPosting.OFF: ("Off", "the digest tells them"),
    WinPosting.AMOUNTS: ("On, with amounts", "who won what, and how much"),
    WinPosting.NO_AMOUNTS: ("On, without amounts", "who won what"),
}


def team_form(team: Team, team_id: int, more: Sequence[Block] = ()) -> dict[str, Any]:
    """Build the form of everything a team decides, with `more` of other features. Block ids are the columns."""
    blocks: list[Block] = [
        *day_fields(team),
        *digest_fields(team),
        divider(),
        *calendar_fields(team),
        divider(),
        *number_fields(team),
        *more,
    ]
    return modal_of("Team settings", blocks, callback_id=SAVE_TEAM, submit="Save", private=str(team_id))


def day_fields(team: Team) -> list[Block]:
    return [
        time_field("End-of-day message", EVENING, team.evening_at, words("people/settings", "evening_hint")),
        time_field(
            "Quiet hours begin", "quiet_from", team.quiet_from, words("people/settings", "quiet_hint")
        ),
        time_field("Quiet hours end", "quiet_until", team.quiet_until),
    ]


def digest_fields(team: Team) -> list[Block]:
    days = [option(name, str(number)) for number, name in enumerate(WEEKDAYS)]
    daily = [option("On", ON), option("Off", OFF)]
    shown = [option(label, str(key), text) for key, (label, text) in AUDIENCES.items()]
    audience = list(AUDIENCES).index(team.audience)
    return [
        choice_field("Weekly digest on", "digest_weekday", days, team.digest_weekday),
        time_field(
            "Digest time",
            "digest_at",
            team.digest_at,
            words("people/settings", "digest_hint", zone=team.zone),
        ),
        radio_field(
            "Also a short digest on the other working days",
            "daily_digest",
            daily,
            0 if team.daily_digest else 1,
        ),
        radio_field(
            "What the digest shows", "audience", shown, audience, words("people/settings", "audience_hint")
        ),
        radio_field(
            "Post each win as it comes",
            "win_posts",
            [option(label, str(key), text) for key, (label, text) in WIN_POSTS.items()],
            list(WIN_POSTS).index(team.win_posts),
            words("people/settings", "wins_hint"),
        ),
        radio_field(
            "Leaderboard, neighbours only",
            "leaderboard",
            daily,
            0 if team.leaderboard else 1,
            words("people/settings", "leaderboard_hint"),
        ),
    ]


def calendar_fields(team: Team) -> list[Block]:
    boxes = [option(name, str(day)) for day, name in enumerate(WEEKDAYS)]
    worked = [box for day, box in enumerate(boxes) if team.workdays >> day & 1]
    months = [option(name, str(number)) for number, name in enumerate(MONTHS, start=1)]
    return [
        field_input("Working days", checkboxes("workdays", boxes, initial_options=worked), "workdays"),
        country_field(team.country or NO_COUNTRY, hint=words("people/settings", "country_hint")),
        part_field(team.subdivision),
        text_field("Time zone of the digest", "zone", team.zone, words("people/settings", "zone_hint")),
        choice_field("Fiscal year starts in", "fiscal_year_start", months, team.fiscal_year_start - 1),
    ]


def number_fields(team: Team) -> list[Block]:
    return [
        text_field("Currency", "currency", team.currency, words("people/settings", "currency_hint")),
        number_field(
            "Runway certainty, %",
            "runway_percent",
            team.runway_percent,
            PERCENT,
            words("people/settings", "runway_hint"),
        ),
        number_field(
            "Usual sales cycle, days",
            "cycle_days",
            team.cycle_days,
            CYCLE,
            words("people/settings", "cycle_hint"),
        ),
        number_field(
            "Messages a day to one person, at most",
            "daily_cap",
            team.daily_cap,
            CAP,
            words("people/settings", "cap_hint"),
        ),
    ]


def time_field(label: str, block_id: str, at: time, hint: str | None = None) -> Block:
    return field_input(label, time_picker(block_id, initial_time=clock(at)), block_id, hint=hint)


def choice_field(label: str, block_id: str, options: Sequence[Option], chosen: int) -> Block:
    element = select_menu(block_id, options=list(options), initial_option=options[chosen])
    return field_input(label, element, block_id)


def radio_field(
    label: str, block_id: str, options: Sequence[Option], chosen: int, hint: str | None = None
) -> Block:
    element = radio_buttons(block_id, list(options), initial_option=options[chosen])
    return field_input(label, element, block_id, hint=hint)


def text_field(label: str, block_id: str, value: str | None, hint: str, *, optional: bool = False) -> Block:
    element = text_input(block_id, initial_value=value, max_length=100)
    return field_input(label, element, block_id, hint=hint, optional=optional)


def number_field(label: str, block_id: str, value: int, limits: tuple[int, int], hint: str) -> Block:
    element = number_input(block_id, initial_value=str(value), min_value=limits[0], max_value=limits[1])
    return field_input(label, element, block_id, hint=hint)


def team_saved(team: Team, reset: Sequence[str]) -> Message:
    """Say what was decided, and whose own time no longer fitted."""
    values = {"team": team, "digest_day": WEEKDAYS[team.digest_weekday], "week": week(team.workdays)}
    text = words("people/settings", "team_saved", **values, channel=channel(team), reset=list(reset))
    return message_of(text)
