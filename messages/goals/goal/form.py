"""The forms: setting a goal with the five SMART questions (mechanism 1), and changing one."""

from collections.abc import Sequence
from typing import Any

from messages.blocks import Block, context, field_input, joined, modal_of, section
from messages.elements import (
    Element,
    Option,
    checkboxes,
    date_picker,
    option,
    select_menu,
    text_input,
    user_select,
)
from messages.formatting import Mrkdwn, words
from messages.goals.goal.amounts import aim, typed_target
from sales.followups.activity_words import PLURALS
from sales.goals.goal import Goal, Metric
from sales.language.dates.period import Period, PeriodKind
from sales.language.figures import long_day
from sales.language.names.match import fold

SET = "goal.set"
TARGET_LENGTH, REASON_LENGTH = 40, 500  # characters
CHANGE = "goal.change"

OWNER, METRIC, TARGET, PERIOD = "owner", "metric", "target", "period"
FIRST, LAST, OBJECTIVE, REASON, BECAUSE = "starts_on", "ends_on", "objective", "reason", "because"
RAMP = "ramp"
SERVES = "serves"  # the objective, where it is picked from a list
LISTED, OWN, NO_OBJECTIVE = (
    "is:",
    "own",
    "none",
)  # what an option of that says: one of the list, what stood there

TELLING = tuple(f"goal.{field}" for field in (OWNER, METRIC, TARGET, PERIOD))  # inputs that tell at once

SERVES_WHICH = "Which objective does it serve?"

CUSTOM = PeriodKind.CUSTOM.value
METRIC_LABELS: tuple[tuple[str, str], ...] = (
    (Metric.REVENUE.value, "Revenue"),
    (Metric.DEALS_WON.value, "Deals won"),
    (Metric.OPPORTUNITIES_CREATED.value, "Opportunities created"),
    *(
        (f"{Metric.ACTIVITIES.value}:{kind.value}", f"{some.capitalize()} (activities)")
        for kind, some in PLURALS.items()
    ),
)


def set_form(
    periods: Sequence[Period],
    suggested: Period,
    evidence: Sequence[str] = (),
    owner: str | None = None,
    typed: str = "",
    ramp: str = "",
    wanted: Goal | None = None,
    period: Period | None = None,
    objectives: Sequence[str] = (),
) -> dict[str, Any]:
    """Build the form that sets a goal. With `owner` the form asks whose goal it is, starting from them.

    Where its owner is new, `ramp` says how the target would grow, and the form offers that.

    What was `typed` and could not be read stands in the target, or in the reason if it is long, to be put right; what
    reads as a goal is `wanted` over a `period` and stands in the fields. Of `objectives` one is picked; without any
    it is typed.

    `evidence` stands above the target: what history suggests (mechanism 3), and P(hit) of what was typed. The
    form tells of a target, a metric or a period as soon as it is there, so that it can be built again with both;
    what people typed stays.
    """
    metrics = [option(label, value) for value, label in METRIC_LABELS]
    chosen, dates = period_value(suggested), None
    if wanted is not None and period is not None:
        is_custom = period.kind is PeriodKind.CUSTOM
        chosen, dates = CUSTOM if is_custom else period_value(period), period if is_custom else None
        periods = list(periods) if is_custom or period in periods else [period, *periods]
        typed = typed_target(wanted)
    measured = next(one for one in metrics if wanted is None or one["value"] == measure_value(wanted))
    blocks: list[Block] = []
    if owner:
        blocks.append(
            field_input("Whose goal", user_select(f"goal.{OWNER}", initial_user=owner), OWNER, tells=True)
        )
    blocks += [
        field_input("What to measure", _select(METRIC, metrics, measured), METRIC, tells=True),
        _target_input(typed if len(typed) <= TARGET_LENGTH else ""),
        *_evidence(evidence),
        *_ramp_input(ramp),
        *_period_inputs(periods, chosen, dates),
        *_purpose_inputs("", typed[:REASON_LENGTH] if len(typed) > TARGET_LENGTH else "", objectives),
    ]
    return modal_of("Set a goal", blocks, callback_id=SET, submit="Save")


def change_form(
    goal: Goal,
    label: str,
    periods: Sequence[Period],
    private: str,
    note: Mrkdwn | None = None,
    wanted: Goal | None = None,
    evidence: Sequence[str] = (),
    objectives: Sequence[str] = (),
) -> dict[str, Any]:
    """Build the form that changes a goal, filled with what it says; with `wanted`, what was just typed.

    `private` is the goal's id, `note` what heads the form instead of the goal itself, `evidence` and `objectives`
    as for `set_form`.
    """
    own = Period(goal.period_kind, goal.starts_on, goal.ends_on, label)
    is_custom = goal.period_kind is PeriodKind.CUSTOM
    offered = list(periods) if is_custom or own in periods else [own, *periods]
    typed = wanted or goal
    purpose = (typed.objective or goal.objective, typed.reason or goal.reason)
    because = text_input(f"goal.{BECAUSE}", max_length=200, placeholder="Two deals moved to next quarter")
    blocks: list[Block] = [
        section(note if note is not None else joined([aim(goal, label)])),
        _target_input(typed_target(typed)),
        *_evidence(evidence),
        *_period_inputs(offered, CUSTOM if is_custom else period_value(own), own if is_custom else None),
        *_purpose_inputs(*purpose, objectives),
        field_input(
            "What made you change it?",
            because,
            BECAUSE,
            hint="Kept in the history beside today's date.",
            optional=True,
        ),
    ]
    return modal_of("Change the goal", blocks, callback_id=CHANGE, submit="Save", private=private)


def measure_value(goal: Goal) -> str:
    """Return how an option says what a goal measures."""
    kind = goal.activity_kind
    return goal.metric.value if kind is None else f"{goal.metric.value}:{kind.value}"


def period_value(period: Period) -> str:
    """Return how an option says a named period: its kind and first day."""
    return f"{period.kind.value}:{period.start.isoformat()}"


def _evidence(said: Sequence[str]) -> list[Block]:
    return [context(*said)] if said else []


def _ramp_input(said: str) -> list[Block]:
    if not said:
        return []
    grow = option(words("goals/goal/goal", "ramp_up"), RAMP)
    group = checkboxes(f"goal.{RAMP}", [grow])
    return [field_input(words("goals/goal/goal", "new_here"), group, RAMP, hint=said, optional=True)]


def _target_input(typed: str) -> Block:
    entered = text_input(
        f"goal.{TARGET}",
        initial_value=typed,
        max_length=TARGET_LENGTH,
        placeholder="120k",
        focus_on_load=True,
    )
    return field_input("Target", entered, TARGET, hint=words("goals/goal/goal", "target_hint"), tells=True)


def _period_inputs(periods: Sequence[Period], chosen: str, dates: Period | None) -> list[Block]:
    options = [
        option(f"{period.label}, until {long_day(period.end)}", period_value(period)) for period in periods
    ] + [option("Other dates", CUSTOM)]
    initial = next(option for option in options if option["value"] == chosen)
    first = date_picker(f"goal.{FIRST}", initial_date=dates.start.isoformat() if dates else None)
    last = date_picker(f"goal.{LAST}", initial_date=dates.end.isoformat() if dates else None)
    return [
        field_input("By when", _select(PERIOD, options, initial), PERIOD, tells=True),
        field_input("First day", first, FIRST, hint="Only for other dates.", optional=True),
        field_input("Last day", last, LAST, hint="Only for other dates.", optional=True),
    ]


def _purpose_inputs(objective: str, reason: str, objectives: Sequence[str]) -> list[Block]:
    why = text_input(f"goal.{REASON}", initial_value=reason, max_length=REASON_LENGTH, multiline=True)
    return [
        _listed_objective(objective, objectives) if objectives else _typed_objective(objective),
        field_input(
            "Why this target?", why, REASON, hint="What makes it a stretch you can reach.", optional=True
        ),
    ]


def _typed_objective(objective: str) -> Block:
    serves = text_input(
        f"goal.{OBJECTIVE}",
        initial_value=objective,
        max_length=200,
        placeholder="Grow in healthcare",
    )
    hint = "What the company or team wants this period, in its own words."
    return field_input(SERVES_WHICH, serves, OBJECTIVE, hint=hint, optional=True)


def _listed_objective(objective: str, objectives: Sequence[str]) -> Block:
    """Return the menu of what the company wants; what a goal says that is not on the list can stay."""
    offered = [option(one, f"{LISTED}{one}") for one in objectives]
    mine = next((one for one in objectives if fold(one) == fold(objective)), None)
    chosen = None if mine is None else offered[objectives.index(mine)]
    if objective and chosen is None:
        chosen = option(objective, OWN)
        offered.append(chosen)
    offered.append(option("None of these", NO_OBJECTIVE))
    menu = select_menu(
        f"goal.{SERVES}", options=offered, initial_option=chosen, placeholder="Choose an objective"
    )
    return field_input(
        SERVES_WHICH, menu, SERVES, hint="What the company wants: `/team objectives`.", optional=True
    )


def _select(field: str, options: list[Option], initial: Option) -> Element:
    return select_menu(f"goal.{field}", options=options, initial_option=initial, placeholder="Choose one")
