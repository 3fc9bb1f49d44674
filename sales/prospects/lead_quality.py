"""Lead quality: what marketing is told each week of the leads it brought (mechanism 38).

How many came, by source; how many of those that sales decided were accepted, and why others were not; how many nobody
touched. Nobody's name is in it, and no figure that only one lead or one rep can be behind: a source counts by name from
two leads on, what was decided from three leads on, and in a team of one rep not at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from sales.language.dates.instants import local_date
from sales.language.names.match import name_key
from sales.nudges.schedule import ScheduleSpec
from sales.people.team import Team
from sales.prospects.lead import RejectCause

LEAD_QUALITY = "lead_quality"
POST_AT = time(9, 0)
LEAST_OF_SOURCE = 2  # leads, with which a source is named: one may be named after who it is
LEAST_DECIDED = 3  # leads, of which it is said what sales decided
LEAST_REPS = 2  # in whose team it is said
MOST_SOURCES = 5
MOST_REASONS = 3


class SourceCount(NamedTuple):
    """What came from a source in a week. The name is as most of its leads have it; empty where none has one."""

    name: str
    came: int
    untouched: int = 0
    accepted: int = 0
    decided: int = 0


@dataclass(frozen=True)
class LeadQuality:
    """A week's leads as marketing reads them.

    `sources` are by how many came; `other` is what came from sources that are not told apart. `accepted` of `decided`
    were decided in the week, whenever they came; None where they are too few to be nobody's. `reasons` are why leads
    were rejected, those told most first. `untouched` is how many wait that nobody called or decided, since `oldest`.
    """

    came: int
    sources: tuple[SourceCount, ...]
    other: int
    accepted: int | None
    decided: int
    reasons: tuple[tuple[RejectCause, int], ...]
    untouched: int
    oldest: datetime | None


class WeekOfLeads(NamedTuple):
    """What is counted of a week: what came by source as written, what was decided, and what waits."""

    came: Sequence[SourceCount]
    accepted: int
    rejected: Mapping[RejectCause, int]
    untouched: int
    oldest: datetime | None
    reps: int


def lead_quality(week: WeekOfLeads) -> LeadQuality | None:
    """Return what marketing reads of a week; None where nothing came and nothing waits."""
    came = sum(one.came for one in week.came)
    decided = week.accepted + sum(week.rejected.values())
    if not came and not decided and not week.untouched:
        return None
    together = by_name(week.came)
    named = [one for one in together if one.name and one.came >= LEAST_OF_SOURCE][:MOST_SOURCES]
    tells = week.reps >= LEAST_REPS and decided >= LEAST_DECIDED
    reasons = sorted(week.rejected.items(), key=lambda one: (-one[1], one[0] is RejectCause.OTHER, one[0]))
    return LeadQuality(
        came=came,
        sources=tuple(
            one if tells and one.decided >= LEAST_DECIDED else one._replace(accepted=0, decided=0)
            for one in named
        ),
        other=came - sum(one.came for one in named),
        accepted=week.accepted if tells else None,
        decided=decided,
        reasons=tuple(reasons[:MOST_REASONS]) if tells else (),
        untouched=week.untouched,
        oldest=week.oldest,
    )


def by_name(found: Sequence[SourceCount]) -> list[SourceCount]:
    """Return sources with those spelled alike as one, by how many came."""
    spelled: dict[str, list[SourceCount]] = {}
    for one in found:
        spelled.setdefault(name_key(one.name), []).append(one)
    together = [
        SourceCount(
            max(each, key=lambda one: one.came).name,
            sum(one.came for one in each),
            sum(one.untouched for one in each),
            sum(one.accepted for one in each),
            sum(one.decided for one in each),
        )
        for each in spelled.values()
    ]
    return sorted(together, key=lambda one: (-one.came, one.name.casefold()))


def quality_spec(team: Team, team_id: int) -> ScheduleSpec:
    """Return when marketing's channel is told: on the first working day of a week, where a channel was named."""
    first = next(day for day in range(7) if team.workdays >> day & 1)
    on = team.marketing_channel is not None
    return ScheduleSpec(LEAD_QUALITY, str(team_id), team.zone, POST_AT, 1 << first, 0, on)


def waited(oldest: datetime, zone: str, today: date) -> int:
    """Return for how many days of a zone the oldest lead has waited."""
    return max(0, (today - local_date(oldest, zone)).days)
