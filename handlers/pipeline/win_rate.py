"""Win rates: ranked only where more than chance shows."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta

from handlers.context import Ask
from handlers.people import team as asked
from handlers.reply import Reply
from messages.pipeline import win_rate as rates_told
from sales.pipeline.discount import MonthEnd, Sale, month_end
from sales.pipeline.win_rate import ClosedDeal, Comparison, Decided, compare
from storage.people import member as members
from storage.people.team import TeamRow
from storage.pipeline.win_rate import closed_between

RATES_OVER = 365  # days; older deals were sold by another team, or to another market


async def show_rates(ask: Ask) -> Reply:
    """`/team winrates`: win rates of reps, sources, products and sectors, ranked only where more than chance shows."""
    team = await asked.to_change(ask)
    assert team.id is not None
    reps = {rep.user_id: rep.name for rep in await members.reps(ask.scope, team.id)}
    first = ask.today - timedelta(days=RATES_OVER - 1)
    deals = await closed_between(ask.scope, reps, first, ask.today)
    found = [
        rates_told.Rates("reps", compared(deals, lambda deal: reps[deal.owner_id])),
        rates_told.Rates("sources", compared(deals, lambda deal: deal.source)),
        rates_told.Rates("products", compared(deals, lambda deal: deal.product)),
        rates_told.Rates("sectors", compared(deals, lambda deal: deal.sector)),
    ]
    shown = [one for one in found if one.comparison.rates or one.groups == "reps"]
    return Reply(say=rates_told.rates(shown, ends(deals, team), team.name, first))


def compared(deals: Sequence[ClosedDeal], by: Callable[[ClosedDeal], str | None]) -> Comparison:
    """Return the win rates of what deals are told apart by; those of which that is unknown are left out."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for deal in deals:
        group = by(deal)
        if group:
            counts[group][0] += deal.is_won
            counts[group][1] += 1
    return compare({group: Decided(won, closed) for group, (won, closed) in counts.items()})


def ends(deals: Sequence[ClosedDeal], team: TeamRow) -> MonthEnd | None:
    """Return discounts at month ends beside the rest; None where no won deal has a list price.

    Lists are in the team's currency, so deals in others are left out.
    """
    sales = [
        Sale(deal.closed_on, deal.value, deal.list_price)
        for deal in deals
        if deal.is_won and deal.list_price and deal.currency == team.currency
    ]
    return month_end(sales) if sales else None
