"""Objectives in words: the list with the goals that serve it, its form, and a measure that rewards the wrong thing."""

from collections.abc import Collection, Sequence
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
from messages.elements import button, text_input
from messages.formatting import Mrkdwn, words
from messages.undo import undo_button
from sales.followups.activity import ActivityKind
from sales.followups.activity_words import PLURALS
from sales.goals.goal import Target
from sales.goals.objective import LONGEST_LIST, ObjectiveMap, mark_of, rewards_sending

EDIT = "objectives.edit"
SAVE = "objectives.save"  # the form's callback
OBJECTIVES = "objectives"
NOUN = "goals/objective"


def page(
    team: str,
    objectives: Sequence[str],
    team_id: int,
    found: ObjectiveMap | None = None,
    flagged: Collection[ActivityKind] = (),
    undo_id: int | None = None,
) -> Message:
    """Show a team's objectives; with `found`, to whoever leads it, how many goals serve each and a way to change them.

    `flagged` are measures of goals that reward the wrong thing; nobody's name stands beside one.
    """
    if found is None:
        return message_of([section(listed(team, objectives))])
    blocks: list[Block] = [section(listed(team, objectives, found))]
    if flagged:
        blocks.append(section(joined([flag(kind) for kind in sorted(flagged)])))
    ways = [button("Edit…" if objectives else "Write them down…", EDIT, str(team_id))]
    if undo_id is not None:
        ways.append(undo_button(undo_id))
    blocks.append(actions(*ways))
    return message_of(blocks)


def listed(team: str, objectives: Sequence[str], found: ObjectiveMap | None = None) -> Mrkdwn:
    """Return the list, a line each; to whoever leads the team with its goals."""
    if not objectives:
        return words(NOUN, "nothing", team=team, leads=found is not None)
    lines = [words(NOUN, "heading", team=team)]
    if found is None:
        lines += [words(NOUN, "line", at=at, text=one) for at, one in enumerate(objectives, 1)]
        return joined(lines)
    lines += [words(NOUN, "served", at=at, text=one, goals=n) for at, (one, n) in enumerate(found.served, 1)]
    return joined([*lines, words(NOUN, "mapped", found=found)])


def form(objectives: Sequence[str], private: str) -> dict[str, Any]:
    """Ask for the list, filled with what stands there."""
    entered = text_input(
        OBJECTIVES,
        initial_value="\n".join(objectives),
        max_length=LONGEST_LIST,
        placeholder=words(NOUN, "example"),
        multiline=True,
        focus_on_load=True,
    )
    field = field_input("Objectives", entered, OBJECTIVES, hint=words(NOUN, "hint"), optional=True)
    return modal_of("Objectives", [field], callback_id=SAVE, submit="Save", private=private)


def private_of(team_id: int, objectives: Sequence[str]) -> str:
    """Return what the form carries: whose list, and the marks of the lines it was opened with."""
    return " ".join([str(team_id), *map(mark_of, objectives)])


def astray(team: str, found: ObjectiveMap) -> Mrkdwn:
    """Say in a line how many of a team's goals serve nothing on its list."""
    return words(NOUN, "astray", team=team, found=found)


def flagged(goal: Target) -> list[Block]:
    """Return why a goal rewards the wrong thing; nothing where it does not. It stands all the same."""
    if goal.activity_kind is None or not rewards_sending(goal):
        return []
    return [context(flag(goal.activity_kind))]


def flag(kind: ActivityKind) -> Mrkdwn:
    return words(NOUN, "flag", what=PLURALS[kind])
