"""`/team scoreboard`, `/goal scoreboard` and `/team winrates`: how good the numbers were, and what can be compared."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import NamedTuple

from handlers import team as asked
from handlers.ask import Ask, Before, may_manage, prepared_by
from handlers.reply import Reply
from handlers.scoreboard.review import reviews
from messages.goals import scoreboard as told
from messages.pipeline import win_rate as rates_told
from sales.goals.forecast.calibration import Calibration
from sales.goals.scoreboard.board import Scoreboard, scoreboard
from sales.language.dates.period import span
from sales.pipeline.discount import MonthEnd, Sale, month_end
from sales.pipeline.win_rate import ClosedDeal, Comparison, Decided, compare
from storage.goals import goal as goals
from storage.goals import scoreboard as kept
from storage.goals.calibration import calibrated
from storage.people import member as members
from storage.people import team as teams
from storage.people.team import TeamRow
from storage.pipeline.win_rate import closed_between

RATES_OVER = 365  # days; older deals were sold by another team, or to another market
GOALS_SHOWN = 8


class Scored(NamedTuple):
    """A team's scoreboard, and how its chances are put right by it."""

    team: str
    board: Scoreboard
    right: Calibration | None


async def scored(ask: Ask) -> Scored:
    """Score the forecasts of the team that is meant; a year of thirty reps takes a third of a second."""
    team = await asked.to_change(ask)
    assert team.id is not None
    said = await kept.said(ask.scope, team.id, ask.today)
    waiting, next_end = await kept.waiting(ask.scope, team.id)
    board = await asyncio.to_thread(scoreboard, said, waiting, next_end)
    return Scored(team.name, board, await calibrated(ask.scope, team))


async def scored_before(before: Before) -> Scored | None:
    """Score before the unit of work, while nobody waits for the writer; None for whoever may not see it."""
    async with before.read() as scope:
        member = await members.member(scope, before.request.user_id)
        team = await teams.team(scope, member.team_id if member else None)
        if member is None or not may_manage(member, team):
            return None
        return await scored(Ask(before.request, scope, member, team, before.now))


@prepared_by(scored_before)
async def show(ask: Ask) -> Reply:
    """`/team scoreboard`: the team's forecasts scored beside the usual guesses, also where those were better."""
    found: Scored = ask.found or await scored(ask)
    return Reply(say=told.board(found.board, found.team, found.right))


async def show_own(ask: Ask) -> Reply:
    """`/goal scoreboard`: what was said of one's own goals, and what came of them; for the person alone."""
    team = ask.their_team
    rows = await goals.goals_of(ask.scope, ask.member.user_id, GOALS_SHOWN)
    ids = [row.id for row in rows if row.id is not None]
    said, ended = await kept.said_of(ask.scope, ids), await reviews(ask.scope, team, ids)
    lines = []
    for row in rows:
        assert row.id is not None
        label = span(row.starts_on, row.ends_on, team.fiscal_year_start).label
        days = [(day, chance) for day, chance, target in said[row.id] if target == row.target]
        if days:
            came = ended[row.id].is_reached if row.id in ended else None
            lines.append(told.Line(row, label, told.waypoints(days, row.starts_on, row.ends_on), came))
    return Reply(say=told.own(lines))


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
