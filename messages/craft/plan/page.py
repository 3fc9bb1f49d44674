"""The page of a plan: where it stands, its strategies with the next steps as boxes, and the ways on (13, 14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    joined,
    line_sections,
    message_of,
    modal_of,
    section,
)
from messages.elements import LABEL_LENGTH, Element, Option, button, checkboxes, option, overflow_menu
from messages.formatting import Mrkdwn, words
from messages.goals.goal.amounts import near, what
from messages.undo import undo_button
from sales.craft.plan import (
    LABELS,
    Plan,
    PlannedStrategy,
    PlanState,
    StoredStrategy,
    is_too_late,
    state_of,
    with_whom,
)
from sales.craft.plan_record import PlansApart
from sales.followups.followup import FollowUpState, StoredFollowUp
from sales.goals.goal import Goal
from sales.language.typed_text import shorten

ADD = "plan.add"
SHOW = "plan.show"
ALL = "plan.all"
MENU = "plan.menu"
TICK = "plan.tick"
SORT = "plan.sort"
NEW_DAYS = "plan.new_days"
EDIT, MORE_STEPS, REMOVE = "edit", "steps", "remove"  # lines of a strategy's menu
NOUN = "craft/plan/plan"
MOST_SHOWN = 5  # steps, and strategies: of a list that is read at a glance


@dataclass(frozen=True)
class PlanPage:
    """A plan as it is shown: of which goal, on which day, and whose; `owner` is None for the reader's own.

    `others` are the names of goals with plans of their own, `record` is what plans came to here.
    """

    goal: Goal
    goal_id: int
    label: str
    plan: Plan
    today: date
    zone: str
    owner: str | None = None
    record: PlansApart | None = None
    others: Sequence[str] = ()

    @property
    def state(self) -> PlanState:
        return state_of(self.plan, self.today)

    @property
    def name(self) -> str:
        """How the goal is called: "Q3 revenue"."""
        return goal_name(self.goal, self.label, self.today)


def goal_name(goal: Goal, label: str, today: date) -> str:
    """Return how a goal is called in a sentence: "Q3 revenue"."""
    return f"{near(label, today)} {what(goal)}"


def page(shown: PlanPage, note: str = "", undo_id: int | None = None) -> Message:
    """Show a plan; `note` says what was just done to it, `undo_id` takes that back."""
    back = undo_button(undo_id) if undo_id is not None else None
    blocks: list[Block] = [section(note, back)] if note else []
    blocks.append(section(heading(shown)))
    steps = shown_steps(shown.plan)
    for one in shown.plan.strategies[:MOST_SHOWN]:
        blocks.append(section(strategy(one), menu(one.strategy) if shown.owner is None else None))
        blocks += steps_of(one, [step for step in one.steps if step.id in steps], shown)
    blocks += small(shown)
    hidden = len(shown.plan.steps) - len(steps)
    if ways := ways_on(shown, hidden + len(shown.plan.strategies[MOST_SHOWN:])):
        blocks.append(actions(*ways))
    return message_of(blocks)


def heading(shown: PlanPage) -> Mrkdwn:
    """Return where a plan stands, in its first line."""
    said = words(
        NOUN,
        "heading",
        goal=shown.name,
        plan=shown.plan,
        state=shown.state.value,
        late=len(shown.plan.late(shown.today)),
        today=shown.today,
        owner=shown.owner,
    )
    if shown.goal.starts_on <= shown.today:
        return said
    return joined([said, words(NOUN, "from_day", goal=shown.name, starts=shown.goal.starts_on)], " ")


def shown_steps(plan: Plan) -> set[int]:
    """Return the ids of the steps that stand on the page: the next ones to do, then those done last."""
    visible = {step.id for one in plan.strategies[:MOST_SHOWN] for step in one.steps}
    open_ones = [one.id for one in plan.open if one.id in visible]
    done = [one.id for one in reversed(plan.steps) if one.state is FollowUpState.DONE and one.id in visible]
    return set([*open_ones, *done][:MOST_SHOWN])


def strategy(one: PlannedStrategy) -> Mrkdwn:
    return words(NOUN, "strategy", one=one, label=LABELS[one.strategy.motion])


def menu(one: StoredStrategy) -> Element:
    """Return what can be done about a strategy, behind three dots."""
    ways = [("Add steps…", MORE_STEPS), ("Change…", EDIT), ("Remove", REMOVE)]
    return overflow_menu(f"{MENU}:{one.id}", [option(label, f"{way}:{one.id}") for label, way in ways])


def read_choice(value: str) -> tuple[str, int]:
    """Return which line of a strategy's menu was chosen, and of which strategy."""
    way, _, strategy_id = value.partition(":")
    return way, int(strategy_id)


def steps_of(of: PlannedStrategy, steps: Sequence[StoredFollowUp], shown: PlanPage) -> list[Block]:
    """Return the steps of a strategy: those to do as boxes for their owner, those done in small."""
    found: list[Block] = []
    to_do = [one for one in steps if one.state is FollowUpState.OPEN]
    if to_do and shown.owner is None:
        boxes = checkboxes(f"{TICK}:{of.strategy.id}", [box(one, of.strategy, shown) for one in to_do])
        found.append(actions(boxes, block_id=f"{TICK}:{shown.goal_id}:{tick_set(to_do)}"))
        steps = [one for one in steps if one not in to_do]
    if steps:
        found.append(context(joined([step_line(one, of.strategy, shown) for one in steps])))
    return found


def tick_set(steps: Sequence[StoredFollowUp]) -> str:
    """Return what tells a set of boxes from another: Slack keeps what was ticked while a block has its id."""
    return ".".join(str(one.id) for one in steps)


def box(step: StoredFollowUp, of: StoredStrategy, shown: PlanPage) -> Option:
    """Return a step as a box to tick, with its day; as it was typed, in plain text."""
    day = words(NOUN, "day", item=step, today=shown.today, zone=shown.zone)
    said = f"{shorten(step_words(step, of), LABEL_LENGTH - len(day) - 3)} · {day}"
    late = is_too_late(step, shown.goal)
    return option(said, str(step.id), words(NOUN, "too_late", ends=shown.goal.ends_on) if late else None)


def step_words(step: StoredFollowUp, of: StoredStrategy) -> str:
    """Return what a step says: whom it is with where that is somebody, and what."""
    return step.what if step.who == with_whom(of.motion) else f"{step.who}: {step.what}"


def step_line(step: StoredFollowUp, of: StoredStrategy, shown: PlanPage) -> Mrkdwn:
    day = words(NOUN, "day", item=step, today=shown.today, zone=shown.zone)
    said = shorten(step_words(step, of), 200)
    return words(NOUN, "step", what=said, day=day, state=step.state.value)


def small(shown: PlanPage) -> list[Block]:
    """Return what stands in small below: one way alone, what plans came to here, other plans."""
    lines = []
    if shown.plan.only_motion is not None:
        label, count = LABELS[shown.plan.only_motion], len(shown.plan.strategies)
        lines.append(words(NOUN, "one_motion", label=label, count=count))
    if shown.record is not None:
        lines.append(record(shown.record, len(shown.plan.counting), shown.owner))
    if shown.others:
        lines.append(words(NOUN, "others", goals=list(shown.others)))
    return [context(line) for line in lines]


def record(found: PlansApart, own: int, owner: str | None) -> Mrkdwn:
    """Say what plans here had whose goal was reached, or that it cannot be told yet."""
    return words(NOUN, "record", found=found, own=own, owner=owner)


def ways_on(shown: PlanPage, hidden: int) -> list[Element]:
    """Return the ways on: to what does not stand there, and for its owner to new days, strategies and what is left."""
    found: list[Element] = []
    goal_id = str(shown.goal_id)
    if hidden:
        found.append(button(words(NOUN, "more", count=hidden), ALL, goal_id))
    if shown.owner is not None:
        return found
    if shown.plan.is_over(shown.today):
        found.append(button("New days…", NEW_DAYS, goal_id, style="primary"))
    found.append(button("Add a strategy…", ADD, goal_id, style=None if shown.plan.stands else "primary"))
    if shown.plan.open:
        found.append(button("Move or drop…", SORT, goal_id))
    return found


def everything(shown: PlanPage) -> dict[str, Any]:
    """Show the whole plan, for whoever asked for what a page had no room for."""
    lines: list[Mrkdwn] = []
    for one in shown.plan.strategies:
        lines.append(strategy(one))
        lines += [step_line(step, one.strategy, shown) for step in one.steps]
    return modal_of("Plan", [section(heading(shown)), *line_sections(lines)], close="Close")


def past(pages: Sequence[PlanPage], owner: str | None) -> Message:
    """Show plans of periods that are over, the latest first; nothing about them can be pressed."""
    if not pages:
        return message_of(words(NOUN, "no_past", owner=owner))
    blocks: list[Block] = []
    for one in pages:
        head = words(NOUN, "past", goal=f"{one.label} {what(one.goal)}", plan=one.plan)
        blocks.append(section(joined([head, *map(strategy, one.plan.strategies[:MOST_SHOWN])])))
    return message_of(blocks)


def beside_goal(shown: PlanPage) -> Block:
    """Say in one line beside a goal where its plan stands, with the way on for its owner."""
    said = words(
        NOUN, "of_goal", goal=shown.name, plan=shown.plan, state=shown.state.value, owner=shown.owner
    )
    goal_id = str(shown.goal_id)
    if shown.state is PlanState.NONE:
        way = button("Write a plan…", ADD, goal_id) if shown.owner is None else None
    elif shown.state is PlanState.OVER and shown.owner is None:
        way = button("New days…", NEW_DAYS, goal_id)
    else:
        way = button("See the plan", SHOW, goal_id)
    return section(said, way)
