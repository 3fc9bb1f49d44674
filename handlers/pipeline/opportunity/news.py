"""News: a change to a deal is remembered for undo and told with the goals it moved, in one go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.context import Context, Happened
from handlers.remembered import remember
from messages.blocks import Block, Message
from messages.pipeline import opportunity as views
from messages.pipeline.opportunity import News
from storage.pipeline.opportunity import OpportunityRow, Typed
from storage.row_image import Touched

WON = frozenset({"won"})
OPENED = frozenset({"opened"})


@dataclass(frozen=True)
class DealWon:
    """News: a deal was won, by whom."""

    owner_id: str


def typed(context: Context) -> Typed:
    """Return who is changing a deal, and on which day of theirs."""
    return Typed(context.member.user_id, context.now, context.today)


async def tell(
    context: Context,
    what: str,
    summary: str,
    touched: list[Touched],
    counts_as: Collection[str] = (),
    on: date | None = None,
    parts: Sequence[Block] = (),
    **more: object,
) -> Message:
    """Remember a change and say it; the first row touched is the deal, `counts_as` what happened to it, on `on`.

    `parts` stand below what is said.
    """
    row = touched[0].row
    assert isinstance(row, OpportunityRow)
    action = await remember(context, summary, *touched)
    moved: list[str] = []
    if counts_as and row.owner_id is not None:
        done = Happened(
            row.owner_id, on or context.today, won="won" in counts_as, opened="opened" in counts_as
        )
        moved = await context.declared.confirm(context, done)
        if what == "won":
            await context.announce(DealWon(row.owner_id))
    return views.told(News(what, row, action.id, moved, more, parts), context.today)
