"""Progress: the goals that something just done moved, counted again."""

from collections.abc import Collection
from datetime import date

from sales.followups.activity import ActivityKind
from sales.goals.attainment import Progress, counts_towards
from sales.goals.goal import Metric
from sales.language.dates.period import span
from storage.goals.attainment import attained_of
from storage.goals.goal import open_goals
from storage.people.team import TeamRow
from storage.scope import Scope


async def moved(
    scope: Scope,
    owner_id: str,
    team: TeamRow | None,
    today: date,
    on: date,
    metrics: Collection[Metric],
    kinds: Collection[ActivityKind] = (),
) -> list[Progress]:
    """Return a rep's open goals that something of these metrics done on `on` counts towards."""
    rows = [
        row for row in await open_goals(scope, owner_id, today) if counts_towards(row, on, metrics, kinds)
    ]
    done = await attained_of(scope, rows, today)
    year_start = team.fiscal_year_start if team is not None else 1
    return [
        Progress(row, span(row.starts_on, row.ends_on, year_start).label, count)
        for row, count in zip(rows, done, strict=True)
    ]
