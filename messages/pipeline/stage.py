"""Stages in Slack: the menu on a deal's card and what a stage still needs; a team's stages, read and changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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
from messages.elements import Element, button, option, select_menu, text_input
from messages.formatting import words
from messages.pipeline.opportunity.ids import about
from messages.undo import undo_button
from sales.language.names.match import name_key
from sales.people.team import Team
from sales.pipeline.opportunity import StoredOpportunity
from sales.pipeline.stage import DealStage, StageNeed
from sales.pipeline.stage_list import FIELD, SAID, needs_said, written

MOVE = "stage.move"  # the menu on a card
EDIT = "stage.edit"
SAVE = "stage.save"  # the form of a team's stages
SEND = "stage.send"  # the form that asks where deals go
MOST_TYPED = 2_000  # characters: the form that asks on carries them
MOST_VALUE = 75  # characters of an option's value, Slack's limit; a stage's name is shorter


def menu(deal: StoredOpportunity, stages: Sequence[DealStage]) -> Element:
    """Return the menu of a team's stages; where a deal stands in none of them, what its CRM says stands first."""
    names = [stage.name for stage in stages]
    here = next((name for name in names if name_key(name) == name_key(deal.stage_label)), None)
    if here is None and deal.stage_label:
        here = deal.stage_label
        names = [here, *names]
    chosen = option(here, here[:MOST_VALUE]) if here else None
    return select_menu(
        about(MOVE, deal.id, here),
        [option(name, name[:MOST_VALUE]) for name in names],
        initial_option=chosen,
        placeholder="Stage…",
    )


def needs(stage: DealStage, needed: Sequence[StageNeed]) -> list[Block]:
    """Say what a deal still needs where it stands, and ask what could stop it."""
    said = words("pipeline/stage", "needs", stage=stage, needed=[one.value for one in needed])
    return [context(said)]


@dataclass(frozen=True)
class TypedStages(Carried):
    """What a form of a team's stages keeps: whose they are, which were shown, what was typed, where it was asked."""

    team_id: int
    before: Sequence[str] = ()
    text: str = ""
    place: Sequence[str] = ()


def form(
    team: Team,
    team_id: int,
    stages: Sequence[DealStage],
    others: Sequence[DealStage],
    place: Sequence[str] | None,
) -> dict[str, Any]:
    """Build the form of a team's stages, one a line; `others` are those that only deals know, as a CRM called them."""
    every = [*stages, *others]
    shown = TypedStages(team_id, [stage.name for stage in every], place=place or ())
    field = text_input("chosen", initial_value=written(every), max_length=MOST_TYPED, multiline=True)
    hint = words("pipeline/stage", "hint", needs=list(SAID.values()))
    blocks = [
        section(words("pipeline/stage", "intro", team=team, others=[stage.name for stage in others])),
        field_input("Stages, one a line", field, FIELD, hint=hint),
    ]
    return modal_of("Stages", blocks, callback_id=SAVE, submit="Save", private=shown.written())


def where_form(typed: TypedStages, stages: Sequence[DealStage], gone: Mapping[str, int]) -> dict[str, Any]:
    """Ask where the deals of stages that are gone go, before anything is changed."""
    offered = [option(stage.name, stage.name) for stage in stages]
    fields = [
        field_input(
            words("pipeline/stage", "where_field", label=label, count=count),
            select_menu(
                "chosen",
                offered,
                initial_option=offered[min(list(typed.before).index(label), len(offered) - 1)],
            ),
            gone_field(at),
        )
        for at, (label, count) in enumerate(gone.items())
    ]
    said = section(words("pipeline/stage", "where", gone=list(gone.items())))
    return modal_of(
        "Where do they go?", [said, *fields], callback_id=SEND, submit="Move them", private=typed.written()
    )


def gone_field(at: int) -> str:
    """Return the block id of the question where the deals of a stage go; stages are counted in their old order."""
    return f"gone_{at}"


def saved(
    team: Team, stages: Sequence[DealStage], moved: Sequence[tuple[str, str, int]], undo_id: int
) -> Message:
    """Say what a team's stages are now and which deals went where, with the way back."""
    told = words("pipeline/stage", "saved", team=team, names=[stage.name for stage in stages])
    lines = [words("pipeline/stage", "moved", was=was, now=now, count=count) for was, now, count in moved]
    return message_of([section(joined([told, *lines])), actions(undo_button(undo_id))])


def listing(
    team: Team, team_id: int, stages: Sequence[DealStage], managers: Sequence[str], *, may_change: bool
) -> Message:
    """Show a team's stages with what each needs: who may change them gets the way to it, others read who may."""
    lines = [words("pipeline/stage", "line", name=stage.name, needs=needs_said(stage)) for stage in stages]
    said = section(joined([words("pipeline/stage", "head", team=team), *lines]))
    if may_change:
        return message_of([said, actions(button("Change stages…", f"{EDIT}:{team_id}", str(team_id)))])
    return message_of([said, context(words("pipeline/stage", "whose", managers=list(managers)))])
