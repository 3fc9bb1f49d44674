"""What a team won, in its digest."""

from handlers.feature import Line, TeamLook, Tells, Told
from messages.pipeline import win as views
from sales.pipeline.opportunity import Win, by_currency, newest_first
from storage.pipeline.opportunity import wins_between


async def in_digest(look: TeamLook) -> Told:
    """What was won in all and, where names are read, by whom, the newest first."""
    wins = [
        Win(row.closed_on, look.reps[row.owner_id].name, row.name, row.value_minor, row.currency)
        for row in await wins_between(look.scope, look.reps, look.span.first, look.span.last)
        if row.closed_on is not None and row.owner_id is not None
    ]
    total = by_currency(wins)
    named = [Line(text, Tells.GOOD_NEWS) for text in views.lines(newest_first(wins))]
    return Told(
        [[Line(views.won(len(wins), total), Tells.TEAM), *named]],
        text=views.text(len(wins), total) if wins else "",
        is_news=bool(wins),
    )
