"""P(hit) of goals as they stand: the figure of each, and for some what moved it and what would move it most."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sales.goals.forecast.changes import best, is_loose, is_quiet, moved_since
from sales.goals.forecast.forecast import Forecast
from sales.goals.forecast.question import Question, largest_target
from sales.goals.goal import Goal, Measure, Target
from sales.goals.goal_chance import LOOK_BACK, GoalChance
from sales.goals.progress import GoalProgress, TargetProgress
from sales.language.dates.instants import local_date
from sales.language.dates.period import Period
from storage.goals import attainment
from storage.goals.calibration import team_calibration
from storage.goals.forecast.inputs import open_deals
from storage.goals.forecast.memo import answers, worked
from storage.goals.forecast.reader import Reader
from storage.goals.forecast.snapshot import MOST_COMPARED, deals_in
from storage.goals.goal import goal_history
from storage.people.team import TeamRow
from storage.scope import Scope

EVEN = 0.5


async def with_chances(
    scope: Scope, standings: Sequence[GoalProgress], team: TeamRow, today: date
) -> list[GoalProgress]:
    """Return these goals of people of one team with P(hit) of each."""
    reader = Reader(scope, team, today)
    found = await answers(scope, [await reader.question(one) for one in standings])
    right = await team_calibration(scope, team)
    return [
        replace(one, chance=GoalChance(forecast).calibrated(right))
        for one, forecast in zip(standings, found, strict=True)
    ]


async def chance_of(
    scope: Scope, goal: Goal, done: float, period: Period, team: TeamRow, today: date
) -> Forecast:
    """Return P(hit) of a goal that need not be stored: a target that is being typed."""
    asked = await Reader(scope, team, today).asked(goal, [goal.owner_id], done, period)
    found = await worked(scope, Question.answer, asked)
    right = await team_calibration(scope, team)
    return found.calibrated(right) if right is not None else found


async def even_odds(
    scope: Scope, goal: Goal, done: float, period: Period, team: TeamRow, today: date
) -> float | None:
    """Return the largest target that is as likely hit as not, found by asking the model; None where it knows none.

    It is asked of a target past what is done: one that is reached has its chance without any record.
    """
    open_goal = goal.model_copy(update={"target": max(goal.target, int(done) + 1)})
    asked = await (Reader(scope, team, today)).asked(open_goal, [goal.owner_id], done, period)
    if (await worked(scope, Question.answer, asked)).chance is None:
        return None
    right = await team_calibration(scope, team)
    return await worked(scope, largest_target, asked, right.before(EVEN) if right is not None else EVEN)


async def explained_chance(
    scope: Scope,
    standing: GoalProgress,
    team: TeamRow,
    today: date,
    zone: str,
    by: date | None = None,
    count: int | None = None,
) -> GoalProgress:
    """Return a rep's goal with P(hit), what moved it since a week ago, and the one action that would most.

    `by` is the last day to open a deal that can still be won in time, None where it is unknown; `count` as for `moves`.
    """
    reader, goal = Reader(scope, team, today), standing.goal
    now = await reader.question(standing)
    chance = GoalChance(await worked(scope, Question.answer, now))
    if chance.is_settled or chance.forecast.chance is None:
        return replace(standing, chance=chance)
    aimed = await target_on(scope, standing, compared_day(today), zone)
    chance = await since_last_week(scope, reader, now, chance, [goal.owner_id], aimed)
    own = await open_deals(scope, goal.owner_id, today) if now.is_of_deals and now.is_quick else []
    quiet = [deal.record for deal in own if is_quiet(deal, today) and is_loose(deal, now.period.end)]
    move, names = await worked(scope, best, now, own, quiet, by, count)
    chance = replace(chance, best=move, names=names)
    return replace(standing, chance=chance.calibrated(await team_calibration(scope, team)))


async def compared_chances(
    scope: Scope, standings: Sequence[GoalProgress], team: TeamRow, today: date
) -> list[GoalProgress]:
    """Return these goals of people of one team with P(hit) of each, and what that was a week ago; not what moved it."""
    found, right = [], await team_calibration(scope, team)
    for one in standings:
        reader = Reader(scope, team, today)
        now = await reader.question(one)
        chance = GoalChance(await worked(scope, Question.answer, now))
        if not chance.is_settled and chance.forecast.chance is not None:
            aimed = await target_on(scope, one, compared_day(today), team.zone)
            before = await week_before(scope, reader, now, [one.goal.owner_id], aimed)
            figure = (await worked(scope, Question.answer, before)).chance if before is not None else None
            if figure is not None:
                chance = replace(chance, since=compared_day(today), before=figure)
        found.append(replace(one, chance=chance.calibrated(right)))
    return found


async def team_chance(
    scope: Scope, standing: TargetProgress, owners: Sequence[str], team: TeamRow, today: date
) -> TargetProgress:
    """Return a team's goals added up with the team's own P(hit), and what moved it since a week ago.

    One rep's goal has that rep's own number, under whichever name it is shown.
    """
    everybody = sorted(set(owners))
    reader = Reader(scope, team, today)
    now = await reader.asked(standing.goal, everybody, standing.attained, standing.pace.period)
    chance = GoalChance(await worked(scope, Question.answer, now))
    if not chance.is_settled and chance.forecast.chance is not None:
        chance = await since_last_week(scope, reader, now, chance, everybody, standing.goal.target)
    return replace(standing, chance=chance.calibrated(await team_calibration(scope, team)))


async def since_last_week(
    scope: Scope,
    reader: Reader,
    now: Question,
    chance: GoalChance,
    owners: Sequence[str],
    aimed: int,
) -> GoalChance:
    """Return the chance with what moved it since a week ago; as it is where there was no figure then.

    `aimed` is what the target was then. With very many deals the chance stays as it is too: reading them twice would
    let somebody wait.
    """
    before = await week_before(scope, reader, now, owners, aimed)
    figure = (await worked(scope, Question.answer, before)).chance if before is not None else None
    if before is None or figure is None:
        return chance
    moved = await worked(scope, moved_since, before, now)
    return replace(chance, since=compared_day(reader.today), before=figure, moved=moved)


async def week_before(
    scope: Scope, reader: Reader, now: Question, owners: Sequence[str], aimed: int
) -> Question | None:
    """Return the same question as it was a week ago, towards what was aimed for then; None with very many deals."""
    if now.record.known is not None and deals_in(now.record.known) > MOST_COMPARED:
        return None
    day = compared_day(reader.today)
    done = sum(await attainment.attained_of(scope, [measure_of(now.goal, owner) for owner in owners], day))
    return replace(await reader.asked(now.goal, owners, done, now.period, day), target=aimed)


def compared_day(today: date) -> date:
    """Return the day that a chance is compared with."""
    return today - timedelta(days=LOOK_BACK)


def measure_of(goal: Target, owner_id: str) -> Measure:
    """Return what one person did towards a target."""
    return Measure(owner_id, goal.metric, goal.starts_on, goal.ends_on, goal.activity_kind, goal.currency)


async def target_on(scope: Scope, standing: GoalProgress, day: date, zone: str) -> int:
    """Return what a goal aimed for on a day; today's target where it was set later, as nothing moved then."""
    changes = (await goal_history(scope, [standing.goal_id]))[standing.goal_id]
    said = [change.target for change in changes if local_date(change.changed_at, zone) <= day]
    return said[-1] if said else standing.goal.target
