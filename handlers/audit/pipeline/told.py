"""An audit that comes by itself, into the rep's direct messages: judged each morning, worked out when it leaves."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.audit.pipeline import reading
from handlers.audit.pipeline.step import page_of
from handlers.feature import Rendered
from handlers.nudges.addressee import reader_in_team
from messages.audit import pipeline as views
from sales.audit.page import AuditSpot
from sales.audit.sent import AUDIT, REST, DueAudit, due_audits
from sales.goals.goal import Metric
from sales.goals.progress import GoalProgress
from sales.language.dates.instants import local_date
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import Occurrence
from sales.pipeline.opportunity import by_currency
from storage.audit.finding import newest_answer
from storage.goals.forecast.chance import with_chances
from storage.goals.progress import member_progress
from storage.nudges.ledger.lookup import delivery_by_key, recent_deliveries
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.calendar import calendar_of
from storage.people.in_team import in_team
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.pipeline.deal_history import history_of
from storage.pipeline.imported import imported_at
from storage.pipeline.opportunity import OpportunityRow, open_deals
from storage.scope import Scope

GOOD_FOR = REST  # later another one would be due
MOST_ASKED = 500  # deals whose history tells whether they were here before
NOTHING = "there is nothing to clear"


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for an audit if one is due, and none was sent in the last two weeks."""
    owner = await in_team(scope, schedule.subject_id, now)
    if owner is None or owner.member.heard_at is None:
        return []  # who never did anything here is not told first what looks wrong
    member, team, today = owner
    calendar = await calendar_of(scope, team, member)
    if not calendar.is_working(today):
        return []
    lately = await recent_deliveries(scope, member.user_id, now - REST)
    if any(row.kind == AUDIT for row in lately):
        return []
    deals = await open_deals(scope, member.user_id, today)
    if not deals or await came_today(scope, deals, today, member.zone):
        return []
    for due in due_audits(await judged(scope, member, team, now), by_currency(deals), today, calendar):
        key = f"{AUDIT}:{scope.workspace_id}:{member.user_id}:{due.once}"
        if await delivery_by_key(scope, key) is None:
            return [nudge(member, due, key, now)]
    return []


async def came_today(scope: Scope, deals: Sequence[OpportunityRow], today: date, zone: str) -> bool:
    """Say whether all of some deals came by an import of today: nothing is known of them yet that could be missed."""
    at = await imported_at(scope, deals)
    if any(row.id not in at or local_date(at[row.id], zone) != today for row in deals):
        return False
    return not await history_of(scope, [row.id for row in deals[:MOST_ASKED]])


def nudge(member: MemberRow, due: DueAudit, key: str, now: datetime) -> Nudge:
    """Return the message that asks for an audit; what it says is worked out when it leaves."""
    return Nudge(
        key=key,
        kind=AUDIT,
        intent={},
        why=views.why_sent(due.reason, due.label),
        not_before=now,
        user_id=member.user_id,
        expires_at=now + GOOD_FOR,
    )


async def judged(scope: Scope, member: MemberRow, team: TeamRow, now: datetime) -> list[GoalProgress]:
    """Return the goals that won deals bring, with their chances, which say whether they are behind."""
    today = local_date(now, member.zone)
    counted = {Metric.REVENUE, Metric.DEALS_WON}
    found = [one for one in await member_progress(scope, member, team, today) if one.goal.metric in counted]
    return await with_chances(scope, found, team, today)


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The audit as things stand when it leaves, or why there is none any more."""
    reader = await reader_in_team(scope, delivery, now)
    if isinstance(reader, Skip):
        return reader
    member, team, today = reader
    whose = reading.PipelineReading(member, team, today, member.user_id)
    spot = AuditSpot(member.user_id, await newest_answer(scope))
    page = (await reading.plan(scope, whose, spot)).page
    return page_of(page) if page.finding is not None else Skip(NOTHING)
