"""News: a change to a deal is remembered for undo and told with the goals it moved, in one go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.context import Context, Happened, StageMove
from handlers.pipeline.opportunity.shown import deal_card
from handlers.remembered import remember
from messages.blocks import Block, Message, joined
from messages.pipeline import opportunity as views
from messages.pipeline.opportunity import News
from sales.pipeline.deal_history import DealField
from sales.pipeline.opportunity import Stage
from storage.pipeline.deal_history import note_change
from storage.pipeline.opportunity import OpportunityRow, Typed
from storage.row_image import Touched

WON = frozenset({"won"})
OPENED = frozenset({"opened"})


@dataclass(frozen=True)
class DealWon:
    """News: a deal was won, by whom."""

    owner_id: str


@dataclass(frozen=True)
class DealLost:
    """News: a deal was lost, whose, and which; what was said with it is kept by now."""

    owner_id: str
    deal_id: int


def typed(context: Context) -> Typed:
    """Return who is changing a deal, and on which day of theirs."""
    return Typed(context.member.user_id, context.now, context.today)


async def because(context: Context, row: OpportunityRow, reason: str) -> list[Touched]:
    """Put into a deal's history why it was lost or parked, in the words that were given; nothing without any."""
    if not reason:
        return []
    by, _, on = typed(context)
    return [await note_change(context.scope, row.id, DealField.REASON, "", reason, by, on)]


async def tell(
    context: Context,
    what: str,
    summary: str,
    touched: list[Touched],
    counts_as: Collection[str] = (),
    on: date | None = None,
    parts: Sequence[Block] = (),
    asks: Sequence[Block] = (),
    **more: object,
) -> Message:
    """Remember a change and say it; the first row touched is the deal, `counts_as` what happened to it, on `on`.

    `parts` stand right below what is said, `asks` below everything.
    """
    row, undo_id, moved = await noted(context, what, summary, touched, counts_as, on)
    return views.told(News(what, row, undo_id, moved, more, parts, asks), context.today)


async def told_on_card(
    context: Context,
    note: str,
    summary: str,
    touched: list[Touched],
    counts_as: Collection[str] = (),
    on: date | None = None,
) -> Message:
    """Remember a change and show the deal's card with it; everything else is as for `tell`."""
    row, undo_id, moved = await noted(context, "changed", summary, touched, counts_as, on)
    return await deal_card(context, row, joined([note, *moved]), undo_id)


async def noted(
    context: Context,
    what: str,
    summary: str,
    touched: list[Touched],
    counts_as: Collection[str],
    on: date | None,
) -> tuple[OpportunityRow, int, list[str]]:
    """Remember a change; return the deal, how the change is taken back, and which goals it moved."""
    row = touched[0].row
    assert isinstance(row, OpportunityRow)
    action = await remember(context, summary, *touched)
    moved: list[str] = []
    went_on = stage_move(touched[0], row)
    if (counts_as or went_on) and row.owner_id is not None:
        done = Happened(
            row.owner_id,
            on or context.today,
            won="won" in counts_as,
            opened="opened" in counts_as,
            moved=went_on,
        )
        moved = await context.declared.confirm(context, done)
        if what == "won":
            await context.announce(DealWon(row.owner_id))
    if what == "lost" and row.owner_id is not None:
        await context.announce(DealLost(row.owner_id, row.id))
    return row, action.id, moved


def stage_move(deal: Touched, row: OpportunityRow) -> StageMove | None:
    """Return from which stage of its team's an open deal just went to another; None where it did not."""
    was = (deal.before or {}).get(DealField.STAGE_LABEL.value)
    if row.stage is not Stage.OPEN or not was or was == row.stage_label:
        return None
    return StageMove(row.id, str(was), row.stage_label)
