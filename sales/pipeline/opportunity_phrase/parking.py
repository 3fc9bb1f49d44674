"""Parking in a sentence: which deal, until when or until what, and why; all that is typed goes to one of them."""

import re

from sales.language.dates.instants import local_date
from sales.language.dates.spoken.circumstances import Facing
from sales.language.dates.spoken.when import PastDate, SeveralDays, When
from sales.language.figures import long_day
from sales.language.typed_text import MAX_WORDS, blank_spans, clean, clean_name, tidy
from sales.pipeline.opportunity import Waking
from sales.pipeline.opportunity_phrase.closing import asked_later
from sales.pipeline.opportunity_phrase.draft import DealAction, DealDraft
from sales.pipeline.opportunity_phrase.line import example_of
from sales.pipeline.opportunity_phrase.name import NAME, parted
from sales.pipeline.opportunity_phrase.question import left_out
from sales.pipeline.opportunity_phrase.reason import reason_behind, split_reason
from sales.pipeline.opportunity_phrase.rest import (
    DayReading,
    Rest,
    find_rest,
    only_until,
    unread,
    when_to_open,
)
from sales.pipeline.opportunity_phrase.sentence import DealSentence
from sales.refusal import Reading, Refusal

A_MONTH = "in 1 month"  # what is offered where nobody can tell until when
_JOINING = re.compile(
    r"(?<!\w)(?:and|or|but|then|earlier|sooner|later|before|at the latest|first|please|it|the|deal|until|till?|for|on"
    r"|in|to|by|is|was)(?!\w)",
    re.I,
)


def parked_draft(sentence: DealSentence, line: str, account: str | None) -> DealDraft:
    """Return what a sentence that parks says; `line` is it without its verb.

    Raises:
        Refusal: where no deal is named, a day is over or not sure, and for an amount, which parking does not take.
    """
    sentence.body = line
    clock = reading_of(sentence)
    head, reason = split_reason(
        line, DealAction.LOST, lambda words: bool(_read(sentence, words, clock).spans)
    )
    rest = _read(sentence, head, clock)
    if not rest.spans and reason:
        rest = only_until(reason, clock)._replace(spans=())
    left = blank_spans(head, rest.spans)
    amount = sentence.amount(left)
    if amount is not None:
        left = blank_spans(left, ((amount.start, amount.end),))
    name, reason = _name_and_reason(left, reason)
    if not name:
        raise Refusal("Which deal is it? Name it.", field="name", example=example_of(DealAction.PARK))
    draft = DealDraft(
        DealAction.PARK,
        clean_name(sentence.spelled_out(name), "name"),
        account,
        until=rest.until,
        reason=clean(sentence.spelled_out(reason), MAX_WORDS, "reason"),
        is_quoted=sentence.named is not None and sentence.named.sure and name == NAME,
        wakes=rest.wakes,
    )
    if amount is not None:
        raise left_out(tidy(head[amount.start : amount.end]), draft)
    if not rest.spans and rest.until is None and (words := unread(left)):
        raise when_to_open(sentence.spelled_out(words), _ways(draft, clock))
    return draft


def reading_of(sentence: DealSentence) -> DayReading:
    """Return how whoever typed a sentence counts days."""
    typed = sentence.typed

    def dated(words: str) -> When | None:
        return sentence.dated(words, Facing.AHEAD)

    return DayReading(typed.today, dated, typed.customs.fiscal_year_start, typed.customs.shift)


def _read(sentence: DealSentence, words: str, clock: DayReading) -> Rest:
    try:
        return find_rest(words, clock)
    except PastDate as past:
        past.field = "until"
        over = sentence.dated(words, Facing.BACK)
        today = local_date(sentence.typed.now, sentence.typed.zone)
        raise sentence.whole(asked_later(past, sentence.body, over, today), words) from None
    except SeveralDays as several:
        several.field = "until"
        raise sentence.whole(several.asked_in(str), words) from None
    except Refusal as refusal:
        refusal.field = "until"
        raise sentence.whole(refusal, words) from None


def _name_and_reason(left: str, reason: str) -> tuple[str, str]:
    """Return the name, and all else that is meant as why: the sure name's end is where why begins."""
    bare = left.strip("\0 ")
    if bare.startswith(NAME):
        chunks = [tidy(one) for one in re.split("\0+", bare.removeprefix(NAME))]
        said = [one for one in chunks if tidy(_JOINING.sub(" ", one))]
        return NAME, reason_behind(" ".join(said), reason)
    parts = parted(left)
    return parts.name, reason_behind(parts.left, reason)


def _ways(draft: DealDraft, clock: DayReading) -> list[Reading]:
    """Return the ways to park where the day is not understood: a month, until they are in touch, or until reopened."""
    when = clock.dated(A_MONTH)
    assert when is not None
    month = clock.working(when.day)
    ways = [
        (f"In a month, {long_day(month)}", draft._replace(until=month)),
        ("When I log something with them", draft._replace(wakes=Waking.ACTIVITY)),
        ("When I reopen it", draft),
    ]
    return [Reading(label, one.written()) for label, one in ways]
