"""What scoring said in a month, as it is kept, so that the next one can say what changed (mechanism 37)."""

from datetime import date, time
from functools import cache

from pydantic import TypeAdapter, ValidationError
from sqlmodel import SQLModel

from sales.nudges.schedule import EVERY_DAY, ScheduleSpec
from sales.people.team import Team
from sales.prospects.score.scoring import SCORING_VERSION, ScoreBasis, Scoring

SCORING = "scoring"
SCORING_AT = time(4, 30)  # the day before is over, and nobody waits
SCORING_SPREAD = 1800  # seconds, so that many teams do not learn at once


class KeptScoring(SQLModel):
    """What a team's outcomes taught by the last day of a month that it was worked out on; `content` is all of it.

    `month` is the first day of the month.
    """

    team_id: int
    month: date
    basis: ScoreBasis
    version: int = SCORING_VERSION
    made_on: date
    cases: int = 0
    content: str

    @property
    def scoring(self) -> Scoring | None:
        """What was said; None of another version, whose figures are no comparison."""
        if self.version != SCORING_VERSION:
            return None
        try:
            return form().validate_json(self.content)
        except ValidationError:  # an erasure took a name out of it that stood in its way
            return None


def kept(found: Scoring, team_id: int, today: date) -> KeptScoring:
    """Return what is said of a team on a day, as it is kept for its month."""
    return KeptScoring(
        team_id=team_id,
        month=today.replace(day=1),
        basis=found.basis,
        made_on=today,
        cases=found.cases,
        content=form().dump_json(found).decode(),
    )


@cache
def form() -> TypeAdapter[Scoring]:
    """Return what writes and reads one; made when it is first needed, as a start is short."""
    return TypeAdapter(Scoring)


def scoring_spec(team: Team, team_id: int) -> ScheduleSpec:
    """Return when what a team's outcomes teach is worked out: every night, which costs nothing while none is new."""
    return ScheduleSpec(SCORING, str(team_id), team.zone, SCORING_AT, EVERY_DAY, SCORING_SPREAD, enabled=True)
