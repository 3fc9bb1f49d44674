"""Cadence in Slack: who heard nothing for too long, the days behind it, and a team's own numbers (mechanism 53)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    field_input,
    joined,
    message_of,
    modal_of,
    section,
)
from messages.carried import Carried
from messages.elements import Element, button, number_input, option, overflow_menu
from messages.formatting import Mrkdwn, words
from messages.undo import undo_button
from sales.language.names.match import name_key
from sales.people.team import Team
from sales.pipeline.cadence import LEAST_WINS, MOST_DAYS, MOST_SHOWN, Cadence, SilentDeal
from sales.pipeline.stage import DealStage

MENU = "cadence.menu"
ALL = "cadence.all"
EDIT = "cadence.edit"
SAVE = "cadence.save"  # the form's callback
SPOKE, TOMORROW, SHOW = "spoke", "tomorrow", "show"
MOST_EXPLAINED = 15


def silent_blocks(found: Sequence[SilentDeal]) -> list[Block]:
    """List who heard nothing for too long, each with its menu; those beyond the first few are counted."""
    blocks: list[Block] = [section(words("pipeline/cadence", "head", count=len(found)))]
    blocks += [section(words("pipeline/cadence", "silent", one=one), menu(one)) for one in found[:MOST_SHOWN]]
    rest = len(found) - MOST_SHOWN
    if rest > 0:
        blocks.append(section(words("pipeline/cadence", "more", count=rest), all_button(len(found))))
    return blocks


def menu(one: SilentDeal) -> Element:
    """Return what can be done about a silent deal where it stands."""
    ways = [("Spoke today", SPOKE), ("Later: call them tomorrow", TOMORROW), ("Show the deal", SHOW)]
    return overflow_menu(
        f"{MENU}:{one.deal.id}", [option(label, f"{way}|{one.deal.id}") for label, way in ways]
    )


def read_choice(carried: str) -> tuple[str, int]:
    """Return what was chosen of a menu, and for which deal."""
    way, _, deal_id = carried.partition("|")
    return way, int(deal_id)


def all_button(count: int) -> Element:
    return button(words("pipeline/cadence", "all_of_them", count=count), ALL)


def on_card(one: SilentDeal, today: date) -> Block:
    """Say on a deal's card that it is past its cadence."""
    return context(words("pipeline/cadence", "on_card", one=one, today=today, least=LEAST_WINS))


def why(found: Sequence[SilentDeal], today: date) -> Message:
    """Give the days behind each line of the list: how long it is silent, and what that is held against."""
    lines = [
        words("pipeline/cadence", "why_line", one=one, today=today, least=LEAST_WINS)
        for one in found[:MOST_EXPLAINED]
    ]
    if len(found) > MOST_EXPLAINED:
        lines.append(words("pipeline/cadence", "why_more", count=len(found) - MOST_EXPLAINED))
    head = section(words("pipeline/cadence", "why_head", count=len(found)))
    return message_of([head, section(joined(lines))] if lines else [head])


class StageRhythm(NamedTuple):
    """A stage, its cadence, and what it would be had the team set nothing."""

    stage: DealStage
    cadence: Cadence
    otherwise: Cadence


@dataclass(frozen=True)
class CadenceForm(Carried):
    """What a form of a team's cadence keeps: whose it is, and where the list stands."""

    team_id: int
    place: Sequence[str] = ()


def listing(
    team: Team,
    team_id: int,
    rhythms: Sequence[StageRhythm],
    products: Sequence[Cadence],
    wins: int,
    *,
    may_change: bool,
) -> Message:
    """Show how often customers hear from a team at each stage, and where each number is from."""
    lines = [
        words("pipeline/cadence", "stage_line", stage=one.stage, cadence=one.cadence, least=LEAST_WINS)
        for one in rhythms
    ]
    lines += [words("pipeline/cadence", "product_line", cadence=cadence) for cadence in products]
    said: list[Mrkdwn] = [words("pipeline/cadence", "listing_head", team=team), *lines]
    blocks: list[Block] = [section(joined(said))]
    if small := words("pipeline/cadence", "wins", count=wins, least=LEAST_WINS):
        blocks.append(context(small))
    if may_change:
        blocks.append(actions(button("Change…", f"{EDIT}:{team_id}", str(team_id))))
    return message_of(blocks)


def form(rhythms: Sequence[StageRhythm], private: str) -> dict[str, Any]:
    """Ask for the days of each stage; an empty one has the usual."""
    fields = [
        field_input(
            words("pipeline/cadence", "field", stage=one.stage),
            number_input(
                "chosen",
                min_value=1,
                max_value=MOST_DAYS,
                initial_value=str(one.cadence.days) if one.cadence is not one.otherwise else None,
            ),
            days_field(one.stage),
            hint=words("pipeline/cadence", "hint", cadence=one.otherwise, least=LEAST_WINS),
            optional=True,
        )
        for one in rhythms
    ]
    return modal_of("Cadence", fields, callback_id=SAVE, submit="Save", private=private)


def days_field(stage: DealStage) -> str:
    """Return the block id of a stage's days in the form."""
    return f"days:{name_key(stage.name)}"


def saved(team: Team, rhythms: Sequence[StageRhythm], undo_id: int) -> Message:
    """Say what a team's cadence is now, with the way back."""
    lines = [words("pipeline/cadence", "each", stage=one.stage, cadence=one.cadence) for one in rhythms]
    return message_of(
        [section(words("pipeline/cadence", "saved", team=team, lines=lines)), actions(undo_button(undo_id))]
    )
