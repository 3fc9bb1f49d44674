"""The game: two deals at a time, keep or give away, in one message; then you against the model."""

from collections.abc import Sequence

from handlers.context import Context
from handlers.remembered import remember
from handlers.reply import Reply
from messages.audit import halve as views
from messages.blocks import Message
from sales.audit.halve import LEAST_DEALS, halving_period
from sales.audit.halving import HalvingBoard, Whose
from sales.language.figures import plural
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.opportunity import Waking, parked
from sales.refusal import Refusal
from storage.audit import halve as queries
from storage.pipeline.cycle import record_on
from storage.pipeline.deal_facts import deal_facts
from storage.pipeline.opportunity import Typed, change_opportunity, open_deals
from storage.pipeline.stage import stages_of
from storage.row_image import Touched


async def command(context: Context) -> Reply:
    """`/pipeline halve`: goes on where it was left, or begins."""
    row = await queries.current_halving(context.scope, context.member.user_id, context.today)
    if row is not None:
        board = await queries.board_of(context.scope, row, context.today)
        if len(board.deals) >= LEAST_DEALS:
            return Reply(say=await shown(context, board))
    return Reply(say=await begun(context))


async def begun(context: Context) -> Message:
    """Begin a halving of the person's open deals; with fewer than two there is nothing to ask."""
    team = context.their_team
    period = halving_period(context.today, team.fiscal_year_start)
    owner = context.member.user_id
    found = await queries.deals_to_halve(context.scope, owner, team.currency, context.today, period.end)
    if len(found.deals) < LEAST_DEALS:
        return views.too_few(len(found.deals), found.others)
    row = await queries.start_halving(context.scope, owner, found, context.today, period)
    return views.pair(await queries.board_of(context.scope, row, context.today), found.others)


async def shown(
    context: Context, board: HalvingBoard, at: int = 0, noted: views.PlanNoted | None = None
) -> Message:
    """Return a halving as it stands: the next pair, or what it came to with disagreement number `at`."""
    if board.pair:
        return views.pair(board)
    knows = (await record_on(context.scope, board.halving.started_on)).cycle.has_history
    return views.stands(board, await facts_of_kept(context, board), at, knows=knows, noted=noted)


async def facts_of_kept(context: Context, board: HalvingBoard) -> dict[int, DealFacts]:
    """Return what stands beside the kept deals that are still open."""
    ids = {one.pick.opportunity_id for one in board.kept}
    rows = await open_deals(context.scope, context.member.user_id, context.today)
    mine = [row for row in rows if row.id in ids]
    stages = await stages_of(context.scope, context.member.team_id)
    return {facts.deal.id: facts for facts in await deal_facts(context.scope, mine, stages)}


async def board_meant(context: Context, halving_id: str) -> HalvingBoard:
    """Return the halving a button is about.

    Raises:
        Refusal: if it is gone, or somebody else's.
    """
    row = await queries.find_halving(context.scope, int(halving_id))
    if row is None or row.owner_id != context.member.user_id:
        raise Refusal(views.refused("gone"))
    return await queries.board_of(context.scope, row, context.today)


async def carried(context: Context) -> tuple[HalvingBoard, list[int]]:
    """Return the halving a button is about, and the numbers it carries beside."""
    halving_id, *rest = context.request.value.split(":")
    return await board_meant(context, halving_id), [int(one) for one in rest]


async def answered(context: Context, board: HalvingBoard, ids: Sequence[int], *, kept: bool) -> Reply:
    """Note an answer, and show what is next; what was answered already stays as it is."""
    waiting = [one.id for one in board.waiting if one.id in ids]
    if waiting and not (kept and board.is_full):
        await queries.answer_picks(context.scope, board.id, waiting, kept=kept)
    return Reply(edit=await shown(context, await board_meant(context, str(board.id))))


async def keep(context: Context) -> Reply:
    board, ids = await carried(context)
    return await answered(context, board, ids, kept=True)


async def give(context: Context) -> Reply:
    board, ids = await carried(context)
    return await answered(context, board, ids, kept=False)


async def give_rest(context: Context) -> Reply:
    """Half is kept: everything that waits is given away."""
    board, _ = await carried(context)
    return await answered(context, board, [one.id for one in board.waiting], kept=False)


async def turn(context: Context) -> Reply:
    """Show another disagreement."""
    board, (at, *_) = await carried(context)
    return Reply(edit=await shown(context, board, at))


async def swap(context: Context) -> Reply:
    """Keep what the model would, in the place of a kept one where half is kept; twice it changes nothing more."""
    board, (yours, models) = await carried(context)
    if models in board.half(Whose.MODEL) - board.half(Whose.YOURS):
        await queries.answer_picks(context.scope, board.id, [yours], kept=False)
        board = await board_meant(context, str(board.id))
        if not board.is_full:
            await queries.answer_picks(context.scope, board.id, [models], kept=True)
        board = await board_meant(context, str(board.id))
    return Reply(edit=await shown(context, board))


async def start_over(context: Context) -> Reply:
    """Begin anew, with the deals as they are open today; a second click goes on with what the first began."""
    board, _ = await carried(context)
    newest = await queries.current_halving(context.scope, context.member.user_id, context.today)
    if newest is not None and newest.id != board.id:
        return Reply(edit=await shown(context, await queries.board_of(context.scope, newest, context.today)))
    return Reply(edit=await begun(context))


async def park(context: Context) -> Reply:
    """The game is meant: what was given away leaves the forecast until something happens there (mechanism 22)."""
    board, _ = await carried(context)
    ids = {one.pick.opportunity_id for one in board.given}
    typed = Typed(context.member.user_id, context.now, context.today)
    touched, count = list[Touched](), 0
    for row in await open_deals(context.scope, context.member.user_id, context.today):
        if row.id in ids:
            touched += await change_opportunity(context.scope, row, parked(row, None, Waking.ACTIVITY), typed)
            count += 1
    if not count:
        return Reply(edit=await shown(context, board))
    undo = await remember(context, f"{plural(count, 'deal')} parked", *touched)
    return Reply(edit=views.parked(board, count, undo.id), home=True)
