"""Word that a goal has been below plan for two weeks, once in a spell and while there is time (mechanism 12)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from handlers.feature import Feature, Job, Kind, Rendered, Subject
from handlers.goals.goal.still_open import still_open
from messages.goals import pace_warning as views
from sales.goals.burn_up import BurnUpPoint
from sales.goals.pace_warning import PACE_CHECK, PACE_WARNING, pace_check_spec
from sales.goals.progress import GoalProgress
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Ambiguity, Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import CatchUp, Occurrence
from storage.goals.goal import open_goals
from storage.goals.pace_warning import BelowPlan, below_plan, weeks_below
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.in_team import at_work
from storage.people.team import TeamRow
from storage.scope import Scope

WORTH_SAYING = timedelta(days=4)  # a later one speaks of another week


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for the warning of the goal that has the most time left, if one is due; another waits for its own day.

    On a rep's day off nothing is judged.
    """
    owner = await at_work(scope, schedule.subject_id, now)
    if owner is None:
        return []
    member, team, today = owner
    rows = await open_goals(scope, member.user_id, today)
    for found in await below_plan(scope, rows, member, team, today):
        key = key_of(scope, member.user_id, found.standing.goal_id, found.spell)
        if await delivery_by_key(scope, key) is None:
            return [nudge(key, member.user_id, found, now)]
    return []


def key_of(scope: Scope, user_id: str, goal_id: int, spell: Sequence[BurnUpPoint]) -> str:
    """Return what makes a warning unique: its goal, and the week in which its spell began."""
    return f"{PACE_WARNING}:{scope.workspace_id}:{user_id}:{goal_id}:{spell[0].day.isoformat()}"


async def untold_weeks(
    scope: Scope, user_id: str, standing: GoalProgress, team: TeamRow, today: date
) -> list[BurnUpPoint]:
    """Return the weeks that a goal has been below plan, as far as nobody was told of them: another message may."""
    spell = await weeks_below(scope, standing, team, today)
    if spell and await delivery_by_key(scope, key_of(scope, user_id, standing.goal_id, spell)) is not None:
        return []
    return spell


def nudge(key: str, user_id: str, found: BelowPlan, now: datetime) -> Nudge:
    """Return the message about one goal; it is judged anew when it leaves."""
    goal_id = found.standing.goal_id
    return Nudge(
        key=key,
        kind=PACE_WARNING,
        intent={"goal_id": goal_id},
        why=views.why(found.standing, found.spell),
        not_before=now,
        user_id=user_id,
        subject=f"goal:{goal_id}",
        expires_at=now + WORTH_SAYING,
    )


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The warning with the figures of now, or why there is none any more."""
    about = await still_open(scope, delivery, now)
    if isinstance(about, Skip):
        return about
    row, (member, team, today) = about
    found = await below_plan(scope, [row], member, team, today)
    if not found:
        return Skip("it is not below plan any more, or there is no time left")
    (one,) = found
    return views.warning(one.standing, one.spell, one.runway, one.week)


FEATURE = Feature(
    name="pace_warning",
    jobs=(Job(PACE_CHECK, CatchUp.LEVEL, decide, of=Subject.MEMBER, spec=pace_check_spec, accounts=False),),
    kinds=(
        Kind(
            NudgeKind(
                PACE_WARNING,
                "Early warning",
                "when a goal has been below plan for two weeks, while there is time",
                news=True,
                for_reps=True,
                topic=Topic.GOALS,
                order=21,
            ),
            render,
            ambiguity=Ambiguity.REPEAT,
        ),
    ),
)
