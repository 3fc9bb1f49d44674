"""What a team won, in its digest."""

from handlers.feature import Line, TeamLook, TellingBlock, Tells, Told
from messages.pipeline import win as views
from sales.pipeline.opportunity import Win, by_currency, newest_first
from storage.pipeline.opportunity import wins_between


async def in_digest(look: TeamLook) -> Told | None:
    """What was won in all and, where names are read, by whom, the newest first. Without any, no word is said of it."""
    wins = [
        Win(row.closed_on, look.reps[row.owner_id].name, row.name, row.value_minor, row.currency)
        for row in await wins_between(look.scope, look.reps, look.span.first, look.span.last)
        if row.closed_on is not None and row.owner_id is not None
    ]
    if not wins:
        return None
    more = views.more_wins(len(wins))
    return Told(
        verdict=[Line(views.verdict(len(wins), by_currency(wins)), Tells.TEAM)],
        table=TellingBlock(views.wins_table(newest_first(wins)), Tells.GOOD_NEWS),
        paragraphs=[[Line(more, Tells.GOOD_NEWS)]] if more else [],
        is_news=True,
    )
