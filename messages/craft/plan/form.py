"""The forms of a plan: a strategy, new or changed, more steps of one, and new days for what is late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from messages.blocks import Block, field_input, modal_of, section
from messages.carried import Carried
from messages.craft.plan.page import NOUN, PlanPage, step_words, strategy
from messages.elements import date_picker, option, radio_buttons, select_menu, text_input, worded_input
from messages.followups.followup_form import sort_form
from messages.formatting import words
from sales.craft.plan import LABELS, MAX_HALF, PlannedStrategy, week_later
from sales.craft.plan_phrase import StrategyWords
from sales.followups.followup import StoredFollowUp
from sales.language.typed_text import MAX_TYPED, shorten

SAVE = "plan.save"  # the callbacks of the forms
STEPPED = "plan.stepped"
RESCHEDULED = "plan.rescheduled"
SORTED = "plan.sorted"
MOTION, CUE, ACTION, STEPS, GOAL = "motion", "cue", "action", "steps", "goal"
DAY = "day"  # and the id of the step behind it
MOST_DAYS = 20  # in one form; what is later comes when it is opened again


@dataclass(frozen=True)
class PlanForm(Carried):
    """What a form of a plan keeps: of which goal, which strategy it changes, and where the page stands."""

    goal_id: int
    strategy_id: int = 0
    place: Sequence[str] = ()


def strategy_form(
    kept: PlanForm, held: StrategyWords, goals: Mapping[int, str], *, is_new: bool
) -> dict[str, Any]:
    """Ask for a strategy; `held` stands in the fields, `goals` are those it can be for."""
    motions = [option(label, motion.value) for motion, label in LABELS.items()]
    chosen = next((one for one in motions if held.motion and one["value"] == held.motion.value), None)
    fields: list[Block] = [
        field_input("Motion", radio_buttons("chosen", motions, chosen), MOTION),
        field_input("If", worded_input(held.cue, MAX_HALF, "a client thanks us"), CUE),
        field_input("Then", worded_input(held.action, MAX_HALF, "ask for one name"), ACTION),
        steps_field("\n".join(held.steps), is_new=is_new),
    ]
    if len(goals) > 1:
        offered = [option(label, str(goal_id)) for goal_id, label in goals.items()]
        first = next((one for one in offered if one["value"] == str(kept.goal_id)), offered[0])
        fields.append(field_input("Goal", select_menu("chosen", offered, initial_option=first), GOAL))
    title = "Add a strategy" if is_new else "Change the strategy"
    return modal_of(title, fields, callback_id=SAVE, submit="Save", private=kept.written())


def steps_field(held: str = "", *, is_new: bool = True, optional: bool = True) -> Block:
    return field_input(
        "Steps, a line each with its day" if is_new else "More steps, a line each with its day",
        text_input(
            "chosen",
            initial_value=held,
            max_length=MAX_TYPED,
            placeholder="list ten clients by Wed\nask two of them by Fri",
            multiline=True,
        ),
        STEPS,
        hint=words(NOUN, "steps_hint"),
        optional=optional,
    )


def steps_form(kept: PlanForm, of: PlannedStrategy) -> dict[str, Any]:
    """Ask for more steps of a strategy."""
    fields = [section(strategy(of)), steps_field(is_new=False, optional=False)]
    return modal_of("Add steps", fields, callback_id=STEPPED, submit="Add", private=kept.written())


def new_days_form(kept: PlanForm, shown: PlanPage) -> dict[str, Any]:
    """Ask for a new day of each late step; a week later stands there."""
    late = {one.id: one for one in shown.plan.late(shown.today)}
    fields: list[Block] = []
    for of in shown.plan.strategies:
        for step in of.steps:
            if step.id in late and len(fields) < MOST_DAYS:
                picker = date_picker("chosen", str(week_later(step, shown.today, shown.goal.ends_on)))
                label = shorten(step_words(step, of.strategy), 150)
                fields.append(field_input(label, picker, f"{DAY}:{step.id}", optional=True))
    fields.append(section(words(NOUN, "new_days_hint")))
    return modal_of("New days", fields, callback_id=RESCHEDULED, submit="Save", private=kept.written())


def sort_steps(
    kept: PlanForm,
    steps: Sequence[StoredFollowUp],
    days: Sequence[date],
    next_week: date,
    today: date,
    zone: str,
) -> dict[str, Any]:
    """Ask which steps are moved or dropped, as of any follow-ups."""
    form = sort_form(steps, days, next_week, today, zone, kept.written())
    return {**form, "callback_id": SORTED}
