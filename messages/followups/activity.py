"""Activities in Slack: what was logged, the question for the next step, the form, and the one-tap buttons."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    divider,
    field_input,
    joined,
    message_of,
    modal_of,
    section,
)
from messages.elements import Element, button, checkboxes, date_picker, number_input, option, worded_input
from messages.followups.belonging import ChosenDeal, belongs
from messages.followups.followup import take_back_button
from messages.formatting import Mrkdwn, words
from messages.undo import undo_button
from sales.followups.activity import MAX_COUNT, ActivityKind
from sales.followups.activity_words import NOUNS, PLURALS, say_count
from sales.language.figures import listed
from sales.language.typed_text import shorten

LOG = "activity.log"
FORM = "activity.form"
NEXT_STEP = "activity.next_step"
NO_NEXT_STEP = "activity.no_next_step"
USUAL = (ActivityKind.CALL, ActivityKind.EMAIL, ActivityKind.MEETING, ActivityKind.DEMO)
SAVE = "activity.save"  # the form's callback

ON, ACCOUNT, OUTCOME = "on", "account", "outcome"
STEP, STEP_ON, NO_STEP = "step", "step_on", "no_step"

ONE_TAP = (ActivityKind.CALL, ActivityKind.EMAIL, ActivityKind.MEETING, ActivityKind.DEMO)


def count_field(kind: ActivityKind) -> str:
    """Return the block id of a kind's number in the form."""
    return f"count_{kind.value}"


def one_tap(surface: str = "") -> Block:
    """Return buttons that log one activity each with a tap, and one for everything else.

    `surface` is the message they stand on, which is then shown again with the new counts.
    """
    taps = [button(f"+1 {NOUNS[kind]}", f"{LOG}:{kind.value}", surface) for kind in ONE_TAP]
    return actions(*taps, button("More…", FORM))


def home_button() -> Element:
    return button("Log", FORM)


def evening_blocks(counts: Mapping[ActivityKind, int], place: str, undo_id: int | None) -> list[Block]:
    """Say what was logged today, above the buttons that log one more; `undo_id` takes the last of it back."""
    said = words("followups/activity", "so_far", logged=counted(counts) if counts else "")
    undo = take_back_button(undo_id, place) if undo_id is not None else None
    return [divider(), section(said, undo), one_tap(place)]


def counted(counts: Mapping[ActivityKind, int]) -> str:
    """Return counts in one line: "5 calls and 2 meetings"."""
    return listed([say_count(kind, count) for kind, count in counts.items()])


def logged_summary(counts: Mapping[ActivityKind, int], account: str | None) -> str:
    """Return an entry in a few words, as undo names it: "5 calls with Acme"."""
    return f"{counted(counts)} with {account}" if account else counted(counts)


def logged(
    counts: Mapping[ActivityKind, int],
    totals: Mapping[ActivityKind, int],
    on: date,
    today: date,
    *,
    undo_id: int,
    account: str | None = None,
    outcome: str = "",
    moved: Sequence[str] = (),
    slips: Sequence[ActivityKind] = (),
    step: Mrkdwn | str = "",
    no_next_step: bool = False,
    asks: Sequence[int] = (),
    deal: ChosenDeal | None = None,
    which: Sequence[Block] = (),
) -> Message:
    """Say what was logged, what that makes for the day, and which goals it moved.

    `asks` are the conversations (activity ids) that still want a next step, which is then asked for;
    `slips` the kinds whose total for the day looks like a slip of the finger. It is for `deal`; where several
    fit, `which` asks.
    """
    told = words("followups/activity", "logged", what=counted(counts), account=account, on=on, today=today)
    rest = words(
        "followups/activity",
        "rest",
        totals=counted(totals),
        on=on,
        today=today,
        outcome=outcome,
        step=step,
        no_next_step=no_next_step,
        account=account,
        slips=[say_count(kind, totals[kind]) for kind in slips],
    )
    whose = [belongs(deal)] if deal is not None else []
    blocks: list[Block] = [section(joined([told, *whose, rest]))]
    if moved:
        blocks.append(context(joined(moved)))
    blocks += which
    blocks += next_step_asked(asks, account or "", undo_id) or [actions(undo_button(undo_id))]
    return message_of(blocks)


def next_step_asked(asks: Sequence[int], account: str, undo_id: int) -> list[Block]:
    """Ask for the next step of conversations, with the way back from the entry; nothing where none wants one."""
    if not asks:
        return []
    carried = ",".join(str(one) for one in asks)
    return [
        section(words("followups/activity", "ask_next_step", account=account)),
        actions(
            button("Add next step", NEXT_STEP, carried, style="primary"),
            button("No next step", NO_NEXT_STEP, f"{undo_id}@{carried}"),
            undo_button(undo_id),
        ),
    ]


def read_asked(value: str) -> tuple[int | None, list[int]]:
    """Return the undoable action, if it was carried, and the activities a next-step button is about."""
    undo_id, _, ids = value.rpartition("@")
    return (int(undo_id) if undo_id else None), [int(one) for one in ids.split(",")]


def no_next_step(counts: Mapping[ActivityKind, int], account: str, undo_id: int | None) -> Message:
    """Say that a conversation was noted as leading nowhere for now."""
    told = words("followups/activity", "no_next_step", what=counted(counts), account=account)
    buttons = [actions(undo_button(undo_id))] if undo_id is not None else []
    return message_of([section(told), *buttons])


def counted_once() -> Message:
    """Say that a double click was one tap."""
    return message_of(words("followups/activity", "counted_once"))


def form(today: date, told: str = "") -> dict[str, Any]:
    """Build the form that logs any number of each kind, with whom, and what comes next; rare kinds come last.

    What was `told` in a line that could not be read stands where it is told how it went, to be put right.
    """
    none = option("No next step", "none")
    rest: list[Block] = [
        field_input("On which day?", date_picker("chosen", str(today)), ON),
        field_input("With whom?", worded_input("", 200, "Acme"), ACCOUNT, optional=True),
        field_input(
            "How did it go?",
            worded_input(shorten(told, 500), 500, "They want a pilot"),
            OUTCOME,
            optional=True,
        ),
        field_input(
            "What is the next step?",
            worded_input("", 500, "Demo for the depot team"),
            STEP,
            hint="A conversation leaves a next step, or you say below that there is none.",
            optional=True,
        ),
        field_input("By when?", date_picker("chosen"), STEP_ON, optional=True),
        field_input("If there is none", checkboxes("chosen", [none]), NO_STEP, optional=True),
    ]
    usual, rare = (
        [count_input(kind) for kind in ActivityKind if (kind in USUAL) is is_usual]
        for is_usual in (True, False)
    )
    return modal_of("Log activities", [*usual, *rest, *rare], callback_id=SAVE, submit="Log")


def count_input(kind: ActivityKind) -> Block:
    number = number_input("chosen", min_value=0, max_value=MAX_COUNT)
    return field_input(PLURALS[kind].capitalize(), number, count_field(kind), optional=True)
