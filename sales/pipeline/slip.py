"""Slips in a deal's value: one so far above all others that a letter or a digit is probably wrong."""

import re

from sales.language.figures import money
from sales.language.typed_text import shorten
from sales.pipeline.opportunity import Opportunity
from sales.pipeline.opportunity_phrase.draft import DealDraft
from sales.refusal import Reading, Refusal

FAR_ABOVE = (
    10  # times the largest deal of the team: a slip of a digit is ten times, of "m" for "k" a thousand
)
IN_MILLIONS = (1_000, 10, 100)  # what is probably too much of "24m": the m beside the k, then a digit or two
IN_DIGITS = (10, 100, 1_000)
_MILLIONS = re.compile(r"[0-9]\s?(?:mm?|mn|mio|millions?)(?!\w)", re.I)


def slip_of(draft: DealDraft, largest: int, typed: str) -> Refusal | None:
    """Return the question whether a value is meant that is ten times the largest deal, or more; both in minor units.

    `typed` is the line that it stood in.
    None where it is not, or where the team has no deal yet to compare it with.
    """
    value = draft.value_minor
    if value is None or largest <= 0 or value < FAR_ABOVE * largest:
        return None
    currency = draft.currency
    likely = likely_value(value, largest, in_millions=_MILLIONS.search(typed) is not None)
    meant = [draft._replace(as_typed=True)]
    if likely is not None:
        meant.insert(0, draft._replace(value_minor=likely))
    said = money(value, currency)
    instead = f" Is it {money(likely, currency)}?" if likely is not None else " Is it meant so?"
    return Refusal(
        f"{said} is far above your team's largest deal, {money(largest, currency)}.{instead}",
        field="value",
        readings=[Reading(one.label(), one.written()) for one in meant],
    )


def leap_of(draft: DealDraft, deal: Opportunity) -> Refusal | None:
    """Return the question whether a deal's value is to become ten times what it was, or a tenth; None for less."""
    value, before, currency = draft.value_minor, deal.value_minor, deal.currency
    if value is None or min(value, before) <= 0 or max(value, before) < FAR_ABOVE * min(value, before):
        return None
    how = "ten times what it was, or more" if value > before else "a tenth of what it was, or less"
    likely = value // FAR_ABOVE if value > before else value * FAR_ABOVE
    meant = [draft._replace(as_typed=True), draft._replace(value_minor=likely, as_typed=True)]
    return Refusal(
        f"{shorten(deal.name)} was {money(before, currency)}, and {money(value, currency)} is {how}. Is it meant so?",
        field="value",
        readings=[Reading(one.label(), one.written()) for one in meant],
    )


def likely_value(value: int, largest: int, *, in_millions: bool) -> int | None:
    """Return what was probably meant by a value that is too large, by the likeliest slip; None where none explains."""
    slips = IN_MILLIONS if in_millions else IN_DIGITS
    return next((value // by for by in slips if value % by == 0 and value // by < FAR_ABOVE * largest), None)
