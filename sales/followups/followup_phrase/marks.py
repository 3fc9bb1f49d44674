"""Marks: a sentence in which one stands for the name and one for the day, so that what is left over can be seen."""

import re
from collections.abc import Callable, Collection
from typing import NamedTuple

from sales.language.dates.spoken.reading import PastDate, SeveralDays, When
from sales.language.names.mention import Named, guessed_name, sure_name
from sales.language.typed_text import tidy

NAME, DATE = "\x01", "\x02"  # `clean` leaves neither in a text, so they can hold places in it

_COLON = re.compile(r":(?=\s)")

Dated = Callable[[str], When | None]


class MarkedLine(NamedTuple):
    """The sentence with the name and the day replaced by their marks; `past` says that the day is over.

    `choices` are the days of which any could be meant, `when` the first of them.
    """

    text: str
    named: Named | None
    when: When | None
    past: PastDate | None
    choices: tuple[When, ...] = ()


def mark_name(body: str, known: Collection[str]) -> tuple[str, Named | None]:
    """Put the mark in the place of a name that is sure."""
    named = sure_name(body, known)
    return (f"{body[: named.start]}{NAME}{body[named.end :]}" if named else body), named


def mark_day(body: str, named: Named | None, dated: Dated) -> MarkedLine:
    """Put the mark in the place of the day; a day right after the name, or before a colon, is the one meant."""
    sealed = before_colon(body, dated)
    if sealed is not None:
        return MarkedLine(without(body, sealed[0]), named, *sealed)
    if named:
        lead = body.index(NAME) + 1
    else:
        guess = guessed_name(body)
        lead = guess.end if guess and guess.start == 0 else 0
    try:
        when, past = outcome(body, 0, dated)
    except SeveralDays as several:
        first, *_ = several.alternatives
        first = first._replace(words=body[slice(*first.spans[0])].strip())
        return MarkedLine(without(body, first), named, first, None, several.alternatives)
    if lead and when and when.spans[0][0] >= lead and not is_right_after(when, body, lead):
        beside, beside_past = outcome(body, lead, dated)
        if beside and is_right_after(beside, body, lead):
            when, past = beside, beside_past
    return MarkedLine(without(body, when), named, when, past)


def is_right_after(when: When, body: str, lead: int) -> bool:
    """Say whether nothing but a separator stands between the name, which ends at `lead`, and the day."""
    return not body[lead : when.spans[0][0]].strip(" ,:–—-")


def before_colon(body: str, dated: Dated) -> tuple[When, PastDate | None] | None:
    """The day right before the first colon, behind which the task begins, whatever its words are; None without one."""
    colon = _COLON.search(body)
    if colon is None:
        return None
    head = body[: colon.start()]
    try:
        when, past = outcome(head, 0, dated)
    except SeveralDays:
        return None
    return (when, past) if when is not None and not head[when.spans[-1][1] :].strip() else None


def outcome(text: str, start: int, dated: Dated) -> tuple[When | None, PastDate | None]:
    """The day named from `start` on; for one that is over, the day suggested and the refusal."""
    past = None
    try:
        when = dated(text[start:])
    except PastDate as over:
        when, past = over.suggestion, over
    if when is None:
        return None, past
    return when._replace(spans=tuple((first + start, last + start) for first, last in when.spans)), past


def without(text: str, when: When | None) -> str:
    """The text with the date mark in place of the day's words, and a time set apart from it gone."""
    if when is None:
        return text
    first, *others = when.spans
    for start, end in reversed(others):
        text = f"{text[:start]} {text[end:]}"
    return f"{text[: first[0]]} {DATE} {text[first[1] :]}"


def day_at_end(line: MarkedLine, worth: str, dated: Dated) -> tuple[MarkedLine, str]:
    """Look for the day behind the reason: "… because they renew, friday 3pm"; one inside it belongs to it."""
    comma = max(worth.rfind(mark) for mark in ",;–—")
    behind = worth[comma + 1 :]
    when, past = outcome(behind, 0, dated) if comma >= 0 else (None, None)
    if when is None or when.cut_from(behind):
        return line, worth
    return line._replace(when=when, past=past), tidy(worth[:comma])
