"""The grounds of a runway: the cycle, the open deals and the mean win, and outlooks made from them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.people.calendars import calendar_of
from sales.goals.goal import Metric
from sales.goals.runway.estimate import Runway, runway
from sales.goals.runway.outlook import COUNTED, Aim, Outlook, outlook
from sales.language.dates.period import Period, span
from sales.pipeline.cycle import Cycle, DealAhead, cycle_as_of
from storage.goals import attainment
from storage.goals.goal import GoalRow
from storage.people import member as members
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.pipeline.cycle import deals_print, mean_won_by_product, mean_won_minor, open_deals_of, spans
from storage.scope import Scope

RECORDS = "runway.records"  # under which a unit of work keeps those it has read


@dataclass(frozen=True)
class Record:
    """What a workspace's deals tell on one day, whoever asks: the cycle and the mean wins."""

    cycle: Cycle
    means: Mapping[str, float]
    by_product: Mapping[tuple[str, str | None], float]


@dataclass(frozen=True)
class Grounds:
    """What the runways of some people stand on, on one day."""

    cycle: Cycle
    means: Mapping[str, float]
    deals: Mapping[str, Sequence[DealAhead]]


async def grounds_of(scope: Scope, owner_ids: Collection[str], today: date) -> Grounds:
    """Return the workspace's cycle and mean wins, and the open deals of these people."""
    record = await record_on(scope, today)
    deals = await open_deals_of(scope, owner_ids, today, record.by_product)
    return Grounds(record.cycle, record.means, deals)


async def record_on(scope: Scope, today: date) -> Record:
    """Return what the workspace's deals tell as known on `today`, read once in a unit of work.

    Thirty reps checked in one heartbeat share it. A deal that changes meanwhile makes it a new one.
    """
    records: dict[object, Record] = scope.session.info.setdefault(RECORDS, {})
    key = (scope.workspace_id, today, await deals_print(scope))
    if key not in records:
        records[key] = Record(
            cycle=cycle_as_of(await spans(scope, today), today),
            means=await mean_won_minor(scope, today),
            by_product=await mean_won_by_product(scope, today),
        )
    return records[key]


def has_runway(row: GoalRow, today: date) -> bool:
    """Say whether only won deals bring a goal nearer, and its period is not over."""
    return row.metric in COUNTED and row.ends_on >= today


async def outlooks(
    scope: Scope, rows: Sequence[GoalRow], member: MemberRow, team: TeamRow, today: date
) -> list[Outlook]:
    """Return the outlook of each of one member's goals for revenue or won deals, in the order given."""
    if not rows:
        return []
    calendar = await calendar_of(scope, team, member)
    grounds = await grounds_of(scope, [member.user_id], today)
    done = await attainment.attained_of(scope, rows, today)
    return [
        outlook(
            Aim(row.metric, row.currency, row.target, won, period_of(row, team)),
            grounds.deals[member.user_id],
            grounds.cycle,
            today,
            team.runway_percent / 100,
            calendar,
            mean_won=grounds.means.get(row.currency),
            cycle_days=team.cycle_days,
        )
        for row, won in zip(rows, done, strict=True)
    ]


async def team_outlooks(scope: Scope, rows: Sequence[GoalRow], team: TeamRow, today: date) -> list[Outlook]:
    """Return the outlook of a team: its reps' goals of one metric, currency and period taken together.

    Open deals are those of the reps who have such a goal; the days are the team's own working days.
    """
    if not rows:
        return []
    calendar = await calendar_of(scope, team)
    grounds = await grounds_of(scope, {row.owner_id for row in rows}, today)
    done = await attainment.attained_of(scope, rows, today)
    together: dict[tuple[Metric, str, Period], list[tuple[GoalRow, int]]] = defaultdict(list)
    for row, won in zip(rows, done, strict=True):
        together[aimed_at(row, team)].append((row, won))
    found = []
    for (metric, currency, period), counted in together.items():
        owners = {row.owner_id for row, _ in counted}
        target = sum(row.target for row, _ in counted)
        found.append(
            outlook(
                Aim(metric, currency, target, sum(won for _, won in counted), period),
                [deal for owner_id in owners for deal in grounds.deals[owner_id]],
                grounds.cycle,
                today,
                team.runway_percent / 100,
                calendar,
                mean_won=grounds.means.get(currency),
                cycle_days=team.cycle_days,
            )
        )
    return found


async def bare_runway(
    scope: Scope, period: Period, member: MemberRow | None, team: TeamRow, today: date
) -> Runway:
    """Return the runway of a period nobody has a goal for: the date, without a gap."""
    return runway(
        period,
        today,
        (await record_on(scope, today)).cycle,
        team.runway_percent / 100,
        await calendar_of(scope, team, member),
        gap=0,
        mean_won=None,
        cycle_days=team.cycle_days,
    )


async def reps_of(scope: Scope, team: TeamRow) -> list[str]:
    """Return the user ids of a team's active reps."""
    assert team.id is not None
    return [rep.user_id for rep in await members.reps(scope, team.id)]


def aimed_at(row: GoalRow, team: TeamRow) -> tuple[Metric, str, Period]:
    """Return what a team's goals must have in common to be added up; the currency of a count says nothing."""
    currency = row.currency if row.metric is Metric.REVENUE else team.currency
    return row.metric, currency, period_of(row, team)


def period_of(row: GoalRow, team: TeamRow) -> Period:
    return span(row.starts_on, row.ends_on, team.fiscal_year_start)
