"""The forms of a follow-up: a new one, one that changes, one that is dropped, and several that are moved or dropped."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from messages.blocks import Block, context, field_input, joined, modal_of, section
from messages.elements import checkboxes, date_picker, option, radio_buttons, time_picker, worded_input
from messages.followups.followup import line
from messages.followups.tick_list import MOST, box, is_cut
from messages.formatting import words
from sales.followups.followup import FollowUp, Owes, StoredFollowUp
from sales.language.dates.instants import place
from sales.language.figures import clock

SAVE = "followup.save"  # the form's callback
CHANGED = "followup.changed"  # the same form's, for one that exists
DROPPED = "followup.dropped"  # the drop form's
SORTED = "followup.sorted"  # that of the form for several

WHO, WHAT, DAY, AT, OWES, WORTH, REASON = "who", "what", "day", "at", "owes", "worth", "reason"
HOW_FAR = "how_far"  # whether one that repeats is dropped this time, or for good
THIS_TIME, FOR_GOOD = "this time", "for good"
WHICH, WHAT_NOW, ANOTHER_DAY = "which", "what_now", "another_day"
DROP_THEM, OTHER, CHANGE_ONE, AN_HOUR = "drop", "other", "change", "hour"
MOST_SORTED = 100  # in one form, ten boxes a block; more is looked through in the list
WHOLE = 20  # of them may be longer than their box, and are written out below it


def form(
    *,
    zone: str,
    today: date,
    item: FollowUp | None = None,
    who: str = "",
    what: str = "",
    due_at: datetime | None = None,
    owes: Owes = Owes.ME,
    worth: str = "",
    private: str = "",
) -> dict[str, Any]:
    """Build the form for a new commitment with what is known of it, or for changing one."""
    due_at = item.due_at if item else due_at
    at = due_at.astimezone(place(zone)) if due_at else None
    owes = item.owes if item else owes
    sides = [option("I owe them", Owes.ME), option("They owe me", Owes.THEM)]
    return modal_of(
        "Change follow-up" if item else "New follow-up",
        [
            field_input(
                "Who is it with?", worded_input(item.who if item else who, 200, "Acme, or Dana at Acme"), WHO
            ),
            field_input(
                "What will happen?",
                worded_input(item.what if item else what, 500, "Send the ROI sheet", long=True),
                WHAT,
            ),
            field_input("By when?", date_picker("chosen", str(item.due_on if item else today)), DAY),
            field_input(
                "At what time?",
                time_picker("chosen", clock(at.time()) if at else None),
                AT,
                hint=f"Optional. With a time, I remind you then. Your time zone is {zone}.",
                optional=True,
            ),
            field_input(
                "Who owes it?",
                radio_buttons("chosen", sides, initial_option=sides[0 if owes is Owes.ME else 1]),
                OWES,
            ),
            field_input(
                "Why is it worth their time?",
                worded_input(
                    item.worth if item else worth, 500, "They asked what it saves per depot", long=True
                ),
                WORTH,
                hint="A reason that is theirs, not ours.",
                optional=True,
            ),
        ],
        callback_id=CHANGED if item else SAVE,
        submit="Save",
        private=private,
    )


def drop_form(item: StoredFollowUp, today: date, zone: str, private: str) -> dict[str, Any]:
    """Ask why a commitment is given up; the reason is kept with it. One that repeats may come again the next time."""
    ends = [option("Only this time", THIS_TIME), option("For good", FOR_GOOD)]
    how_far = field_input("For how long?", radio_buttons("chosen", ends, initial_option=ends[0]), HOW_FAR)
    return modal_of(
        "Drop follow-up",
        [
            section(line(item, today, zone)),
            *([how_far] if item.repeats else []),
            field_input(
                "Why is it no longer needed?",
                worded_input("", 500, "They chose another supplier", long=True),
                REASON,
            ),
        ],
        callback_id=DROPPED,
        submit="Drop it",
        close="Keep it",
        private=private,
    )


def sort_form(
    items: Sequence[StoredFollowUp],
    days: Sequence[date],
    next_week: date,
    today: date,
    zone: str,
    private: str,
    *,
    drops: bool = False,
) -> dict[str, Any]:
    """Ask which of some promises are moved, to which day and time, or dropped, and why; one alone may be changed.

    One of the days is that on which the next week begins; it is for what is not for this week.
    One that `drops` has all of them ticked and asks why alone: those that are kept are taken out.
    """
    choices = [
        option(
            words("followups/followup_form", "sort_to", day=day, today=today, next_week=next_week), str(day)
        )
        for day in sorted({*days, next_week})
    ]
    choices += [
        option("Bring up again in an hour", AN_HOUR),
        option("Move to another day, chosen below", OTHER),
        option("Drop, for the reason below", DROP_THEM),
        option("Change what one says…", CHANGE_ONE),
    ]
    why = field_input(
        "Why are they no longer needed?",
        worded_input("", 500, "They chose another supplier", long=True),
        REASON,
        optional=not drops,
    )
    what = field_input("What happens to them?", radio_buttons("chosen", choices, choices[0]), WHAT_NOW)
    when = [
        field_input("Another day", date_picker("chosen"), ANOTHER_DAY, optional=True),
        field_input("At what time?", time_picker("chosen"), AT, optional=True),
    ]
    return modal_of(
        "Drop them" if drops else "Move or drop",
        [
            *which_of(items, today, zone, ticked=drops),
            *([why] if drops else [what, *when, why]),
        ],
        callback_id=SORTED,
        submit="Drop" if drops else "Save",
        private=private,
    )


def which_of(items: Sequence[StoredFollowUp], today: date, zone: str, *, ticked: bool) -> list[Block]:
    """Ask which promises are meant, ten boxes a field; what is longer than its box is written out below them."""
    found: list[Block] = []
    whole = 0
    for start in range(0, len(items[:MOST_SORTED]), MOST):
        some = items[start : min(start + MOST, MOST_SORTED)]
        offered = [box(item, today, zone) for item in some]
        label = words(
            "followups/followup_form", "sort_which", start=start, end=start + len(offered), count=len(items)
        )
        boxes = checkboxes("chosen", offered, offered if ticked else None)
        found.append(field_input(label, boxes, f"{WHICH}:{start}", optional=len(items) > MOST))
        longer = [item for item, one in zip(some, offered, strict=True) if is_cut(one)][: WHOLE - whole]
        whole += len(longer)
        if longer:
            found.append(
                context(joined([words("followups/followup_form", "whole", item=item) for item in longer]))
            )
    return found
