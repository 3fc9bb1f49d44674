"""Diagnoses: the record of a rep, or of each rep of a team, that the four lights are judged by (mechanisms 66, 67).

`colleagues` is the one place that counts touches beside deals of others, and `lead_days` the one that says how long a
deal takes.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import bindparam
from sqlmodel import col, func, select

from sales.coaching.consistency import LONGEST_STREAK, Consistency, consistency, first_compared
from sales.coaching.diagnosis.record import WorkRecord, together
from sales.coaching.diagnosis.way import YIELD_DAYS, usual_rate
from sales.followups.activity import ActivityKind
from sales.pipeline.opportunity import Stage
from storage.engines.statement import Statement, among, given
from storage.followups.activity import ActivityRow
from storage.people.calendar import calendar_of, calendars_of
from storage.people.member import MemberRow, reps_in
from storage.people.team import TeamRow
from storage.pipeline.cycle import record_on
from storage.pipeline.debrief import LATELY, DebriefRow
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

TWO_YEARS = timedelta(days=2 * 366)  # of deals: this fiscal year and the one before

DONE = Statement(
    lambda engine: (
        select(
            col(ActivityRow.owner_id),
            col(ActivityRow.on),
            col(ActivityRow.kind),
            func.sum(col(ActivityRow.count)),
        )
        .where(
            given(ActivityRow.workspace_id),
            among(engine, col(ActivityRow.owner_id), "owner_ids"),
            col(ActivityRow.on).between(bindparam("first"), bindparam("last")),
        )
        .group_by(col(ActivityRow.owner_id), col(ActivityRow.on), col(ActivityRow.kind))
    )
)
LOGGED_SINCE = Statement(
    lambda engine: (
        select(col(ActivityRow.owner_id), func.min(col(ActivityRow.on)))
        .where(
            given(ActivityRow.workspace_id),
            among(engine, col(ActivityRow.owner_id), "owner_ids"),
        )
        .group_by(col(ActivityRow.owner_id))
    )
)
OPENED = Statement(
    lambda engine: (
        select(col(OpportunityRow.owner_id), col(OpportunityRow.opened_on))
        .where(
            given(OpportunityRow.workspace_id),
            among(engine, col(OpportunityRow.owner_id), "owner_ids"),
            col(OpportunityRow.opened_on).between(bindparam("first"), bindparam("last")),
            col(OpportunityRow.stage) != Stage.SUSPECT,
        )
        .order_by(col(OpportunityRow.opened_on))
    )
)
SAID_OF_LOSSES = Statement(
    lambda engine: (
        select(col(OpportunityRow.owner_id), col(DebriefRow.should_have_been_there), func.count())
        .join(DebriefRow, col(DebriefRow.opportunity_id) == col(OpportunityRow.id))
        .where(
            given(OpportunityRow.workspace_id),
            among(engine, col(OpportunityRow.owner_id), "owner_ids"),
            col(OpportunityRow.stage) == Stage.LOST,
            col(OpportunityRow.closed_on).between(bindparam("first"), bindparam("last")),
            col(DebriefRow.should_have_been_there).is_not(None),
        )
        .group_by(col(OpportunityRow.owner_id), col(DebriefRow.should_have_been_there))
    )
)
TOUCHES = Statement(
    lambda engine: (
        select(col(ActivityRow.owner_id), func.sum(col(ActivityRow.count)))
        .where(
            given(ActivityRow.workspace_id),
            among(engine, col(ActivityRow.owner_id), "owner_ids"),
            col(ActivityRow.on).between(bindparam("first"), bindparam("last")),
            col(ActivityRow.kind) != ActivityKind.SERVICE,
        )
        .group_by(col(ActivityRow.owner_id))
    )
)
OPENED_COUNT = Statement(
    lambda engine: (
        select(col(OpportunityRow.owner_id), func.count())
        .where(
            given(OpportunityRow.workspace_id),
            among(engine, col(OpportunityRow.owner_id), "owner_ids"),
            col(OpportunityRow.opened_on).between(bindparam("first"), bindparam("last")),
            col(OpportunityRow.stage) != Stage.SUSPECT,
        )
        .group_by(col(OpportunityRow.owner_id))
    )
)


async def work_record(scope: Scope, member: MemberRow, team: TeamRow, today: date) -> WorkRecord:
    """Return the record of one person, with what their colleagues usually need for a deal."""
    (found,) = await records_of(scope, [member], team, today)
    return found


async def team_records(
    scope: Scope, team: TeamRow, today: date
) -> tuple[WorkRecord, Mapping[str, WorkRecord]]:
    """Return a team's record together, and that of each of its reps by id, in order of names."""
    reps = sorted(await reps_in(scope, team.id), key=lambda one: (one.name.casefold(), one.user_id))
    found = await records_of(scope, reps, team, today)
    whole = together(team.name, found, today, await calendar_of(scope, team))
    return whole, dict(zip((one.user_id for one in reps), found, strict=True))


async def records_of(
    scope: Scope, people: Sequence[MemberRow], team: TeamRow, today: date
) -> list[WorkRecord]:
    """Return the records of people of one team, in few questions however many they are."""
    ids = [one.user_id for one in people]
    done = await _done(scope, ids, first_compared(today), today)
    since = await logged_since(scope, ids)
    opened: dict[str, list[date]] = defaultdict(list)
    for owner_id, on in await scope.ask(OPENED, owner_ids=ids, first=today - TWO_YEARS, last=today):
        opened[owner_id].append(on)
    said: dict[str, Counter[bool]] = defaultdict(Counter)
    for owner_id, ours, count in await scope.ask(
        SAID_OF_LOSSES, owner_ids=ids, first=today - LATELY, last=today
    ):
        said[owner_id][bool(ours)] += int(count)
    calendars = await calendars_of(scope, team, ids)
    others, lead = await colleagues(scope, team, today), await lead_days(scope, team, today)
    return [
        WorkRecord(
            name=one.name,
            today=today,
            calendar=calendars[one.user_id],
            logged_since=since.get(one.user_id),
            done=done.get(one.user_id, {}),
            opened=opened[one.user_id],
            told=said[one.user_id].total(),
            not_ours=said[one.user_id][False],
            usual=usual_rate(counts for user_id, counts in others.items() if user_id != one.user_id),
            lead_days=lead,
            fiscal_year_start=team.fiscal_year_start,
        )
        for one in people
    ]


async def logged_since(scope: Scope, owner_ids: Collection[str]) -> dict[str, date]:
    """Return the first day on which each of these people logged anything; who never did is missing."""
    return dict(await scope.ask(LOGGED_SINCE, owner_ids=list(owner_ids)))


async def _done(
    scope: Scope, owner_ids: Collection[str], first: date, last: date
) -> dict[str, dict[date, dict[ActivityKind, int]]]:
    found: dict[str, dict[date, dict[ActivityKind, int]]] = {}
    for owner_id, on, kind, count in await scope.ask(DONE, owner_ids=list(owner_ids), first=first, last=last):
        found.setdefault(owner_id, {}).setdefault(on, {})[ActivityKind(kind)] = int(count)
    return found


async def colleagues(scope: Scope, team: TeamRow, today: date) -> Mapping[str, tuple[int, int]]:
    """Return touches without service, and deals opened, of each rep of a team in the last eight weeks."""
    ids = [one.user_id for one in await reps_in(scope, team.id)]
    days = {"first": today - timedelta(days=YIELD_DAYS - 1), "last": today}
    touches = {one: int(count) for one, count in await scope.ask(TOUCHES, owner_ids=ids, **days)}
    opened = {one: int(count) for one, count in await scope.ask(OPENED_COUNT, owner_ids=ids, **days)}
    return {one: (touches.get(one, 0), opened.get(one, 0)) for one in ids}


async def lead_days(scope: Scope, team: TeamRow, today: date) -> int | None:
    """Return within how many days the team's share of wins is won; None while too few deals have closed."""
    cycle = (await record_on(scope, today)).cycle
    return cycle.days_for(team.runway_percent / 100) if cycle.has_history else None


async def consistency_of(scope: Scope, member: MemberRow, team: TeamRow, today: date) -> Consistency:
    """Return how steadily somebody works, their streak counted over a year."""
    first = today - timedelta(days=LONGEST_STREAK)
    done = (await _done(scope, [member.user_id], first, today)).get(member.user_id, {})
    since = (await logged_since(scope, [member.user_id])).get(member.user_id)
    by_day = {day: sum(kinds.values()) for day, kinds in done.items()}
    return consistency(by_day, since, today, await calendar_of(scope, team, member))
