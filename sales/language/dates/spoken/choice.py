"""The one day of those a sentence names, or the question which of them is meant."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sales.language.dates.spoken.beside import Times, is_owned
from sales.language.dates.spoken.circumstances import Asked, DateForm
from sales.language.dates.spoken.clock import SpokenTime
from sales.language.dates.spoken.settle import said
from sales.language.dates.spoken.when import PastDate, SeveralDays, Span, When
from sales.language.figures import listed
from sales.refusal import MOST_READINGS, Refusal

WEEK = timedelta(days=7)
ASIDE = 2  # the rank of what is a day only where no other is: "the Tuesday meeting", "by eod"

_JOINED = re.compile(r"[\s,()/&|-]*(?:(?<!\w)(?:or|and|to|maybe|then)(?!\w)\s*)*[\s,()]*")
_ADJACENT = re.compile(r"[\s,()–-]*")

Outcome = When | Refusal


class FoundDay(NamedTuple):
    """A place that names a day, how sure that is (0 is surest), and what it can come to.

    `why` says in what the words are at odds where they can come to two days. `at` gives what they come to at another
    time; None where no exact time belongs to the day.
    """

    rank: int
    start: int
    outcomes: tuple[Outcome, ...]
    why: str = ""
    at: Callable[[SpokenTime], tuple[Outcome, ...]] | None = None


def chosen(
    found: Sequence[FoundDay],
    times: Times,
    plain: str,
    typed: Callable[[When], When],
    text: str,
    asked: Asked,
) -> When | None:
    """Return the day meant as it was `typed`, or None if none was found.

    Raises:
        SeveralDays: if several are as likely.
        Refusal: if every one of them is refused.
    """
    good = [each for each in found if any(isinstance(outcome, When) for outcome in each.outcomes)]
    if not good:
        worst = min(found, key=lambda each: (each.rank, each.start), default=None)
        if worst is None:
            return None
        raise _refused(worst.outcomes, typed)
    best = min(good, key=lambda each: (each.rank, each.start))
    likely = [each for each in good if each.rank < ASIDE] or [best]
    likely.sort(key=lambda each: (each is not best, each.start))
    whens = _merged(_in_order([when for each in likely for when in _days(each.outcomes)], asked), plain)
    taken = [span for each in found for when in _days(each.outcomes) for span in when.spans]
    rivals = _unclaimed(times, taken, plain)
    whens += [
        when._replace(spans=tuple(sorted((*when.spans, (clock.start, clock.end)))))
        for each in likely
        if each.at is not None
        for clock in rivals
        for when in _days(each.at(clock))
    ]
    different = _different(whens, plain)
    why = next((each.why for each in likely if each.why), "")
    if len(different) == 1 and not why:
        return typed(different[0])
    raise _question(different[:MOST_READINGS], whens, why, plain, typed, text, asked)


def _in_order(whens: list[When], asked: Asked) -> list[When]:
    """Put today's weekday, and those behind it, after a later day that is said before: "fri 3 or mon 4" on a Monday."""
    kept = []
    for when in whens:
        earlier = [one for one in whens if one.spans[0] < when.spans[0]]
        is_back = when.form is DateForm.WEEKDAY and any(one.day > when.day for one in earlier)
        if is_back and any(
            one.form is DateForm.WEEKDAY and one.day == asked.today for one in (*earlier, when)
        ):
            at = when.at and (when.at.astimezone(asked.now.tzinfo) + WEEK).astimezone(when.at.tzinfo)
            when = when._replace(day=when.day + WEEK, at=at)
        kept.append(when)
    return kept


def _different(whens: Sequence[When], plain: str) -> list[When]:
    """The days in the order of the sentence; "3pm ET / 12pm PT" is one, with the places of both."""
    found: dict[tuple[date, datetime | None], When] = {}
    for when in whens:
        same = found.get((when.day, when.at))
        found[when.day, when.at] = (
            same._replace(spans=_joined({*same.spans, *when.spans}, plain)) if same else when
        )
    return sorted(found.values(), key=lambda when: when.spans[0][0])


def _days(outcomes: Sequence[Outcome]) -> list[When]:
    return [outcome for outcome in outcomes if isinstance(outcome, When)]


def _refused(outcomes: Sequence[Outcome], typed: Callable[[When], When]) -> Refusal:
    refusal = next(outcome for outcome in outcomes if isinstance(outcome, Refusal))
    if isinstance(refusal, PastDate):
        refusal.suggestion = typed(refusal.suggestion)
    return refusal


def _merged(whens: list[When], plain: str) -> list[When]:
    """The different days, the surest first: one said twice ("tomorrow, Tuesday 3pm") is one."""
    kept: list[When] = []
    for when in whens:
        for place, other in enumerate(kept):
            both = _as_one(other, when, plain)
            if both is not None:
                kept[place] = both
                break
        else:
            kept.append(when)
    return kept


def _as_one(one: When, other: When, plain: str) -> When | None:
    """The day that both are, with the places of both where they stand side by side; None if they are two."""
    beside = _side_by_side(one, other, plain)
    if one.day != other.day:
        weekday, dated = (one, other) if one.form is DateForm.WEEKDAY else (other, one)
        same = weekday.form is DateForm.WEEKDAY and dated.form is not DateForm.WEEKDAY
        if not (beside and same and weekday.day.weekday() == dated.day.weekday()):
            return None
        at = weekday.at and weekday.at - (weekday.day - dated.day)
        one, other = dated, weekday._replace(day=dated.day, at=at)
    if one.at is not None and other.at is not None and one.at != other.at:
        return None
    if not beside:
        return one if one.at or not other.at else other
    spans = _joined({*one.spans, *other.spans}, plain)
    words = " ".join(plain[start:end].strip() for start, end in spans)
    return one._replace(at=one.at or other.at, spans=spans, words=words)


def _side_by_side(one: When, other: When, plain: str) -> bool:
    first, second = sorted((one.spans, other.spans))
    gap = plain[first[-1][1] : second[0][0]]
    return first[-1][1] <= second[0][0] and _ADJACENT.fullmatch(gap) is not None


def _unclaimed(times: Times, taken: Sequence[Span], plain: str) -> list[SpokenTime]:
    """The exact times that belong to no day and are nobody's."""
    return [
        clock
        for clock in times.exact
        if not clock.loose
        and not any(start < clock.end and clock.start < end for start, end in taken)
        and not is_owned(plain, clock.start)
    ]


def _question(
    different: Sequence[When],
    whens: Sequence[When],
    why: str,
    plain: str,
    typed: Callable[[When], When],
    text: str,
    asked: Asked,
) -> SeveralDays:
    """Ask which of the days is meant; each stands for all the places, in words that name it alone."""
    places = _joined({span for when in whens for span in when.spans}, plain)
    said_back = [said(when, asked) for when in different]
    alternatives = [
        typed(when._replace(spans=places))._replace(words=words)
        for when, words in zip(different, said_back, strict=True)
    ]
    if why:
        question = f"{why} Which of the two do you mean?"
    else:
        noun = "day" if len({when.day for when in different}) > 1 else "time"
        question = f"Which {noun} do you mean, {listed(said_back, 'or')}?"
    return SeveralDays(question, alternatives, text)


def _joined(spans: set[Span], plain: str) -> tuple[Span, ...]:
    """The places in order, as one where nothing but "or" is between two of them."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and (start <= joined[-1][1] or _JOINED.fullmatch(plain[joined[-1][1] : start][:40])):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
        within = plain[joined[-1][0] : joined[-1][1]]
        if within.count("(") > within.count(")") and plain[joined[-1][1] : joined[-1][1] + 1] == ")":
            joined[-1] = (joined[-1][0], joined[-1][1] + 1)
    return tuple(joined)
