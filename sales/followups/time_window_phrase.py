"""The reading of the times a customer names: "Tue 9–10", "mornings, not Fridays", "after 14:00" (mechanism 57).

Sure, or ask: words that no time can be read from, and times that contradict one another, are asked about.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import time
from enum import Enum

from sales.followups.time_window import DAYS, EVERY_DAY, WEEKDAYS_ONLY, TimeWindow
from sales.language.figures import clock, listed
from sales.language.typed_text import shorten
from sales.refusal import Refusal

MOST = 6  # windows; who names more has no preference
EXAMPLE = "Tue 9:00-10:00"
DAY_BEGINS, DAY_ENDS = time(8), time(18)  # a customer's day at work, where only one end of it is named
PARTS = {
    "morning": (time(8), time(12)),
    "lunch": (time(12), time(13)),
    "afternoon": (time(13), time(18)),
    "late afternoon": (time(16), time(17, 30)),
    "evening": (time(17), time(19)),
}
NOT_IN = {"morning": (time(12), DAY_ENDS), "afternoon": (DAY_BEGINS, time(12))}  # what is left of a day
AFTERNOON_UNTIL = 6  # "2-3" without a half of the day is 14:00 to 15:00: working life


class TimeLink(Enum):
    """How a time hangs on what stands before it."""

    NONE = "none"
    COMMA = "comma"
    OR = "or"
    ONLY = "only"


_LINKS = {"or": TimeLink.OR, "comma": TimeLink.COMMA, "only": TimeLink.ONLY}
_STRENGTH = [TimeLink.NONE, TimeLink.COMMA, TimeLink.OR, TimeLink.ONLY]
_KINDS = (
    "gap", "range", "after", "before", "at", "days", "weekday", "all", "part", "only", "not", "or", "comma", "filler",
)  # fmt: skip

_CLOCK = r"(?:[01]?\d|2[0-4])(?:[:.h][0-5]\d)?\s?(?:[ap]\.?m\.?(?!\w)|h(?!\w))?|noon|midday"
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?|s)?"
_TOKENS = re.compile(
    rf"""
    (?P<gap>\s+)
    |(?P<range>(?:between\s+(?P<low>{_CLOCK})\s?(?:-|and)\s?(?P<high>{_CLOCK})
        |(?:from\s+)?(?P<low_to>{_CLOCK})\s?(?:-|to|till?|until)\s?(?P<high_to>{_CLOCK}))(?!\w))
    |(?P<after>(?:after|from|since|past)\s+(?P<after_at>{_CLOCK})(?:\s(?:on|onwards?))?(?!\w))
    |(?P<before>(?:before|until|till?|by)\s+(?P<before_at>{_CLOCK})(?!\w))
    |(?P<at>(?:(?:at|around|about)\s+)?(?P<at_at>{_CLOCK})(?:\s?o['’]?clock)?(?!\w))
    |(?P<days>(?P<day>{_DAY})\s?(?:-|to|through)\s?(?P<last>{_DAY})(?!\w))
    |(?P<weekday>{_DAY}(?!\w))
    |(?P<all>(?:(?:on\s)?(?:weekdays|working\sdays)|any\s?day|every\s?day|daily)(?!\w))
    |(?P<part>(?:late\s)?afternoons?|mornings?|lunch(?:\s?times?)?|evenings?)(?!\w)
    |(?P<only>only(?!\w))
    |(?P<not>(?:not|never|no|except)(?!\w))
    |(?P<or>(?:or|and|&|;|/|also|plus)(?!\w))
    |(?P<comma>,)
    |(?P<filler>(?:best|better|usually|please|is|are|the|in|on|at|times?|prefers?|likes?|his|her|their|local
        |calls?|works?|mostly|always|early)(?!\w)|[.!])
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class _Clause:
    """One time that was named: the days and hours it is on, and how it hangs on the one before."""

    words: str = ""
    days: int = 0
    inherited: bool = False
    first: time | None = None
    until: time | None = None
    link: TimeLink = TimeLink.NONE
    open_ended: bool = False
    is_none: bool = False  # "not Fridays": its days are none of theirs

    @property
    def window(self) -> TimeWindow:
        return TimeWindow(self.days or EVERY_DAY, self.first or DAY_BEGINS, self.until or DAY_ENDS)

    def within(self, first: time, until: time, words: str, *, open_ended: bool = False) -> "_Clause":
        """Return it with another time beside: both hold.

        Raises:
            Refusal: where they cannot.
        """
        if self.first is None or self.until is None:
            return replace(
                self, first=first, until=until, words=f"{self.words} {words}".strip(), open_ended=open_ended
            )
        low, high = max(self.first, first), min(self.until, until)
        if low >= high:
            raise contradicting(self.words, words)
        return replace(self, first=low, until=high, words=f"{self.words} {words}".strip(), open_ended=False)


def read_windows(text: str) -> tuple[TimeWindow, ...]:
    """Return the times that words name on somebody's own clock: "Tue 9–10", "mornings", "after 14:00, not Fridays".

    Raises:
        Refusal: for words that are no time, for an end before its beginning, and for times that contradict each other.
    """
    said = " ".join(re.sub(r"\s*[–—−]\s*", "-", text).split())
    clauses = _clauses(said)
    never = sum({1 << day for one in clauses if one.is_none for day in range(7) if one.days >> day & 1})
    named = [one for one in clauses if not one.is_none] or ([_Clause(words=said)] if never else [])
    if not named:
        raise unreadable(text)
    windows = [
        one._replace(days=(WEEKDAYS_ONLY if one.days == EVERY_DAY else one.days) & ~never) if never else one
        for one in _restricted(named)
    ]
    if not all(one.days for one in windows):
        raise Refusal(f"“{shorten(said)}” leaves no day. Which day suits them?", example=EXAMPLE)
    if len(windows) > MOST:
        raise Refusal(f"That is more than {MOST} times. The two or three that suit them best are enough.")
    return tuple(dict.fromkeys(windows))


def _clauses(said: str) -> list[_Clause]:
    """Return the times that words name one after the other.

    Raises:
        Refusal: at the first word that belongs to none.
    """
    reading, at = _WindowReading(said), 0
    while at < len(said):
        token = _TOKENS.match(said, at)
        if token is None:
            raise unreadable(said)
        at = token.end()
        reading.take(next(name for name in _KINDS if token[name] is not None), token)
    return reading.finished()


class _WindowReading:
    """What was read of a line so far: the times that are complete, and the one that is being named."""

    def __init__(self, said: str) -> None:
        self.said = said
        self.done: list[_Clause] = []
        self.now = _Clause()
        self.link = TimeLink.NONE
        self.is_not = False

    def take(self, kind: str, token: re.Match[str]) -> None:
        if kind in _LINKS:
            self.link = max(self.link, _LINKS[kind], key=_STRENGTH.index)
        elif kind == "not":
            self.is_not = True
        elif kind in ("days", "weekday", "all"):
            self.day(_days_in(token), token[kind].strip())
        elif kind not in ("gap", "filler"):
            self.hours(kind, token)

    def day(self, days: int, words: str) -> None:
        if self.is_not:
            self.done.append(_Clause(words=words, days=days, is_none=True))
            self.is_not, self.link = False, TimeLink.NONE
            return
        now = self.now
        if now.first is not None and (self.link is not TimeLink.NONE or (now.days and not now.inherited)):
            self.begin(0)
        held = 0 if self.now.inherited else self.now.days
        self.now = replace(
            self.now, days=held | days, inherited=False, words=f"{self.now.words} {words}".strip()
        )
        self.link = TimeLink.NONE

    def hours(self, kind: str, token: re.Match[str]) -> None:
        first, until = _hours_in(kind, token, is_not=self.is_not)
        if self.now.first is not None and self.link is not TimeLink.NONE:
            self.begin(self.now.days)
        self.now = self.now.within(first, until, token[kind].strip(), open_ended=kind in ("after", "before"))
        self.is_not, self.link = False, TimeLink.NONE

    def begin(self, days: int) -> None:
        """Begin another time; it is on the days of the one before until some of its own are named."""
        self.done.append(self.now)
        self.now = _Clause(days=days, inherited=True, link=self.link)

    def finished(self) -> list[_Clause]:
        if self.is_not:
            raise unreadable(self.said)
        return [*self.done, self.now] if self.now.words else self.done


def _restricted(clauses: Sequence[_Clause]) -> Iterable[TimeWindow]:
    """Return the times of all clauses; "only", and half a time behind a comma, hold for those before too.

    Raises:
        Refusal: where one of those leaves nothing of the others.
    """
    found: list[tuple[_Clause, TimeWindow]] = []
    for one in clauses:
        window = one.window
        narrows = one.link is TimeLink.ONLY or (one.link is TimeLink.COMMA and one.open_ended)
        if not narrows or not found:
            found.append((one, window))
            continue
        kept = [(before, both) for before, each in found if (both := _both(each, window)) is not None]
        if not kept:
            raise contradicting(listed([before.words for before, _ in found]), one.words)
        found = kept
    return [window for _, window in found]


def _both(one: TimeWindow, other: TimeWindow) -> TimeWindow | None:
    days, first, until = one.days & other.days, max(one.first, other.first), min(one.until, other.until)
    return TimeWindow(days, first, until) if days and first < until else None


def _days_in(token: re.Match[str]) -> int:
    if token["all"]:
        return WEEKDAYS_ONLY if "w" in token["all"].casefold() else EVERY_DAY
    if token["weekday"]:
        return 1 << _day(token["weekday"])
    low, high = _day(token["day"]), _day(token["last"])
    span = range(low, high + 1) if low <= high else (*range(low, 7), *range(high + 1))
    return sum(1 << one for one in span)


def _day(word: str) -> int:
    return DAYS.index(word[:3].casefold())


def _hours_in(kind: str, token: re.Match[str], *, is_not: bool) -> tuple[time, time]:
    """Return the hours a token names; "not before" is after, and "not in the morning" is later."""
    if is_not and kind in ("after", "before"):
        kind = "before" if kind == "after" else "after"
        at = _clock(token["after_at"] or token["before_at"])
        return (at, _end(at)) if kind == "after" else (_begin(at), at)
    if kind == "part":
        name = re.sub(r"(?:\s?time)?s?$", "", token["part"].casefold())
        if not is_not:
            return PARTS[name]
        if name in NOT_IN:
            return NOT_IN[name]
        raise unreadable(token.string)
    if is_not:
        raise unreadable(token.string)
    if kind == "range":
        return _span(token["low"] or token["low_to"], token["high"] or token["high_to"])
    if kind == "after":
        at = _clock(token["after_at"])
        return at, _end(at)
    if kind == "before":
        at = _clock(token["before_at"])
        return _begin(at), at
    at = _clock(token["at_at"])
    return at, _an_hour_on(at)


def _span(low: str, high: str) -> tuple[time, time]:
    """Return the hours of "9-10", "2–3pm", "11-1", "16-17:30".

    Raises:
        Refusal: where the end is not after the beginning.
    """
    half = re.search(r"[ap](?=\.?m)", high, re.IGNORECASE)
    until = _clock(high)
    first = _clock(low)
    if half is not None and not re.search(r"[ap]\.?m", low, re.IGNORECASE) and _number(low) <= 12:
        same = _clock(f"{low.strip()}{half.group()}m")
        first = same if same < until else first
    if first >= until:
        turned = f" Is it {clock(until)}–{clock(first)}?" if first > until else ""
        raise Refusal(
            f"“{low.strip()}–{high.strip()}” ends before it begins.{turned}",
            example=f"{clock(min(first, until))}-{clock(max(first, until))}" if turned else EXAMPLE,
        )
    return first, until


def _clock(typed: str) -> time:
    """Return a time of day; hours up to six without a half of the day are in the afternoon."""
    said = typed.casefold().strip()
    if said in ("noon", "midday"):
        return time(12)
    digits = re.match(r"(\d+)(?:[:.h](\d\d))?", said)
    assert digits is not None
    hour, minute = int(digits[1]), int(digits[2] or 0)
    half = re.search(r"([ap])\.?m", said)
    if half is not None and hour <= 12:
        hour = hour % 12 + (12 if half[1] == "p" else 0)
    elif 1 <= hour <= AFTERNOON_UNTIL and not digits[1].startswith("0") and half is None:
        hour += 12
    return time(23, 59) if hour >= 24 else time(hour, minute)


def _number(typed: str) -> int:
    digits = re.match(r"\d+", typed.strip())
    return int(digits.group()) if digits else 12


def _end(at: time) -> time:
    return DAY_ENDS if at < DAY_ENDS else _an_hour_on(at)


def _begin(at: time) -> time:
    return DAY_BEGINS if at > DAY_BEGINS else time(max(0, at.hour - 1), at.minute)


def _an_hour_on(at: time) -> time:
    return time(at.hour + 1, at.minute) if at.hour < 23 else time(23, 59)


def unreadable(said: str) -> Refusal:
    """Return the refusal of words that are no time of a week."""
    return Refusal(
        f"I cannot read “{shorten(said)}” as times. Write days and hours on their clock, "
        "like “Tue 9:00–10:00” or “mornings, not Fridays”.",
        example=EXAMPLE,
        of_value=True,
    )


def contradicting(one: str, other: str) -> Refusal:
    """Return the question which of two times is meant that cannot both be."""
    return Refusal(
        f"“{shorten(one, 40)}” and “{shorten(other, 40)}” contradict each other. Which of them do they mean? "
        f"If either suits them, put “or” between.",
        example=EXAMPLE,
        of_value=True,
    )
