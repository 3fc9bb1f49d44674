"""A quarter's start: who has no goal in it is asked once, with the target that their own last quarter suggests."""

from datetime import date, datetime, timedelta

from handlers.feature import Rendered
from handlers.goals.goal.owner import Owner
from handlers.goals.goal.suggestion import blank_goal
from handlers.nudges.addressee import reader_in_team
from messages.goals import suggestion as views
from sales.goals.goal import Goal
from sales.goals.suggestion import is_asked_on
from sales.language.dates.period import Period, PeriodKind, period_containing
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from storage.goals.goal import open_goals
from storage.goals.suggestion import suggestion, unstored_progress_with_chance
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Scope

KIND = "goal_asked"
WORTH_ASKING = timedelta(days=4)  # later in the quarter it would only be a reproach


async def asked(scope: Scope, member: MemberRow, team: TeamRow, today: date, now: datetime) -> list[Nudge]:
    """Ask for the question, on the first and the third working day of a quarter; the ledger keeps it to one."""
    period = quarter_of(team, today)
    if not is_asked_on(period, today, await calendar_of(scope, team, member)):
        return []
    if await has_goal(scope, member, today) or await suggested_in(scope, member, team, today) is None:
        return []
    return [
        Nudge(
            key=f"{KIND}:{scope.workspace_id}:{member.user_id}:{period.start.isoformat()}",
            kind=KIND,
            intent={},
            why=views.why_asked(period),
            not_before=now,
            user_id=member.user_id,
            expires_at=now + WORTH_ASKING,
        )
    ]


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The question as things stand, or why there is none any more."""
    reader = await reader_in_team(scope, delivery, now)
    if isinstance(reader, Skip):
        return reader
    member, team, today = reader
    wanted = await suggested_in(scope, member, team, today)
    if wanted is None or await has_goal(scope, member, today):
        return Skip("there is a goal by now")
    found = await suggestion(scope, wanted, team, today)
    assert found is not None
    return views.asked(found, await unstored_progress_with_chance(scope, wanted, team, today))


def quarter_of(team: TeamRow, today: date) -> Period:
    """Return the quarter that a team is in."""
    return period_containing(PeriodKind.QUARTER, today, team.fiscal_year_start)


async def has_goal(scope: Scope, member: MemberRow, today: date) -> bool:
    """Say whether somebody has a goal that runs today."""
    return any(row.starts_on <= today for row in await open_goals(scope, member.user_id, today))


async def suggested_in(scope: Scope, member: MemberRow, team: TeamRow, today: date) -> Goal | None:
    """Return the goal that is suggested for this quarter; None where nothing tells one."""
    blank = blank_goal(Owner(member, team, today, None), quarter_of(team, today))
    found = await suggestion(scope, blank, team, today)
    return blank.model_copy(update={"target": found.target}) if found is not None else None
