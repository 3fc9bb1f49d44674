"""Which deal a promise or an activity belongs to: the only open one of that name, else one that is chosen (59).

Deals stand in a later chapter; what is known of them here is which go by a name.
"""

from collections.abc import Sequence

from handlers.context import Context, NamedDeal
from sales.refusal import Refusal


async def deals_of(context: Context, who: str | None) -> list[NamedDeal]:
    """Return the person's open deals that a name means."""
    return await context.declared.deals_named(context, who) if who else []


def only(deals: Sequence[NamedDeal]) -> NamedDeal | None:
    """Return the deal that is surely meant, if there is one."""
    return deals[0] if len(deals) == 1 else None


def only_id(deals: Sequence[NamedDeal]) -> int | None:
    deal = only(deals)
    return deal.id if deal is not None else None


async def chosen(context: Context, who: str | None, deal_id: int) -> NamedDeal | None:
    """Return the deal that was chosen of those offered; None where none was said.

    Raises:
        Refusal: if it is not open any more.
    """
    if not deal_id:
        return None
    found = next((one for one in await deals_of(context, who) if one.id == deal_id), None)
    if found is None:
        raise Refusal("That deal is not open any more. See yours with `/deal`.")
    return found
