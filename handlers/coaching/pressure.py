"""Calm under pressure: a quiet word to the rep alone when a chance falls sharply late in a period (mechanism 9)."""

from datetime import date, datetime, timedelta

from handlers.feature import Feature, Job, Kind, Rendered, Subject
from handlers.goals.goal.still_open import still_open
from messages.coaching import pressure as views
from sales.coaching.pressure import MOST, PRESSURE, PRESSURE_CHECK, pressure_check_spec
from sales.language.dates.instants import local_date
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Ambiguity, Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import CatchUp, Occurrence
from storage.coaching.pressure import UnderPressure, small_step, under_pressure
from storage.goals.goal import open_goals
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.in_team import at_work
from storage.scope import Scope

WORTH_SAYING = timedelta(days=2)  # a later one speaks of another day


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for one quiet word about the goal that ends soonest, if its chance fell; on a day off nothing is judged."""
    owner = await at_work(scope, schedule.subject_id, now)
    if owner is None or not owner.member.is_rep:
        return []
    member, team, today = owner
    for row in await open_goals(scope, member.user_id, today):
        told = await told_before(scope, member.user_id, row.id)
        if len(told) >= MOST:
            continue
        last = local_date(max(told), member.zone) if told else None
        found = await under_pressure(scope, row, team, today, last)
        if found is not None:
            return [nudge(scope, member.user_id, found, len(told), last, now)]
    return []


def key_of(scope: Scope, user_id: str, goal_id: int, number: int) -> str:
    """Return what makes a word unique: its goal, and which of the few of a period it is."""
    return f"{PRESSURE}:{scope.workspace_id}:{user_id}:{goal_id}:{number}"


async def told_before(scope: Scope, user_id: str, goal_id: int) -> list[datetime]:
    """Return when this goal's words were asked for so far."""
    rows = [await delivery_by_key(scope, key_of(scope, user_id, goal_id, number)) for number in range(MOST)]
    return [row.created_at for row in rows if row is not None]


def nudge(
    scope: Scope, user_id: str, found: UnderPressure, number: int, last: date | None, now: datetime
) -> Nudge:
    """Return the word about one goal; it is judged anew when it leaves."""
    goal_id = found.standing.goal_id
    return Nudge(
        key=key_of(scope, user_id, goal_id, number),
        kind=PRESSURE,
        intent={"goal_id": goal_id, "told_on": last.isoformat() if last is not None else ""},
        why=views.why(found.standing, found.fall),
        not_before=now,
        user_id=user_id,
        subject=f"goal:{goal_id}",
        expires_at=now + WORTH_SAYING,
    )


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The word with the step of now, or why there is none any more."""
    about = await still_open(scope, delivery, now)
    if isinstance(about, Skip):
        return about
    row, (_, team, today) = about
    told = str(delivery.intent.get("told_on") or "")
    found = await under_pressure(scope, row, team, today, date.fromisoformat(told) if told else None)
    if found is None:
        return Skip("its chance is better again, or it is reached")
    return views.quiet_word(found.standing, await small_step(scope, found.standing, today), found.fall)


FEATURE = Feature(
    name="pressure",
    jobs=(
        Job(
            PRESSURE_CHECK, CatchUp.LEVEL, decide, of=Subject.MEMBER, spec=pressure_check_spec, accounts=False
        ),
    ),
    kinds=(
        Kind(
            NudgeKind(
                PRESSURE,
                "Quiet word",
                "when the chance of a goal falls sharply late in its period",
                news=True,
                for_reps=True,
                bundles=False,
                topic=Topic.GOALS,
                order=35,
            ),
            render,
            ambiguity=Ambiguity.SKIP,
        ),
    ),
)
