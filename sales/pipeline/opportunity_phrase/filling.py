"""What of a sentence about a deal can be read, for a form that asks for the rest."""

import re
from datetime import date, datetime
from typing import NamedTuple

from sales.language.amounts import amount_place
from sales.language.dates.instants import local_date
from sales.language.dates.spoken.circumstances import Customs
from sales.language.dates.spoken.reading import find_when
from sales.language.money import parse_money
from sales.language.typed_text import MAX_NAME, MAX_TYPED, blank_spans, on_one_line, tidy
from sales.pipeline.opportunity_phrase.actions import LEAD_IN, split_action
from sales.pipeline.opportunity_phrase.closing import find_closing
from sales.pipeline.opportunity_phrase.draft import DealAction, DealDraft
from sales.pipeline.opportunity_phrase.name import THING
from sales.pipeline.opportunity_phrase.period import Closing
from sales.refusal import Refusal

_GLUED = re.compile(r"(?P<name>.*[^\d.,])(?P<amount>[0-9][0-9.,]{0,15}k?)(?:ish)?", re.I)


class FilledIn(NamedTuple):
    """The fields of a form: all that was typed is in one of them."""

    name: str
    value: str = ""
    closes: date | None = None


def as_far_as_read(text: str, now: datetime, zone: str, fiscal_year_start: int) -> FilledIn:
    """Return the name, the amount in the words it was typed in, and the day of a sentence that was not understood."""
    line = LEAD_IN.sub("", on_one_line(text[:MAX_TYPED]).replace("\0", ""))
    _, body = split_action(line, len(line))
    place = amount_place(body)
    value = body[slice(*place)].strip() if place else ""
    rest = blank_spans(body, (place,)) if place else body
    closing = _day(rest, now, zone, fiscal_year_start)
    if closing is not None:
        rest = blank_spans(rest, closing.spans)
    name = tidy(THING.sub("", " ".join(rest.replace("\0", " ").split())))
    return FilledIn(name[:MAX_NAME], value, closing.day if closing else None)


def may_be_new(text: str) -> bool:
    """Say whether a sentence may be about a deal to be added, and not about what becomes of one."""
    action, _ = split_action(LEAD_IN.sub("", on_one_line(text)), MAX_TYPED)
    return action in (None, DealAction.CREATE)


def glued(name: str, currency: str) -> DealDraft | None:
    """Return the new deal that a name with an amount stuck to it may be: "acme24k", "Acme 500"; None without one."""
    found = _GLUED.fullmatch(name)
    if found is None or not found["name"].strip():
        return None
    try:
        minor = parse_money(found["amount"], currency)
    except Refusal:
        return None
    return DealDraft(DealAction.CREATE, tidy(found["name"]), value_minor=minor, currency=currency)


def _day(rest: str, now: datetime, zone: str, fiscal_year_start: int) -> Closing | None:
    try:
        found = closing_in(rest, now, zone, Customs(fiscal_year_start=fiscal_year_start), fiscal_year_start)
    except Refusal:
        return None
    return found if found is not None and found.is_sure else None


def closing_in(
    rest: str, now: datetime, zone: str, customs: Customs, fiscal_year_start: int
) -> Closing | None:
    """Return the day by which words say that something closes, None where they name none.

    Raises:
        Refusal: for a day that cannot be, or is over.
    """
    return find_closing(
        rest,
        lambda words: find_when(words, now, zone, customs=customs),
        local_date(now, zone),
        fiscal_year_start,
        ahead=True,
    )
