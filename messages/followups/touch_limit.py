"""One touch more in words: the question with what was typed and three ways out, its forms, what was answered (54)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
from messages.carried import Carried
from messages.elements import button, date_picker, worded_input
from messages.followups.activity import counted
from messages.formatting import Mrkdwn, words
from sales.followups.activity_entry import ActivityEntry
from sales.followups.followup import FollowUp
from sales.followups.touch_limit import TouchLimit
from sales.language.typed_text import MAX_NAME, MAX_WORDS

PAUSE, OTHER, VALUE, GO_ON = (f"touch_limit.{way}" for way in ("pause", "other", "value", "go_on"))
PAUSED, OTHERED, VALUED = (
    f"touch_limit.{way}" for way in ("paused", "othered", "valued")
)  # the forms' callbacks
ONE_MORE = "One more?"  # the title where a form asks it
UNTIL, WHO, WORTH = "until", "who", "worth"


def question(
    row: TouchLimit,
    row_id: int,
    more: int,
    held: ActivityEntry | FollowUp,
    people: Sequence[str],
    today: date,
    *,
    deciders: Sequence[str] = (),
) -> Message:
    """Ask whether one touch more is wise, before it is kept; what was typed stands below, so that nothing is lost."""
    said: list[Mrkdwn] = [words("followups/touch_limit", "asks", row=row, more=more)]
    if deciders:
        said.append(words("followups/touch_limit", "decides", deciders=list(deciders)))
    if people:
        said.append(words("followups/touch_limit", "known", people=list(people)))
    carried = str(row_id)
    anyway = "Log it anyway" if isinstance(held, ActivityEntry) else "Promise it anyway"
    return message_of(
        [
            section(joined(said)),
            context(held_words(row, held, today)),
            actions(
                button("Pause until…", PAUSE, carried, style="primary"),
                button("Another person…", OTHER, carried),
                button("Something of value…", VALUE, carried),
                button(anyway, GO_ON, carried),
            ),
        ]
    )


def held_words(row: TouchLimit, held: ActivityEntry | FollowUp, today: date) -> Mrkdwn:
    """Say what was typed and waits for the answer."""
    if isinstance(held, FollowUp):
        return words("followups/touch_limit", "held_plan", promise=held, today=today)
    return words(
        "followups/touch_limit",
        "held_log",
        what=counted(held.counts),
        row=row,
        on=held.on,
        outcome=held.outcome,
    )


@dataclass(frozen=True)
class HeldForm(Carried):
    """What a form of an answer keeps: which question, and where that stands."""

    row_id: int
    place: Sequence[str] = ()


def pause_form(row: TouchLimit, until: date, private: str) -> dict[str, Any]:
    """Ask until when a customer is left alone."""
    fields: list[Block] = [
        section(words("followups/touch_limit", "pause_intro", row=row)),
        field_input("Until when?", date_picker("chosen", str(until)), UNTIL),
    ]
    return modal_of("Pause", fields, callback_id=PAUSED, submit="Pause", private=private)


def other_form(person: str, private: str) -> dict[str, Any]:
    """Ask who else is tried; somebody who is known there stands in the field."""
    field = field_input("Who else is there?", worded_input(person, MAX_NAME, "Ola Berg"), WHO)
    return modal_of("Another person", [field], callback_id=OTHERED, submit="Save", private=private)


def value_form(private: str) -> dict[str, Any]:
    """Ask what is in it for the customer."""
    example = "What the new toll costs their depots"
    field = field_input("What is in it for them?", worded_input("", MAX_WORDS, example, long=True), WORTH)
    return modal_of("Something of value", [field], callback_id=VALUED, submit="Save", private=private)


def kept(row: TouchLimit, today: date) -> Mrkdwn:
    """Say what was answered."""
    return words("followups/touch_limit", "kept", row=row, today=today)


def with_note(card: Message, note: Mrkdwn) -> Message:
    """Return a confirmation with what was answered below it."""
    return message_of([*card.blocks, context(note)])


def on_card(row: TouchLimit, today: date) -> Block:
    """Say on the card of a deal what was answered."""
    return context(words("followups/touch_limit", "on_card", row=row, today=today))
