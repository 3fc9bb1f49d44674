"""Warning before the runway closes: once a threshold of each crossing, in the rep's own morning.

The check judges things as they are (level-triggered): one that was missed is made up for by the next, and a
message that left late says what is true when it is read.
"""

from dataclasses import replace
from datetime import date, datetime

from handlers.feature import Rendered
from handlers.goals.goal import period_start
from handlers.goals.goal.still_open import still_open
from handlers.goals.pace_warning import untold_weeks
from messages.formatting import Mrkdwn
from messages.goals import runway as views
from messages.goals.pace_warning import below_plan
from sales.goals.pace_warning import LEAST_WEEKS
from sales.goals.progress import GoalProgress
from sales.goals.runway.outlook import Outlook, has_runway
from sales.goals.runway.warning import (
    RUNWAY_ALERT,
    THRESHOLDS,
    RunwayAlert,
    RunwayMemory,
    RunwaySaid,
    alert,
    said_today,
)
from sales.language.dates.instants import local_date
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import Occurrence
from storage.goals import runway as queries
from storage.goals.goal import open_goals
from storage.goals.goal_chance import standing_outlooks
from storage.goals.runway import outlooks
from storage.goals.starting_balance import asked_goals
from storage.nudges.ledger.intake import supersede_delivery
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.in_team import at_work
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Scope

LATER_ONE = "a later one says it"


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for the alert that is due today, if any, and remember it in the same unit of work; in the same morning who
    has no goal in a new quarter is asked for one.

    On a rep's day off nothing is judged: the first morning back finds whatever threshold holds then.
    """
    found = await at_work(scope, schedule.subject_id, now)
    if found is None:
        return []
    member, team, today = found
    due = await asked_for(scope, member, team, today, now)
    return [*due, *await period_start.asked(scope, member, team, today, now)]


async def asked_for(
    scope: Scope, member: MemberRow, team: TeamRow, today: date, now: datetime
) -> list[Nudge]:
    """Judge each of a rep's goals, current and upcoming, and return the messages that are due."""
    rows = [row for row in await open_goals(scope, member.user_id, today) if has_runway(row, today)]
    asked = await asked_goals(scope, rows, team, today)
    rows = [row for row in rows if row.id not in asked]  # how much is missing is not known yet
    seen = await queries.runway_memories(scope, [row.id for row in rows])
    due: list[tuple[int, Outlook, RunwayAlert, RunwayMemory]] = []
    for row, found in zip(rows, await outlooks(scope, rows, member, team, today), strict=True):
        news, memory = alert(found.runway, seen[row.id])
        if news is not None:
            due.append((row.id, found, news, memory))
        elif memory != seen[row.id]:
            await queries.remember_runway(scope, row.id, memory)
    said = said_today([news for _, _, news, _ in due])
    nudges = []
    for goal_id, found, news, memory in due:
        if any(news is each for each in said):
            await withdraw(scope, member.user_id, goal_id, seen[goal_id], now)
            await queries.remember_runway(scope, goal_id, memory)
            nudges.append(nudge(scope, member.user_id, goal_id, found, news, now))
    return nudges


def nudge(
    scope: Scope, user_id: str, goal_id: int, found: Outlook, news: RunwayAlert, now: datetime
) -> Nudge:
    """Return the message about one goal; it has no end: it is judged anew when it leaves."""
    return Nudge(
        key=news.key(subject(scope, user_id, goal_id)),
        kind=RUNWAY_ALERT,
        intent={
            "goal_id": goal_id,
            "said": news.said.value,
            "threshold": news.threshold,
            "crossing": news.crossing,
        },
        why=views.why(found, news),
        not_before=now,
        user_id=user_id,
        subject=f"goal:{goal_id}",
    )


async def withdraw(scope: Scope, user_id: str, goal_id: int, before: RunwayMemory, now: datetime) -> None:
    """Take back the goal's earlier alert if it has not left yet: of several only the latest is read."""
    if before.threshold is not None:
        key = f"runway:{subject(scope, user_id, goal_id)}:{before.threshold}:{before.crossing}"
        await supersede_delivery(scope, RUNWAY_ALERT, user_id, now, LATER_ONE, keys=[key])


def subject(scope: Scope, user_id: str, goal_id: int) -> str:
    return f"{scope.workspace_id}:{user_id}:{goal_id}"


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The alert with the figures of now, or why there is none any more."""
    about = await still_open(scope, delivery, now)
    if isinstance(about, Skip):
        return about
    row, (member, team, today) = about
    intent = delivery.intent
    if not has_runway(row, today):
        return Skip("the period is over")
    (found,) = await standing_outlooks(scope, [row], member, team, today)
    if found.gap <= 0:
        return Skip("the gap closed meanwhile")
    before = RunwayAlert(
        found.runway, RunwaySaid(intent["said"]), int(intent["threshold"]), int(intent["crossing"])
    )
    if before.is_overtaken(found.runway):
        return Skip(LATER_ONE)
    news = before.retold(found.runway)
    if news is None:
        return Skip("the date passed too long ago to be news")
    below = await said_of_weeks(scope, delivery, found, before, team, today)
    return views.alert(found, news, team.fiscal_year_start, below=below)


async def said_of_weeks(
    scope: Scope, delivery: DeliveryRow, found: Outlook, news: RunwayAlert, team: TeamRow, today: date
) -> Mrkdwn | str:
    """Say that a goal has been below plan for weeks while deals can still be opened, once in a spell (12).

    An early warning leaves a short runway to its own alerts, so the first of them says it.
    """
    standing, user_id = found.standing, delivery.user_id
    if found.runway.has_passed or not isinstance(standing, GoalProgress) or user_id is None:
        return ""
    weeks = await untold_weeks(scope, user_id, standing, team, today)
    if not weeks:
        return ""
    of_goal = subject(scope, user_id, standing.goal_id)
    for earlier in (days for days in THRESHOLDS if days > news.threshold):
        row = await delivery_by_key(scope, replace(news, threshold=earlier).key(of_goal))
        if row is not None and local_date(row.created_at, team.zone) > weeks[LEAST_WEEKS - 1].day:
            return ""
    return below_plan(standing, weeks)
