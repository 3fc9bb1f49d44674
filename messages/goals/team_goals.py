"""Goals for all reps of a team: the form with its split, the parts to change by hand, and what was saved."""

from collections.abc import Mapping, Sequence
from typing import Any

from messages.blocks import Block, actions, context, field_input, modal_of, section
from messages.elements import Element, button, option, select_menu, text_input
from messages.formatting import Mrkdwn, words
from messages.goals.goal.amounts import aim, amount, typed_target
from messages.goals.goal.form import METRIC_LABELS, REASON_LENGTH, TARGET_LENGTH
from messages.undo import undo_button
from sales.goals.goal import Target
from sales.goals.split import Split
from sales.language.dates.period import Period
from sales.language.figures import long_day

OPEN = "team_goals.open"
SPLIT_FORM = "team_goals.split"
PARTS_FORM = "team_goals.parts"
METRIC, TARGET, HOW, LIST, PERIOD, REASON = "metric", "target", "how", "list", "period", "reason"
PART = "part:"  # and whose, the id of their field
MOST_PARTS = 40  # fields of one form; a larger team's parts are pasted
MOST_TOLD = 10
LONGEST_LIST = 3_000  # characters, Slack's own limit of a field
LONGEST_NAME = 80
TITLE = "Goals for the team"


def home_button(team_id: int, name: str = "") -> Element:
    """Return the way to the form, with the team's name where somebody has several."""
    label = words("goals/team_goals", "way", name=name)
    return button(label, f"{OPEN}:{team_id}" if name else OPEN, str(team_id))


def split_form(
    team: str, reps: int, periods: Sequence[Period], suggested: Period, private: str
) -> dict[str, Any]:
    """Build the form: a target and how to split it, or a list of everybody's."""
    metrics = [option(label, value) for value, label in METRIC_LABELS]
    ways = [option(words("goals/team_goals", one.value), one.value) for one in Split]
    spans = [
        option(words("goals/team_goals", "period", p=one, until=long_day(one.end)), period_value(one))
        for one in periods
    ]
    chosen = next(one for one in spans if one["value"] == period_value(suggested))
    target = text_input(
        f"team_goals.{TARGET}", max_length=TARGET_LENGTH, placeholder="400k", focus_on_load=True
    )
    pasted = text_input(
        f"team_goals.{LIST}",
        max_length=LONGEST_LIST,
        placeholder=words("goals/team_goals", "list_example"),
        multiline=True,
    )
    why = text_input(f"team_goals.{REASON}", max_length=REASON_LENGTH)
    blocks: list[Block] = [
        context(words("goals/team_goals", "who", team=team, reps=reps)),
        field_input(
            "Team target", target, TARGET, hint=words("goals/team_goals", "target_hint"), optional=True
        ),
        field_input("How to split it", chosen_of(HOW, ways, ways[0]), HOW),
        field_input(
            "Or paste a list", pasted, LIST, hint=words("goals/team_goals", "list_hint"), optional=True
        ),
        field_input("What to measure", chosen_of(METRIC, metrics, metrics[0]), METRIC),
        field_input("By when", chosen_of(PERIOD, spans, chosen), PERIOD),
        field_input(
            "Why these targets?", why, REASON, hint=words("goals/team_goals", "why_hint"), optional=True
        ),
    ]
    return modal_of(TITLE, blocks, callback_id=SPLIT_FORM, submit="Next", private=private)


def parts_form(
    target: Target,
    label: str,
    how: Split,
    reps: Sequence[tuple[str, str]],
    parts: Mapping[str, int],
    private: str,
) -> dict[str, Any]:
    """Build the form with a field for each rep, filled with their part; `reps` are ids and names in order."""
    blocks: list[Block] = [section(words("goals/team_goals", "parts", aim=aim(target, label), how=how.value))]
    for user_id, name in reps:
        part = parts.get(user_id)
        typed = typed_target(target.model_copy(update={"target": part})) if part else ""
        entered = text_input(f"team_goals.{PART}{user_id}", initial_value=typed, max_length=TARGET_LENGTH)
        blocks.append(field_input(name[:LONGEST_NAME], entered, f"{PART}{user_id}", optional=True))
    return modal_of(TITLE, blocks, callback_id=PARTS_FORM, submit="Save", private=private)


def saved(
    target: Target, label: str, goals: Sequence[tuple[str, int, int | None]], undo_id: int
) -> dict[str, Any]:
    """Show in the form's place who has which goal now; each with what it was before, None where there was none."""
    told = [
        (name, amount(target, value), "" if before is None else amount(target, before))
        for name, value, before in goals[:MOST_TOLD]
    ]
    said = words(
        "goals/team_goals",
        "saved",
        aim=aim(target, label),
        count=len(goals),
        told=told,
        more=len(goals) - len(told),
    )
    ways = actions(undo_button(undo_id))
    return modal_of(
        "Goals saved", [section(said), ways, context(words("goals/team_goals", "told"))], close="Close"
    )


def sum_trouble(target: Target, parts: int) -> Mrkdwn:
    """Return how parts miss the target they should add up to."""
    return words(
        "goals/team_goals",
        "sum_trouble",
        parts=amount(target, parts),
        gap=amount(target, abs(target.target - parts)),
        short=parts < target.target,
        target=amount(target, target.target),
    )


def refused(what: str, **values: object) -> Mrkdwn:
    """Return why a split cannot be made."""
    return words("goals/team_goals", what, **values)


def period_value(period: Period) -> str:
    """Return how an option says a period: by its two days."""
    return f"{period.start.isoformat()}:{period.end.isoformat()}"


def chosen_of(field: str, options: Sequence[Any], initial: Any) -> Element:
    return select_menu(f"team_goals.{field}", options=options, initial_option=initial)
