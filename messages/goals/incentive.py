"""Incentives in words: what a goal brings its rep so far and when it is reached. Shown to them alone."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    field_input,
    message_of,
    modal_of,
    plain_context,
    section,
)
from messages.elements import button, text_input
from messages.formatting import Mrkdwn, words
from messages.goals.goal.amounts import aim
from messages.goals.goal.line import titled
from messages.undo import undo_button
from sales.goals.goal import Metric
from sales.goals.incentive import LONGEST_NOTE, LONGEST_RULE, Incentive, earned, said
from sales.goals.progress import GoalProgress

OPEN = "incentive.open"
SAVE = "incentive.save"  # the form's callback
NOTE, COMMISSION = "note", "commission"
NOUN = "goals/incentive"
NOTE_SHOWN = 300  # characters beside goals; the form has the rest


class GoalIncentive(NamedTuple):
    """A goal and what it brings; None while nothing is written down."""

    standing: GoalProgress
    incentive: Incentive | None


def page(found: Sequence[GoalIncentive], undo_id: int | None = None) -> Message:
    """Show what each of one's goals brings, with the way to write it down."""
    blocks: list[Block] = []
    for one in found:
        goal_id = one.standing.goal_id
        label = "Add…" if one.incentive is None else "Edit…"
        blocks.append(section(line(one), button(label, f"{OPEN}:{goal_id}", str(goal_id))))
        blocks += noted(one.incentive)
    if undo_id is not None:
        blocks.append(actions(undo_button(undo_id)))
    return message_of([*blocks, context(words(NOUN, "alone"))])


def beside(one: GoalIncentive) -> list[Block]:
    """Return what a goal brings, for below the goal."""
    return [section(line(one)), *noted(one.incentive)]


def line(one: GoalIncentive) -> Mrkdwn:
    """Return a goal and its estimate in a line."""
    goal, commission = titled(one.standing), one.incentive.commission if one.incentive else None
    if one.incentive is None:
        return words(NOUN, "nothing", goal=goal)
    if commission is None:
        return words(NOUN, "noted", goal=goal)
    target, done, currency = (
        one.standing.goal.target,
        one.standing.attained,
        one.standing.goal.currency,
    )
    return words(
        NOUN,
        "estimate",
        goal=goal,
        so_far=earned(commission, done),
        at_goal=earned(commission, target) if done < target else 0,
        over=commission.over,
        missing=max(0, commission.over - done),
        beyond=commission.over >= target,
        rule=said(commission, currency),
        currency=currency,
    )


def noted(incentive: Incentive | None) -> list[Block]:
    """Return the note as it was typed."""
    return [plain_context(incentive.note[:NOTE_SHOWN])] if incentive is not None and incentive.note else []


def which(found: Sequence[GoalProgress], typed: str) -> Message:
    """Ask to which goal a commission belongs."""
    ways = [
        button(aim(one.goal, one.label), f"{OPEN}:{one.goal_id}", f"{one.goal_id}:{typed}") for one in found
    ]
    return message_of([section(words(NOUN, "which")), actions(*ways)])


def form(standing: GoalProgress, incentive: Incentive | None, typed: str = "") -> dict[str, Any]:
    """Ask for a note and, of a goal for revenue, a commission; filled with what was said, or `typed` just now."""
    note = text_input(
        NOTE,
        initial_value=incentive.note if incentive else "",
        max_length=LONGEST_NOTE,
        placeholder=words(NOUN, "note_example"),
        multiline=True,
    )
    blocks: list[Block] = [
        section(words(NOUN, "form", goal=titled(standing))),
        field_input("Note", note, NOTE, hint=words(NOUN, "note_hint"), optional=True),
    ]
    if standing.goal.metric is Metric.REVENUE:
        there = incentive.commission if incentive is not None else None
        rule = typed or (said(there, standing.goal.currency) if there is not None else "")
        entered = text_input(
            COMMISSION, initial_value=rule, max_length=LONGEST_RULE, placeholder=words(NOUN, "rule_example")
        )
        hint = words(NOUN, "rule_hint")
        blocks.append(field_input("Commission", entered, COMMISSION, hint=hint, optional=True))
    blocks.append(context(words(NOUN, "alone")))
    return modal_of("Incentive", blocks, callback_id=SAVE, submit="Save", private=str(standing.goal_id))


def removed(undo_id: int) -> Message:
    return message_of([section(words(NOUN, "removed")), actions(undo_button(undo_id))])


def summary(standing: GoalProgress) -> str:
    """Return what an undo says of it; nothing of what it brings."""
    return f"the incentive of {aim(standing.goal, standing.label)}"


def refused(which: str) -> str:
    return str(words(NOUN, which))
