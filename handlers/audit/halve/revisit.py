"""Looking back: once the period of a halving is over, its owner is told once who was right."""

from datetime import datetime, time, timedelta

from handlers.feature import Rendered
from messages.audit import halve as views
from sales.goals.scoreboard.statement import can_settle
from sales.language.dates.instants import local_date
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import EVERY_DAY, Occurrence, ScheduleSpec
from sales.people.team import Team
from storage.audit import halve as queries
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.calendar import calendar_of
from storage.people.member import members_in
from storage.people.team import find_team
from storage.scope import Scope

KIND = "halving_revisited"
AT = time(5, 10)  # behind the morning's forecasts, and before anybody's working day
SPREAD = 1800  # seconds, so that many teams do not look at once
WORTH_READING = timedelta(days=10)  # after that the new period is what matters


def spec(team: Team, team_id: int) -> ScheduleSpec:
    """Return when a team's halvings are looked through: every day, early."""
    return ScheduleSpec(KIND, str(team_id), team.zone, AT, EVERY_DAY, SPREAD, enabled=True)


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for one message about each halving whose period is over, a working day after it."""
    team = await find_team(scope, int(schedule.subject_id))
    if team is None:
        return []
    yesterday = local_date(now, team.zone) - timedelta(days=1)
    people = [member.user_id for member in await members_in(scope, team.id) if member.active]
    rows = await queries.not_revisited(scope, people, yesterday)
    if not rows:
        return []
    calendar = await calendar_of(scope, team)
    over = [row for row in rows if can_settle(row.ends_on, yesterday, calendar)]
    nudges = []
    for row in over:
        board = await queries.board_of(scope, row, yesterday)
        if board.kept:
            nudges.append(
                Nudge(
                    key=f"{KIND}:{scope.workspace_id}:{row.id}",
                    kind=KIND,
                    intent={"halving_id": row.id},
                    why=views.why(board),
                    not_before=now,
                    user_id=row.owner_id,
                    expires_at=now + WORTH_READING,
                )
            )
    await queries.mark_revisited(scope, over)
    return nudges


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """What was won of each half, as it is known now."""
    row = await queries.find_halving(scope, int(delivery.intent["halving_id"]))
    if row is None:
        return Skip("the halving is gone")
    board = await queries.board_of(scope, row, row.ends_on)
    return views.who_was_right(board) if board.kept else Skip("its deals are gone")
