"""Seeding: the team as the bot would know it after a quarter of use: deals, goals, commitments, activities."""

import random
from datetime import date, datetime, timedelta

from bot.app import Bot
from handlers.imports.files.run import bring_in
from playground.boot.cast import Cast, Player, Side
from playground.clock import Clock
from sales.followups.activity import Activity, ActivityKind
from sales.followups.followup import FollowUp
from sales.goals.goal import Goal, Measure, Metric
from sales.language.dates.instants import local_date
from sales.language.dates.period import Period, PeriodKind, next_period, period_containing, previous_period
from sales.people.member import Member
from sales.people.team import Team
from storage.followups.activity import add_activity
from storage.followups.followup import add_followup
from storage.goals.attainment import attained
from storage.goals.goal import add_goal
from storage.nudges.schedule.specs import set_team_schedules
from storage.people.member import meet_member
from storage.people.team import TeamRow, add_team, set_people
from storage.pipeline.opportunity import open_deals
from storage.scope import Scope

GROWTH_PERCENT = 110  # a target that asks for a little more than last time (mechanism 3)
ROUND_TO = 100_000  # minor units: nobody sets a target of 61,342
ACTIVITY_DAYS = 8
TASKS = (
    ("send the savings sheet for {product}", "they asked what it saves for each depot"),
    ("call about the pilot of {product}", ""),
    ("book the demo of {product} with their operations lead", "their planner has never seen it run"),
    ("send the two references for {product}", "both cut their waiting time"),
)
WEIGHTS = ((ActivityKind.CALL, 5), (ActivityKind.EMAIL, 6), (ActivityKind.MEETING, 2), (ActivityKind.DEMO, 1))


async def seed(bot: Bot, cast: Cast, clock: Clock) -> None:
    """Fill the bot's database. The same tables and the same day give the same rows."""
    now = clock.now()
    async with bot.database.write(bot.workspace_id) as scope:
        for person in cast.people:
            await meet_member(
                scope,
                Member(
                    user_id=person.user_id,
                    name=person.name,
                    zone=person.zone,
                    email=f"{person.handle}@{cast.domain}",
                    is_admin=person.is_manager,
                ),
            )
    await bring_in(bot.database, bot.workspace_id, cast.tables, clock.now)
    async with bot.database.write(bot.workspace_id) as scope:
        for number, side in enumerate(cast.teams, 1):
            await seed_team(scope, cast, side, f"C{number:03}", now)


async def seed_team(scope: Scope, cast: Cast, side: Side, channel: str, now: datetime) -> None:
    team = await add_team(
        scope,
        Team(
            name=side.name,
            zone=side.manager.zone,
            country=cast.country,
            digest_channel=channel,
            evening_at=cast.evening_at,
        ),
    )
    reps = [rep.user_id for rep in side.reps]
    await set_people(scope, team.id, reps, [side.manager.user_id])
    for rep in side.reps:
        await seed_rep(scope, rep, team, now)
    await set_team_schedules(scope, team, now)


async def seed_rep(scope: Scope, rep: Player, team: TeamRow, now: datetime) -> None:
    """Give a rep who sells goals for this quarter and the next, a few commitments, and a week of activities."""
    today = local_date(now, team.zone)
    this = period_containing(PeriodKind.QUARTER, today, team.fiscal_year_start)
    before = previous_period(this, team.fiscal_year_start)
    measure = Measure(rep.user_id, Metric.REVENUE, before.start, before.end, currency=team.currency)
    reached = await attained(scope, measure, today)
    amount = reached
    if not amount:
        return  # somebody on the list who sells nothing, or whose first quarter this is: their goal is theirs to set
    for period in (this, next_period(this, team.fiscal_year_start)):
        amount = a_little_more(amount)
        await add_goal(scope, target(rep, team, period, amount), rep.user_id, now)
    draw = random.Random(f"{rep.user_id}{today}")
    await seed_followups(scope, rep, today, now, draw)
    await seed_activities(scope, rep, today, now, draw)


def a_little_more(amount: int) -> int:
    """Return a tenth more, rounded to a thousand units of the currency; a thousand at least."""
    return max(ROUND_TO, round(amount * GROWTH_PERCENT / 100 / ROUND_TO) * ROUND_TO)


def target(rep: Player, team: TeamRow, period: Period, amount: int) -> Goal:
    """Return a revenue goal of this amount."""
    return Goal(
        owner_id=rep.user_id,
        metric=Metric.REVENUE,
        target=amount,
        currency=team.currency,
        period_kind=period.kind,
        starts_on=period.start,
        ends_on=period.end,
        objective="Grow in every region",
        reason="a tenth more than the quarter before",
    )


async def seed_followups(scope: Scope, rep: Player, today: date, now: datetime, draw: random.Random) -> None:
    """Two commitments due today and two in the days after, about deals that are open."""
    deals = await open_deals(scope, rep.user_id, today)
    by_account = {deal.account: deal for deal in deals if deal.account}
    chosen = draw.sample(list(by_account.values()), min(len(TASKS), len(by_account)))
    days = [today, today, today + timedelta(days=1), today + timedelta(days=2)]
    for deal, day, (task, worth) in zip(chosen, days, TASKS, strict=False):
        commitment = FollowUp(
            owner_id=rep.user_id,
            who=deal.account or deal.name,
            what=task.format(product=deal.product or "the product"),
            worth=worth,
            due_on=day,
        )
        await add_followup(scope, commitment, now)


async def seed_activities(scope: Scope, rep: Player, today: date, now: datetime, draw: random.Random) -> None:
    for back in range(1, ACTIVITY_DAYS + 1):
        day = today - timedelta(days=back)
        for kind, most in WEIGHTS if day.weekday() < 5 else ():
            count = draw.randint(0, most)
            if count:
                done = Activity(owner_id=rep.user_id, kind=kind, count=count, on=day)
                await add_activity(scope, done, now)
