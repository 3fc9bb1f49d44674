"""The form that logs: what it says, and what has to be said in it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.context import Context
from handlers.followups.followup.entry import promised_day
from messages.followups import activity as views
from sales.followups.activity import MAX_COUNT, ActivityKind
from sales.followups.activity_entry import ActivityEntry
from sales.followups.activity_words import PLURALS
from sales.followups.followup import FollowUp
from sales.followups.next_step import CONVERSATIONS
from sales.language.typed_text import MAX_NAME, MAX_WORDS, clean
from sales.refusal import Refusal


def filled_in(context: Context) -> ActivityEntry:
    """Return what the form says.

    Raises:
        Refusal: naming the field at fault.
    """
    chosen = context.request.values
    on = date.fromisoformat(chosen[views.ON]) if chosen.get(views.ON) else context.today
    if on > context.today:
        raise Refusal("That day is still to come; a log is for what was done.", field=views.ON)
    counts = {kind: count for kind in ActivityKind if (count := read_count(chosen, kind))}
    if not counts:
        first = views.count_field(ActivityKind.CALL)
        raise Refusal("Fill in at least one number.", field=first)
    entry = ActivityEntry(
        counts,
        on,
        clean(chosen.get(views.ACCOUNT) or "", MAX_NAME, views.ACCOUNT) or None,
        clean(chosen.get(views.OUTCOME) or "", MAX_WORDS, views.OUTCOME),
        no_next_step=bool(chosen.get(views.NO_STEP)),
    )
    step = filled_in_step(context, entry)
    talked = bool(entry.account) and not CONVERSATIONS.isdisjoint(counts)
    if talked and step is None and not entry.no_next_step:
        raise Refusal("Say what comes next, or tick “No next step” below.", field=views.STEP)
    return ActivityEntry(entry.counts, on, entry.account, entry.outcome, step, entry.no_next_step)


def read_count(chosen: Mapping[str, Any], kind: ActivityKind) -> int:
    """Return the number a form holds for a kind, 0 where it is empty.

    Raises:
        Refusal: naming the field, for anything but a whole number from 0 to MAX_COUNT.
    """
    typed = str(chosen.get(views.count_field(kind)) or "0").strip()
    if not typed.isdecimal() or int(typed[:9]) > MAX_COUNT or len(typed) > 9:
        raise Refusal(
            f"A whole number of {PLURALS[kind]}, {MAX_COUNT} at most.", field=views.count_field(kind)
        )
    return int(typed)


def filled_in_step(context: Context, entry: ActivityEntry) -> FollowUp | None:
    """Return the next step the form says; None where it says none.

    Raises:
        Refusal: naming the field, for half a next step, one in the past, or one beside "No next step".
    """
    what = clean(context.request.values.get(views.STEP) or "", MAX_WORDS, views.STEP)
    by = context.request.values.get(views.STEP_ON)
    if not what and not by:
        return None
    if entry.no_next_step:
        raise Refusal("There is a next step above. Clear it, or untick this.", field=views.NO_STEP)
    for missing, name, mend in (
        (what, views.STEP, "Say what the next step is."),
        (by, views.STEP_ON, "Choose a day for the next step."),
        (entry.account, views.ACCOUNT, "Say with whom the next step is."),
    ):
        if not missing:
            raise Refusal(mend, field=name)
    day = promised_day(by, context.today, views.STEP_ON)
    assert day is not None
    return FollowUp(owner_id=context.member.user_id, who=str(entry.account), what=what, due_on=day)
