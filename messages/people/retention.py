"""Retention: how long what is kept, as a list, and as the form in which an admin decides it."""

from collections.abc import Mapping, Sequence
from typing import Any

from messages.blocks import Message, message_of, modal_of, section
from messages.formatting import words
from messages.people.settings import number_field
from sales.people.retention import LONGEST, Retention

SAVE = "retention.save"  # the form's callback


def listing(rules: Sequence[Retention], days: Mapping[str, int]) -> Message:
    """Say how long what is kept, to somebody who does not decide it."""
    return message_of(words("people/retention", "listing", kept=pairs(rules, days)))


def form(rules: Sequence[Retention], days: Mapping[str, int]) -> dict[str, Any]:
    """Ask an admin how long what is kept. Block ids are the keys of the rules."""
    fields = [
        number_field(f"{one.what} are kept, days", one.key, days[one.key], (one.least, LONGEST), hint(one))
        for one in rules
    ]
    intro = section(words("people/retention", "intro"))
    return modal_of("How long things are kept", [intro, *fields], callback_id=SAVE, submit="Save")


def saved(rules: Sequence[Retention], days: Mapping[str, int]) -> Message:
    """Say what was decided."""
    return message_of(words("people/retention", "saved", kept=pairs(rules, days)))


def hint(rule: Retention) -> str:
    return words("people/retention", "hint", rule=rule)


def pairs(rules: Sequence[Retention], days: Mapping[str, int]) -> list[tuple[Retention, int]]:
    return [(one, days[one.key]) for one in rules]
