"""A sentence about a deal, read as whoever typed it writes, counts days and counts money."""

from collections.abc import Callable
from functools import partial

from handlers.context import Context
from handlers.people.customs import customs_of
from handlers.pipeline.opportunity import lookup
from sales.language.amounts import amount_place
from sales.pipeline.opportunity_phrase import DealAction, DealDraft, read_deal
from sales.pipeline.opportunity_phrase.actions import may_park
from sales.pipeline.slip import FAR_ABOVE, slip_of
from sales.refusal import Refusal
from storage.people.member import rep_ids
from storage.pipeline.known_name import known_names
from storage.pipeline.opportunity import currencies_beside, largest_far_below

VALUED = frozenset({DealAction.CREATE, DealAction.EDIT, DealAction.WON})


async def read(context: Context, text: str) -> DealDraft:
    """Read a sentence as the person writes and counts days, among the names they know."""
    return (await reader(context, text))(text)


async def reader(context: Context, text: str) -> Callable[[str], DealDraft]:
    """Return how a sentence, or another spelling of it, is read.

    An amount for a deal in another currency than the team's is in the deal's own, unless another is said.
    """
    known, customs = await names(context, text), await customs_of(context, text, counts_days=may_park(text))

    def read_in(currency: str, line: str) -> DealDraft:
        return read_deal(line, context.now, context.zone, currency, known, customs=customs)

    return partial(read_in, await currency_meant(context, text, read_in))


async def currency_meant(context: Context, text: str, read_in: Callable[[str, str], DealDraft]) -> str:
    """Return the currency of an amount that names none: that of the deal it is for, else the team's."""
    ours = context.their_team.currency
    for currency in await other_currencies(context, text, ours):
        try:
            draft = read_in(currency, text)
        except Refusal:
            continue
        if draft.value_minor is not None and draft.currency == currency:
            deal = (await lookup.find(context, draft.name)).sure
            if deal is not None and deal.currency == currency:
                return currency
    return ours


async def other_currencies(context: Context, text: str, ours: str) -> list[str]:
    """Return in which other currencies the person has deals; none for a text without any amount."""
    if amount_place(text) is None:
        return []
    return await currencies_beside(context.scope, context.member.user_id, ours)


async def names(context: Context, text: str) -> list[str]:
    """The accounts and deals that a text names, without whom only other teams do business with."""
    return await known_names(context.scope, text, context.today, context.team.id if context.team else None)


async def require_size(context: Context, draft: DealDraft, typed: str) -> None:
    """Ask about a value far above all the team's deals, unless it was said to be meant.

    Raises:
        Refusal: with what was typed and what was probably meant.
    """
    if draft.value_minor is None or draft.as_typed or draft.action not in VALUED:
        return
    owners = await teammates(context)
    largest = await largest_far_below(context.scope, owners, draft.currency, draft.value_minor, FAR_ABOVE)
    if largest is not None and (question := slip_of(draft, largest, typed)):
        raise question


async def teammates(context: Context) -> set[str]:
    """Return whose deals the person may be told of: their own, and those of their team's reps."""
    owners = {context.member.user_id}
    if context.team is not None:
        owners |= await rep_ids(context.scope, context.team.id)
    return owners
