"""Win rates: ranked only where more than chance shows."""

from datetime import timedelta

from handlers.context import Context
from handlers.feature import Command, Feature
from handlers.people.team import team_to_read
from handlers.reply import Reply
from messages.pipeline import win_rate as views
from sales.people.permission import Act
from sales.pipeline.discount import ends
from sales.pipeline.win_rate import compared, tenders_apart
from storage.people.member import reps_in
from storage.pipeline.win_rate import closed_between

RATES_OVER = 365  # days; older deals were sold by another team, or to another market


async def show_rates(context: Context) -> Reply:
    """`/team winrates`: win rates of reps, sources, products and sectors, ranked only where more than chance shows."""
    team = await team_to_read(context, "The comparison")
    reps = {rep.user_id: rep.name for rep in await reps_in(context.scope, team.id)}
    first = context.today - timedelta(days=RATES_OVER - 1)
    deals = await closed_between(context.scope, reps, first, context.today)
    found = [
        views.WinRateGroup("reps", compared(deals, lambda deal: reps[deal.owner_id])),
        views.WinRateGroup("sources", compared(deals, lambda deal: deal.source)),
        views.WinRateGroup("products", compared(deals, lambda deal: deal.product)),
        views.WinRateGroup("sectors", compared(deals, lambda deal: deal.sector)),
    ]
    shown = [one for one in found if one.comparison.rates or one.groups == "reps"]
    said = views.rates(shown, ends(deals, team), team.name, first, tenders_apart(deals))
    return Reply(say=said)


FEATURE = Feature(
    name="win_rate",
    commands=(
        Command(
            "team winrates",
            "[name]",
            "win rates, ranked only where more than chance shows",
            "/team winrates",
            show_rates,
            Act.SEE_TEAM_NUMBERS,
            order=67,
        ),
    ),
)
