"""What is kept of a forecast: what was said on a day, of which target, and what came of it."""

from datetime import date

from sqlmodel import BigInteger, Field, SQLModel

from sales.followups.activity import ActivityKind
from sales.goals.goal import Metric

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
    """How a team's chances are put right from a day on; see `sales.forecast.Calibration`."""

    shift: float
    slope: float
    resolved: int
    model: int = MODEL
    made_on: date
