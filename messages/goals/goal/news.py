"""What happened to a goal: saved, changed, closed, removed, already there; and its dated history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from messages.blocks import Block, Message, actions, joined, message_of, modal_of, section
from messages.elements import Element, button
from messages.formatting import Mrkdwn, words
from messages.goals import forecast
from messages.goals.goal import start
from messages.goals.goal.amounts import aim, amount, near_label, title
from messages.goals.goal.card import edit_button
from messages.goals.goal.details import counted_from, purpose
from messages.goals.goal.line import stands
from messages.goals.objective import flagged
from messages.undo import undo_button
from sales.goals.goal import Goal, GoalChange, GoalState
from sales.goals.progress import GoalProgress, TargetProgress

REMOVE = "goal.remove"
RETARGET = "goal.retarget"


@dataclass(frozen=True)
class ToldOwner:
    """One line of a goal's history: what it said from a local date on."""

    on: date
    change: GoalChange
    label: str


@dataclass(frozen=True)
class GoalRecord:
    """A goal, what it came to, and its history, the oldest line first. `chance` is what its review said of luck; where
    it `asks_start`, nobody said what was won before it was set."""

    standing: GoalProgress
    told: Sequence[ToldOwner]
    chance: str = ""
    asks_start: bool = False


def saved(
    standing: GoalProgress, owner: str | None = None, begin: str = "", more: Sequence[Block] = ()
) -> Message:
    """Echo a goal as it was understood, with its chance, a way to mend it and a way to take it back.

    `begin` is the target that history suggests, in words; `more` is what else is said of it.
    """
    said = joined([part for part in (saved_words(standing, owner), begin) if part])
    goal_id = standing.goal_id
    ways = [edit_button(goal_id), button("Remove", f"{REMOVE}:{goal_id}", str(goal_id))]
    if standing.asks_start:
        ways[:0] = [start.enter_button(goal_id), start.nothing_button(goal_id)]
    return message_of(
        [section(said), *_purpose(standing.goal), actions(*ways), *flagged(standing.goal), *more]
    )


def begun(
    goal: Goal, label: str, goal_id: int, waived: Mrkdwn, undo_id: int, owner: str | None = None
) -> Message:
    """Echo the same once it is said that nothing was won before; that can be taken back, and the goal as well."""
    said = words("goals/goal/goal", "saved", aim=aim(goal, label), stands=waived, owner=owner)
    remove = button("Remove", f"{REMOVE}:{goal_id}", str(goal_id))
    return message_of(
        [section(said), *_purpose(goal), actions(undo_button(undo_id), edit_button(goal_id), remove)]
    )


def saved_modal(standing: GoalProgress, owner: str | None = None) -> dict[str, Any]:
    """Show in the form's place that the goal was saved."""
    return _done("Goal saved", saved_words(standing, owner), standing.goal)


def saved_words(standing: GoalProgress, owner: str | None) -> Mrkdwn:
    said = aim(standing.goal, standing.label)
    if standing.asks_start:
        how = start.question(near_label(standing), owner)
    else:
        how = joined([stands(standing), *counted_from(standing)])
    return words("goals/goal/goal", "saved", aim=said, stands=how, owner=owner)


def changed(
    standing: GoalProgress, before: str, owner: str | None = None, was: tuple[int, str] | None = None
) -> Message:
    """Say what a goal says now; `before` is what it said until then, empty if its target and days stayed.

    With what its target and the reason for that `was`, the ways back to it and to the form stand below.
    """
    said = section(changed_words(standing, before, owner))
    if was is None:
        return message_of([said])
    goal_id = standing.goal_id
    back = retarget_button("Change back to", goal_id, standing.goal, *was)
    return message_of([said, actions(back, edit_button(goal_id))])


def retarget_button(verb: str, goal_id: int, goal: Goal, target: int, reason: str) -> Element:
    """Return the button that gives a goal a target, with the reason that goes with it."""
    value = ":".join(filter(None, [str(goal_id), str(target), reason]))
    return button(f"{verb} {amount(goal, target)}", f"{RETARGET}:{goal_id}", value)


def changed_modal(standing: GoalProgress, before: str, owner: str | None = None) -> dict[str, Any]:
    """Show in the form's place that the goal was changed."""
    return _done("Goal changed", changed_words(standing, before, owner), standing.goal)


def changed_words(standing: GoalProgress, before: str, owner: str | None) -> Mrkdwn:
    said = {"aim": aim(standing.goal, standing.label), "stands": stands(standing), "before": before}
    return words("goals/goal/goal", "changed", owner=owner, **said)


def unchanged_modal(goal: Goal, label: str) -> dict[str, Any]:
    """Show that a form said nothing new."""
    return _done("Nothing to change", words("goals/goal/goal", "unchanged", aim=aim(goal, label)), goal)


def unchanged(goal: Goal, label: str) -> Message:
    """Say that a goal says this already."""
    return message_of(words("goals/goal/goal", "unchanged", aim=aim(goal, label)))


def closed(goal: Goal, label: str, owner: str | None = None) -> Message:
    """Say that a goal is closed."""
    return message_of(words("goals/goal/goal", "closed", aim=aim(goal, label), owner=owner))


def removed(goal: Goal, label: str) -> Message:
    """Say that a goal was taken back."""
    return message_of(words("goals/goal/goal", "removed", aim=aim(goal, label)))


def already_closed(goal: Goal, label: str) -> Message:
    """Say that there is nothing left to do to a goal."""
    return message_of(words("goals/goal/goal", "already_closed", aim=aim(goal, label)))


def duplicate(
    goal_id: int,
    goal: Goal,
    label: str,
    typed: TargetProgress | None,
    owner: str | None = None,
    reason: str = "",
) -> Message:
    """Say that this goal is there already and offer to change it to the target `typed`, with its chance; the `reason`
    that was given for that goes with it."""
    wanted, figure = (title(typed.goal), forecast.reach(typed)) if typed is not None else ("", "")
    said = words(
        "goals/goal/goal", "duplicate", aim=aim(goal, label), wanted=wanted, figure=figure, owner=owner
    )
    buttons = [edit_button(goal_id)]
    if typed is not None:
        buttons.insert(0, retarget_button("Change to", goal_id, goal, typed.goal.target, reason))
    return message_of([section(said), actions(*buttons)])


def duplicate_note(goal: Goal, label: str, owner: str | None) -> Mrkdwn:
    """Return what heads the form that changes a goal when somebody meant to set it anew."""
    return words("goals/goal/goal", "duplicate_form", aim=aim(goal, label), owner=owner)


def history(records: Sequence[GoalRecord], owner: str | None = None) -> Message:
    """Show somebody's goals, the latest period first, and what each said since when."""
    if not records:
        return message_of(words("goals/goal/goal", "nothing", owner=owner))
    blocks: list[Block] = [section(words("goals/goal/goal", "history_heading", owner=owner))]
    for record in records:
        blocks += [section(_record(record)), *_purpose(record.standing.goal)]
    return message_of(blocks)


def told(goal: Goal, changes: Sequence[ToldOwner]) -> Message:
    """Tell a rep what somebody else did to their goal; the last of `changes` is what is told."""
    last = changes[-1]
    before = changes[-2] if len(changes) > 1 else None
    what = "set" if before is None else "closed" if last.change.state is GoalState.CLOSED else "changed"
    said = words(
        "goals/goal/goal",
        "told",
        by=last.change.changed_by,
        what=what,
        aim=aim(goal, last.label, last.change.target),
        before=aim_before(goal, before, last) if before else "",
        because=last.change.reason if before else "",
    )
    return message_of([section(said), *_purpose(goal)])


def aim_before(goal: Goal, before: ToldOwner, after: ToldOwner) -> str:
    """Return what a goal said before a change, where its target or days moved; else nothing."""
    moved = [(one.change.target, one.change.starts_on, one.change.ends_on) for one in (before, after)]
    return "" if moved[0] == moved[1] else aim(goal, before.label, before.change.target)


def _record(record: GoalRecord) -> Mrkdwn:
    standing, goal = record.standing, record.standing.goal
    state = (
        "closed"
        if goal.state is GoalState.CLOSED
        else ""
        if record.asks_start
        else standing.status.word.value
    )
    heading = words(
        "goals/goal/goal",
        "record",
        aim=aim(goal, standing.label),
        state=state,
        done=amount(goal, standing.attained),
        share=standing.pace.attainment,
        asks_start=record.asks_start,
    )
    lines = [
        words(
            "goals/goal/goal",
            "record_line",
            on=line.on,
            by=line.change.changed_by,
            did=_did(goal, before, line),
            aim=aim(goal, line.label, line.change.target),
            because=line.change.reason if before else "",
        )
        for before, line in pairwise([None, *record.told])
        if line is not None
    ]
    return joined([heading, *([record.chance] if record.chance else []), *lines])


def _did(goal: Goal, before: ToldOwner | None, line: ToldOwner) -> str:
    """Return which sort of change a line of a goal's history is."""
    if before is None:
        return "set"
    if line.change.state is GoalState.CLOSED:
        return "closed"
    return "moved" if aim_before(goal, before, line) else "meant"


def _purpose(goal: Goal) -> list[Block]:
    return [purpose(goal)] if goal.objective or goal.reason else []


def _done(heading: str, said: Mrkdwn, goal: Goal) -> dict[str, Any]:
    return modal_of(heading, [section(said), *_purpose(goal), *flagged(goal)], close="Close")
