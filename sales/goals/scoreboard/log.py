"""What is kept of a forecast: what was said on a day, of which target, and what came of it."""

from collections.abc import Sequence
from datetime import date, time

from sqlmodel import BigInteger, Field, SQLModel

from sales.followups.activity import ActivityKind
from sales.goals.forecast.calibration import Calibration
from sales.goals.forecast.forecast import Forecast
from sales.goals.forecast.question import Question
from sales.goals.forecast.weights import EVEN
from sales.goals.goal import Metric
from sales.goals.scoreboard.baselines import Rivals, rivals_in_counts, rivals_in_deals
from sales.nudges.schedule import EVERY_DAY, ScheduleSpec
from sales.people.team import Team

FORECAST_LOG = "forecast_log"
FORECAST_LOG_AT = time(5, 0)  # the day before is over in every zone of the team, and nobody waits
FORECAST_LOG_SPREAD = 1800  # seconds, so that many teams do not count at once

MODEL = 1  # raise it whenever the same record gives another figure: versions are never scored together


class LoggedForecast(SQLModel):
    """P(hit) of one goal as it stood at the end of one local day, and what others would have said.

    It belongs to the target and the days it was made for, whatever the goal says later, and is resolved by what
    counted on the last of those days. `chance` is the model's, in 0..1, `shown` what people read (the same unless
    it was put right), `floor` and `survival` its halves. `run_rate` and `stages` are 0, 1 or ½ where they cannot
    say yet; `stages` is None where deals have no part in it. `done` and `attained` are in the goal's unit.
    """

    goal_id: int
    day: date
    team_id: int
    owner_id: str
    metric: Metric
    activity_kind: ActivityKind | None = None
    currency: str = Field(default="USD", max_length=3)
    target: int
    starts_on: date
    ends_on: date
    done: int = Field(sa_type=BigInteger)
    chance: float
    shown: float
    floor: float | None = None
    survival: float | None = None
    run_rate: float
    soft: float
    stages: float | None = None
    model: int = MODEL
    hit: bool | None = None
    attained: int | None = Field(default=None, sa_type=BigInteger)
    resolved_on: date | None = None


class KeptCalibration(SQLModel):
    """What a team's resolved forecasts taught: how chances are put right, and what each half of one weighs.

    See `Calibration` and `Weights`; `resolved` is 0 where chances stay as they are, `weighed` counts for the weights.
    """

    shift: float = 0.0
    slope: float = 1.0
    resolved: int = 0
    survival_weight: float = EVEN.survival
    weighed: int = 0
    model: int = MODEL
    made_on: date


def spoken(
    asked: Sequence[tuple[int, Question]], team_id: int, found: Calibration | None
) -> list[LoggedForecast]:
    """Return what is said of each of these goals; nothing of one that there is no figure for."""
    said = []
    for goal_id, one in asked:
        forecast = one.answer()
        if forecast.chance is not None:
            said.append(logged(goal_id, team_id, one, forecast, forecast.chance, found))
    return said


def logged(
    goal_id: int, team_id: int, asked: Question, forecast: Forecast, chance: float, found: Calibration | None
) -> LoggedForecast:
    goal, others = asked.goal, rivals(asked)
    return LoggedForecast(
        goal_id=goal_id,
        day=asked.today,
        team_id=team_id,
        owner_id=asked.rep,
        metric=goal.metric,
        activity_kind=goal.activity_kind,
        currency=goal.currency,
        target=goal.target,
        starts_on=goal.starts_on,
        ends_on=goal.ends_on,
        done=int(asked.done),
        chance=chance,
        shown=found.of(chance) if found is not None else chance,
        floor=forecast.floor,
        survival=forecast.survival,
        **others._asdict(),
    )


def rivals(asked: Question) -> Rivals:
    """Return what others would have said of the same goal from the same record."""
    known = asked.record.known
    if known is None or not asked.is_of_deals:
        return rivals_in_counts(asked.target, asked.done, asked.period, asked.today)
    return rivals_in_deals(known, asked.rep, asked.target, asked.done, asked.period, in_deals=asked.in_deals)


def forecast_log_spec(team: Team, team_id: int) -> ScheduleSpec:
    """Return when a team's forecasts of the day before are written down: every day, also when nobody is told any."""
    return ScheduleSpec(
        FORECAST_LOG, str(team_id), team.zone, FORECAST_LOG_AT, EVERY_DAY, FORECAST_LOG_SPREAD, enabled=True
    )
