"""Slips in a deal's value: one so far above all others that a letter or a digit is probably wrong."""

from sales.language.figures import money
from sales.pipeline.opportunity_phrase.draft import DealDraft
from sales.refusal import Reading, Refusal

FAR_ABOVE = (
    10  # times the largest deal of the team: a slip of a digit is ten times, of "m" for "k" a thousand
)
SLIPS = (1_000, 10, 100)  # what is probably too much: "m" for "k", a digit, two digits


def slip_of(draft: DealDraft, largest: int) -> Refusal | None:
    """Return the question whether a value is meant that is ten times the largest deal, or more; both in minor units.

    None where it is not, or where the team has no deal yet to compare it with.
    """
    value = draft.value_minor
    if value is None or largest <= 0 or value < FAR_ABOVE * largest:
        return None
    currency = draft.currency
    likely = likely_value(value, largest)
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


def likely_value(value: int, largest: int) -> int | None:
    """Return what was probably meant by a value that is too large: the most that one slip explains; None without one.

    A round million is read as thousands first, as "m" stands beside "k" in the mind, and other values by their digits.
    """
    slips = SLIPS if value % 10**8 == 0 else (10, 100, 1_000)  # of whole millions, in cents
    return next((value // by for by in slips if value % by == 0 and value // by < FAR_ABOVE * largest), None)
