"""`/team scoring`: how good a team's scores are, by which facts, what does not count, and what changed."""

from datetime import date

from handlers.ahead import ahead
from handlers.context import Context, Preflight, prefetch
from handlers.people.team import team_to_read
from handlers.reply import Reply
from messages.prospects import score as views
from sales.language.dates.instants import local_date
from sales.prospects.score.news import news
from sales.prospects.score.scoring import Scoring
from storage.people.team import TeamRow
from storage.prospects.score.live import TeamScoring, worked_out
from storage.prospects.score.month import keep_scoring, scoring_before
from storage.scope import Scope

NAMED = "The scoring"


async def learned_ahead(context: Context) -> TeamScoring:
    """Return what the outcomes of the team that is meant teach, as of now."""
    team = await team_to_read(context, NAMED)
    return await worked_out(context.scope, team, local_date(context.now, team.zone))


async def read_ahead(preflight: Preflight) -> TeamScoring | None:
    """Work it out before the unit of work, as it takes long."""
    return await ahead(preflight, learned_ahead)


@prefetch(read_ahead)
async def show(context: Context) -> Reply:
    """`/team scoring`: worked out as of now, and kept for the month, so that the next one can say what changed.

    Raises:
        Refusal: if it is not clear which team, or its figures are not theirs to read.
    """
    team = await team_to_read(context, NAMED)
    today = local_date(context.now, team.zone)
    found: TeamScoring = context.prefetched or await worked_out(context.scope, team, today)
    every = [one for one in found if one is not None]
    parts = [await part_of(context.scope, team, one, today) for one in every]
    for one in every:
        await keep_scoring(context.scope, team.id, one, today)
    return Reply(say=views.page(team.name, parts))


async def part_of(scope: Scope, team: TeamRow, found: Scoring, today: date) -> views.ScoringPart:
    """Return what outcomes teach, beside what they taught by the end of the month before that anything is kept of."""
    row = await scoring_before(scope, team.id, today.replace(day=1), found.basis)
    before = row.scoring if row is not None else None
    if row is None or before is None:
        return views.ScoringPart(found)
    return views.ScoringPart(found, news(before, found), row.month)
