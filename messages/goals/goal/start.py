"""What was won before a goal was set: the question, the form, the answer, and an import that knows the same days."""

from datetime import date
from typing import Any

from messages.blocks import Message, actions, field_input, message_of, modal_of, section
from messages.elements import Element, button, text_input
from messages.formatting import Mrkdwn, words
from messages.goals.goal.amounts import amount, near
from messages.undo import ReadAt, undo_button
from sales.goals.goal import target_in
from sales.goals.starting_balance import StartingBalance
from sales.language.dates.period import Period, custom_period
from sales.language.figures import month_day

ENTER = "start.enter"
NOTHING = "start.nothing"
SAVE = "start.save"
USE_RECORD = "start.use_record"
KEEP = "start.keep"
WON = "won"
AMOUNT_LENGTH = 40


def enter_button(goal_id: int | None = None) -> Element:
    """Return the way to the form: of a goal, or of whichever is asked about."""
    carried = "" if goal_id is None else str(goal_id)
    return button("Enter what is won", f"{ENTER}:{carried}" if carried else ENTER, carried)


def nothing_button(goal_id: int) -> Element:
    return button("Nothing yet", f"{NOTHING}:{goal_id}", str(goal_id))


def question(label: str, owner: str | None = None) -> Mrkdwn:
    """Ask what was won in a period before its goal was set; `owner` is whose, unless it is the reader's."""
    return words("goals/goal/start", "question", label=label, owner=owner)


def already(label: str) -> Mrkdwn:
    """Ask somebody the same before they have a goal."""
    return words("goals/goal/start", "already", label=label, owner=None)


def form(period: Period, today: date, what: str, typed: str, private: str) -> dict[str, Any]:
    """Build the form; `typed` is what was said before."""
    label = near(period.label, today)
    entered = text_input(
        WON, initial_value=typed, max_length=AMOUNT_LENGTH, placeholder="21k", focus_on_load=True
    )
    day = month_day(today, today)
    blocks = [
        section(words("goals/goal/start", "form", label=label, what=what)),
        field_input(
            words("goals/goal/start", "field", day=day), entered, WON, hint=words("goals/goal/start", "hint")
        ),
    ]
    return modal_of("Already won", blocks, callback_id=SAVE, submit="Save", private=private)


def said(balance: StartingBalance, period: Period, undo_id: int) -> Message:
    """Say what counts from now on, with the way back."""
    return message_of([section(said_words(balance, period)), actions(undo_button(undo_id))])


def said_words(balance: StartingBalance, period: Period) -> Mrkdwn:
    return words(
        "goals/goal/start",
        "saved" if balance.counts else "waived",
        label=near(period.label, balance.as_of),
        amount=amount_of(balance),
        day=balance.as_of,
    )


def asked(balance: StartingBalance, deals: int, recorded: int, balance_id: int) -> Message:
    """Ask which counts, where deals of the same days were brought in."""
    there = balance.model_copy(update={"amount": recorded})
    shown = {"mine": amount_of(balance), "theirs": amount_of(there)}
    text = words("goals/goal/start", "asked", deals=deals, day=balance.as_of, **shown)
    rest = words("goals/goal/start", "until", **shown)
    carried = str(balance_id)
    ways = actions(
        button(words("goals/goal/start", "use", **shown), USE_RECORD, carried, style="primary"),
        button(words("goals/goal/start", "keep", **shown), KEEP, carried),
    )
    return message_of([section(Mrkdwn(f"{text}\n{rest}")), ways])


def settled(balance: StartingBalance, label: str, undo_id: int) -> Message:
    """Say which of both counts."""
    which = "kept" if balance.counts else "replaced"
    text = words("goals/goal/start", which, amount=amount_of(balance), label=label, day=balance.as_of)
    return message_of([section(text), actions(undo_button(undo_id))])


def covered(balance: StartingBalance) -> str:
    """Say why a win of days before does not move the goal."""
    return words("goals/goal/start", "covered", amount=amount_of(balance), day=balance.as_of)


def line(balance: StartingBalance) -> Mrkdwn:
    """Return what was there before in a line: "$21,000 was there before, as of 14 Sep"."""
    return words("goals/goal/start", "line", amount=amount_of(balance), day=balance.as_of)


def in_words(balance: StartingBalance) -> str:
    """Return a starting balance in a few words, for whoever takes it back."""
    return words("goals/goal/start", "in_words", amount=amount_of(balance), day=balance.as_of)


def stands_again(balance: StartingBalance, at: ReadAt) -> str:
    """Return a starting balance as it stands again after an undo."""
    return in_words(balance)


def why() -> str:
    """Say why somebody is asked which of both counts."""
    return words("goals/goal/start", "why")


def refused(what: str, **values: object) -> Mrkdwn:
    return words("goals/goal/start", what, **values)


def amount_of(balance: StartingBalance) -> str:
    """Return how much it is: "$21,000", "3 deals"."""
    days = custom_period(balance.days.first, balance.days.last)
    unit = target_in(days, balance.metric, max(1, balance.amount), balance.currency)
    return amount(unit, balance.amount)
