"""Questions for P(hit): what a forecast reads of one goal, in plain values."""

from collections.abc import Sequence
from datetime import date

from sales.followups.activity import ActivityKind
from sales.goals.forecast.question import TOGETHER, ForecastRecord, Question, counts_in
from sales.goals.forecast.record import Past
from sales.goals.forecast.snapshot import DealSnapshot
from sales.goals.goal import Target
from sales.goals.progress import GoalProgress
from sales.language.dates.period import Period
from storage.goals.calibration import team_weights
from storage.goals.forecast.snapshot import activities_of, keyed_snapshot
from storage.people.member import members_in
from storage.people.team import TeamRow
from storage.pipeline.deal_stamp import StampedKey
from storage.scope import Scope


def plain(goal: Target) -> Target:
    """Return what a target says and nothing of its row: a question may outlive the unit of work it was read in."""
    return Target.model_construct(**{name: getattr(goal, name) for name in Target.model_fields})


class Reader:
    """Reads what forecasts of one team's goals need on one day, each thing once."""

    def __init__(self, scope: Scope, team: TeamRow, today: date) -> None:
        self.scope = scope
        self.team = team
        self.today = today
        self.pasts: dict[tuple[ActivityKind, date, bool, tuple[str, ...]], Past | None] = {}
        self.snapshots: dict[tuple[str, date, tuple[str, ...]], tuple[DealSnapshot, StampedKey | None]] = {}
        self.people: list[str] | None = None

    async def question(self, standing: GoalProgress) -> Question:
        """Return the question for a goal as it stands."""
        owners = [standing.goal.owner_id]
        return await self.asked(standing.goal, owners, standing.attained, standing.pace.period)

    async def asked(
        self, goal: Target, owners: Sequence[str], done: float, period: Period, day: date | None = None
    ) -> Question:
        """Return the question for these people's target as it was on `day`, by default today, `done` by then.

        One person's is answered from that person's record, several people's as if one rep had done it all.
        """
        rep = owners[0] if len(owners) == 1 else TOGETHER
        record = await self.record(goal, rep, day or self.today, owners if rep == TOGETHER else ())
        return Question(
            record,
            rep,
            plain(goal),
            goal.target,
            done,
            period,
            day or self.today,
            self.team.fiscal_year_start,
            await team_weights(self.scope, self.team),
        )

    async def record(self, goal: Target, rep: str, day: date, owners: Sequence[str]) -> ForecastRecord:
        """Return what a target's forecast reads, as known on `day`: of a rep, or of `owners` together."""
        if goal.activity_kind is not None:
            people = tuple(sorted(owners)) or tuple(sorted({rep, *await self.colleagues()}))
            key = goal.activity_kind, day, bool(owners), people
            if key not in self.pasts:
                self.pasts[key] = await activities_of(
                    self.scope, people, goal.activity_kind, day, together=bool(owners)
                )
            past = self.pasts[key]
            return ForecastRecord(None, past, "nothing" if past is None else past.said)
        asked = counts_in(goal), day, tuple(owners)
        if asked not in self.snapshots:
            self.snapshots[asked] = await keyed_snapshot(self.scope, counts_in(goal), self.today, day, owners)
        known, source = self.snapshots[asked]
        return ForecastRecord(known, known.openings, source)

    async def colleagues(self) -> list[str]:
        """Return the user ids of the team's people."""
        if self.people is None:
            self.people = [member.user_id for member in await members_in(self.scope, self.team.id)]
        return self.people
