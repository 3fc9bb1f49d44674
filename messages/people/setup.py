"""Setup: the form that makes a team out of people, and what will happen once it is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from messages.blocks import Block, Message, actions, context, field_input, message_of, modal_of, section
from messages.elements import (
    checkboxes,
    conversation_select,
    multi_user_select,
    option,
    select_menu,
    text_input,
)
from messages.formatting import Mrkdwn, words
from messages.people.country import ways
from messages.people.handover import hand_over_button
from messages.people.invitation import withdraw_button
from sales.language.figures import MONTHS, WEEKDAYS, listed, plural, short_money, week
from sales.people.country import country_name
from sales.people.readers import Outsiders, Readers
from sales.people.setup import (
    CHANNEL,
    GROUP,
    MANAGERS,
    MORE_REPS,
    MOST_CHOSEN,
    MOST_MANAGERS,
    NAME,
    NAME_LENGTH,
    REPS,
)
from sales.people.team import Team

SAVE = "setup.save"  # the form's callback
READERS = "readers"

MOST_BEHIND = 5  # people who left, each with a way to hand over; the others are in `/team handover`
NAMED = 10  # more names than this in one sentence are a wall
MOST_OPTIONS = 100


@dataclass(frozen=True)
class SetupForm:
    """What the form of a team's people holds. `groups` is None where Slack does not let us see them.

    `readers` are those from outside who read the channel, and `agree` what is sent back if they may.
    """

    name: str
    team_id: int
    reps: Sequence[str] = ()
    managers: Sequence[str] = ()
    channel: str | None = None
    groups: Sequence[tuple[str, str]] | None = None
    group: str | None = None
    readers: Readers | None = None
    agree: str = ""


@dataclass(frozen=True)
class SetupOutcome:
    """What saving did, in names."""

    team: Team
    is_new: bool
    reps: Sequence[str]
    managers: Sequence[str]
    moved: Sequence[tuple[str, str]] = ()
    left: Sequence[str] = ()
    passed_over: Sequence[tuple[str, str]] = ()
    kept: bool = False
    asked: Sequence[str] = ()
    invitations: Sequence[int] = ()
    guests: Sequence[str] = ()
    unlooked: int = 0
    own_holidays: Sequence[tuple[str, str]] = ()
    behind: Sequence["LeftBehind"] = ()


class LeftBehind(NamedTuple):
    """What somebody who left a team still has open: deals, their worth by currency in minor units, and promises."""

    team_id: int
    user_id: str
    name: str
    deals: int
    worth: Mapping[str, int]
    promises: int

    @property
    def told(self) -> str:
        """Return it in words: "1 deal, $7k, and 2 follow-ups"."""
        money = " + ".join(
            short_money(minor, currency) for currency, minor in sorted(self.worth.items()) if minor
        )
        deals = ", ".join(filter(None, (plural(self.deals, "deal"), money))) if self.deals else ""
        return " and ".join(
            filter(None, (deals, plural(self.promises, "follow-up") if self.promises else ""))
        )


def form(held: SetupForm) -> dict[str, Any]:
    """Build the form of a team's people; it carries the team's id."""
    blocks: list[Block] = [
        name_field(held.name),
        *people_fields(held.reps, held.managers, held.groups, held.group),
    ]
    blocks.append(channel_field(held.channel))
    if held.readers is not None:
        blocks.append(readers_field(held.readers, held.agree))
    blocks.append(actions(ways(held.team_id)))
    return modal_of("People of the team", blocks, callback_id=SAVE, submit="Save", private=str(held.team_id))


def people_fields(
    reps: Sequence[str],
    managers: Sequence[str],
    groups: Sequence[tuple[str, str]] | None,
    group: str | None = None,
) -> list[Block]:
    """Ask who sells and who leads."""
    by_group = [group_field(groups, group)] if groups else []
    more = [more_reps_field(reps[MOST_CHOSEN:])] if len(reps) > MOST_CHOSEN else []
    return [reps_field(reps[:MOST_CHOSEN], groups), *more, *by_group, managers_field(managers)]


def name_field(name: str) -> Block:
    element = text_input(
        NAME,
        initial_value=name or None,
        max_length=NAME_LENGTH,
        placeholder="Sales",
        focus_on_load=not name,
    )
    return field_input("Team name", element, NAME)


def reps_field(reps: Sequence[str], groups: Sequence[tuple[str, str]] | None) -> Block:
    element = multi_user_select(
        REPS, initial_users=reps, max_selected_items=MOST_CHOSEN, placeholder="Choose people"
    )
    hint = words("people/setup", "reps_hint", groups=groups is not None)
    return field_input("Reps", element, REPS, hint=hint, optional=bool(groups))


def more_reps_field(reps: Sequence[str]) -> Block:
    element = multi_user_select(MORE_REPS, initial_users=reps, max_selected_items=MOST_CHOSEN)
    return field_input("More reps", element, MORE_REPS, optional=True)


def group_field(groups: Sequence[tuple[str, str]], chosen: str | None) -> Block:
    options = [option(name, group_id) for group_id, name in groups[:MOST_OPTIONS]]
    initial = next((one for one in options if one["value"] == chosen), None)
    element = select_menu(GROUP, options=options, initial_option=initial, placeholder="None")
    hint = words("people/setup", "group_hint")
    return field_input("And everybody in this user group", element, GROUP, hint=hint, optional=True)


def managers_field(managers: Sequence[str]) -> Block:
    element = multi_user_select(MANAGERS, initial_users=managers, max_selected_items=MOST_MANAGERS)
    return field_input("Managers", element, MANAGERS, hint=words("people/setup", "managers_hint"))


def channel_field(channel: str | None) -> Block:
    element = conversation_select(
        CHANNEL,
        initial_conversation=channel,
        among={"include": ["public", "private"], "exclude_bot_users": True},
        placeholder="No digest yet",
    )
    return field_input(
        "Digest channel", element, CHANNEL, hint=words("people/setup", "channel_hint"), optional=True
    )


def readers_field(readers: Readers, agree: str) -> Block:
    """Ask whether the digest may stand where people from outside read it."""
    shared = readers.outsiders is Outsiders.OTHERS
    label = words("people/setup", "readers_label", readers=readers, shared=shared)
    hint = words("people/setup", "readers_hint", names=listed(readers.guests, most=NAMED), shared=shared)
    element = checkboxes(READERS, [option("Post the digest there all the same", agree)])
    return field_input(label, element, READERS, hint=hint, optional=True)


def saved(outcome: SetupOutcome) -> Message:
    """Say who is in the team now, and what will happen and when."""
    team = outcome.team
    values = {
        "outcome": outcome,
        "team": team,
        "reps": listed(outcome.reps, most=NAMED),
        "managers": listed(outcome.managers, most=NAMED),
        "asked": listed(outcome.asked, most=NAMED),
        "guests": listed(outcome.guests, most=NAMED),
        "left": listed(outcome.left, most=NAMED),
        "channel": Mrkdwn(f"<#{team.digest_channel}>") if team.digest_channel else None,
        "digest_day": WEEKDAYS[team.digest_weekday],
    }
    defaults = words(
        "people/setup",
        "defaults",
        week=week(team.workdays),
        country=country_name(team.country),
        currency=team.currency,
        month=MONTHS[team.fiscal_year_start - 1],
    )
    blocks = [section(words("people/setup", "saved", **values))]
    for one in outcome.behind[:MOST_BEHIND]:
        way = hand_over_button(one.team_id, one.user_id)
        blocks.append(section(words("people/setup", "behind", one=one), way))
    if outcome.invitations:
        blocks.append(actions(withdraw_button(outcome.invitations)))
    return message_of([*blocks, context(defaults)])
