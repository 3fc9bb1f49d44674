"""The week's check-in: each step of a plan that is late or due this week, to be ticked, moved or dropped (13)."""

from collections.abc import Sequence
from datetime import date

from messages.blocks import Block, Message, actions, message_of, section
from messages.craft.plan.page import NOUN, SHOW
from messages.elements import Element, button
from messages.followups.followup import LastAction
from messages.followups.tick_list import just_done, ticks
from messages.formatting import Mrkdwn, words
from sales.followups.followup import StoredFollowUp
from sales.language.figures import WEEKDAYS

PLACE = "plan:"  # and the day, in the values of buttons
SORT_WEEK = "plan.sort_week"
CHECK_IN = "craft/plan/check_in"
BOXES = 5


def check_in(
    steps: Sequence[StoredFollowUp],
    last_day: date,
    today: date,
    zone: str,
    place: str,
    done: LastAction | None,
) -> Message:
    """Build the message; the same again after each answer, with what was `done` last and its way back."""
    return message_of([*blocks(steps, last_day, today, zone, place, done), *just_done(done, place)])


def blocks(
    steps: Sequence[StoredFollowUp],
    last_day: date,
    today: date,
    zone: str,
    place: str,
    done: LastAction | None,
) -> list[Block]:
    late = sum(one.due_on < today for one in steps)
    if not steps:
        return [section(words(CHECK_IN, "nothing_left"))]
    said = words(CHECK_IN, "opening", late=late, due=len(steps) - late, last=last_day)
    stamp = done.undo_id if done is not None else 0
    return [
        section(said),
        *ticks(steps[:BOXES], place, today, zone, last=stamp),
        actions(*ways(len(steps) - BOXES, place)),
    ]


def ways(hidden: int, place: str) -> list[Element]:
    """Return the form that moves or drops several, and the way to the plan."""
    label = words(NOUN, "more", count=hidden) if hidden > 0 else "See the plan"
    return [button("Move or drop…", SORT_WEEK, place), button(label, SHOW)]


def in_note(
    above: int,
    steps: Sequence[StoredFollowUp],
    last_day: date,
    today: date,
    zone: str,
    place: str,
    stamp: int,
) -> list[Block]:
    """Say in the morning note what this week asks for, `above` of it standing there already; the rest as boxes."""
    said = words(CHECK_IN, "above", late=above, due=len(steps), last=last_day)
    boxes = ticks(steps[:BOXES], place, today, zone, first=0, last=stamp)
    label = words(NOUN, "more", count=len(steps) - BOXES) if len(steps) > BOXES else "See the plan"
    return [section(said, button(label, SHOW)), *boxes]


def why(day: date) -> Mrkdwn:
    """Say why the check-in comes."""
    return words(CHECK_IN, "why", day=WEEKDAYS[day.weekday()])
