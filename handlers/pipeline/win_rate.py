"""Win rates: ranked only where more than chance shows."""

from datetime import timedelta

from handlers.context import Ask
from handlers.people import team as asked
from handlers.reply import Reply
from messages.pipeline import win_rate as rates_told
from sales.pipeline.discount import ends
from sales.pipeline.win_rate import compared
from storage.people import member as members
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
