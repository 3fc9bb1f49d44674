"""The list of what did not arrive, for admins and managers, with Retry and Dismiss."""

from datetime import datetime

from handlers.context import Context
from handlers.feature import Rendered
from handlers.nudges.undelivered.recovery import resumed
from handlers.remembered import remember
from handlers.reply import Reply
from messages import replies
from messages.blocks import Message
from messages.nudges import undelivered as views
from sales.nudges.policy import Skip
from sales.nudges.undelivered import may_go_again, reason
from sales.refusal import Refusal
from storage.nudges import undelivered as queries
from storage.nudges.held import held
from storage.nudges.ledger.given_up import dismiss_delivery
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.undelivered import Seer, channel_now, seer_of
from storage.people.member import find_member, find_members
from storage.scope import Scope

AT_ONCE = 500  # messages one press of a button may act on: one unit of work that nobody waits long for
SUMMED_UP = 100  # messages a summary looks at; the rest it counts


async def show(context: Context) -> Reply:
    """`/rainmaker undelivered`: what did not arrive, for whom, when, why not, and what mends it."""
    return Reply(say=await page(context, 0))


async def open_list(context: Context) -> Reply:
    """Show the list in a modal: from App Home, or from a message that speaks of it."""
    return Reply(view=replies.as_modal(await page(context, 0)))


async def turn(context: Context) -> Reply:
    return Reply(edit=await page(context, int(context.request.value)))


async def retry(context: Context) -> Reply:
    """Send one message again; a second press finds it on its way already."""
    offset, row = await pressed(context)
    count = await sent_again(context, [row] if row is not None else [])
    return Reply(edit=await page(context, offset, views.retried(count)), home=True)


async def retry_all(context: Context) -> Reply:
    count = await sent_again(
        context, await queries.undelivered_page(context.scope, await seer(context), 0, AT_ONCE)
    )
    return Reply(edit=await page(context, 0, views.retried(count)), home=True)


async def dismiss(context: Context) -> Reply:
    offset, row = await pressed(context)
    count = await taken_off(context, [row] if row is not None else [])
    return await dismissed(context, count, offset)


async def dismiss_all(context: Context) -> Reply:
    count = await taken_off(
        context, await queries.undelivered_page(context.scope, await seer(context), 0, AT_ONCE)
    )
    return await dismissed(context, count)


async def dismissed(context: Context, count: int, offset: int = 0) -> Reply:
    if count:
        await remember(context, "undelivered messages dismissed")
    return Reply(edit=await page(context, offset, views.dismissed(count)), home=True)


async def pressed(context: Context) -> tuple[int, DeliveryRow | None]:
    """Return the page a button stood on and its message; None if that is dealt with, or not for them to see."""
    offset, _, row_id = context.request.value.partition(":")
    return int(offset), await queries.find_undelivered(context.scope, await seer(context), row_id)


async def sent_again(context: Context, found: list[DeliveryRow]) -> int:
    """Send messages again whose time is not over, and let what recurs go to their places again too."""
    ready = [row for row in found if may_go_again(row.expires_at, context.now)]
    for place_id in {row.user_id or row.channel_id for row in ready}:
        if place_id is not None:
            await resumed(context.scope, place_id, context.now)
    count = 0
    for row in ready:
        count += await queries.send_again(
            context.scope, row, context.now, await channel_now(context.scope, row)
        )
    return count


async def taken_off(context: Context, found: list[DeliveryRow]) -> int:
    count = 0
    for row in found:
        count += await dismiss_delivery(context.scope, row.occurrence_key, context.now)
    return count


async def page(context: Context, offset: int, note: str = "") -> Message:
    """Return a page of the list; one that became empty gives way to the last that is not."""
    seen = await seer(context)
    count = await queries.count_undelivered(context.scope, seen)
    offset = min(offset, max(0, (count - 1) // views.ON_A_PAGE * views.ON_A_PAGE))
    found = await queries.undelivered_page(context.scope, seen, offset, views.ON_A_PAGE)
    shown = await items(context.scope, found, context.now)
    waiting = await held(context.scope, context.now, queries.theirs_of(context.scope, seen))
    said = views.held_back(*waiting, context.zone) if waiting is not None else ""
    return views.listing(shown, count, offset, context.zone, note, said)


async def items(scope: Scope, found: list[DeliveryRow], now: datetime) -> list[views.UndeliveredItem]:
    """Return messages as the list shows them: their kind and whom they were for, nothing of what they said."""
    people = await find_members(scope, {row.user_id for row in found if row.user_id is not None})
    names = {row.user_id: row.name for row in people}
    ended = await queries.given_up_at(scope, found)
    return [
        views.UndeliveredItem(
            row_id=row.id,
            what=scope.declared.kind(row.kind).name,
            who=names.get(row.user_id, "somebody I do not know any more") if row.user_id else "",
            channel=(row.channel_id or "") if row.user_id is None else "",
            at=ended.get(row.id, row.created_at),
            reason=reason(row.last_error, to_person=row.user_id is not None),
            may_go_again=may_go_again(row.expires_at, now),
        )
        for row in found
    ]


async def render_summary(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """What a manager or admin can do something about, as it stands this morning."""
    member = await find_member(scope, str(delivery.user_id))
    seen = await seer_of(scope, member) if member is not None else None
    count = await queries.count_undelivered(scope, seen) if seen is not None else 0
    if seen is None or not count:
        return Skip("sent or dismissed meanwhile")
    return views.summary(
        await items(scope, await queries.undelivered_page(scope, seen, 0, SUMMED_UP), now), count
    )


async def seer(context: Context) -> Seer:
    """Return what the asking person may see.

    Raises:
        Refusal: if they neither manage a team nor are an admin.
    """
    found = await seer_of(context.scope, context.member)
    if found is None:
        raise Refusal("That is for managers and admins. Ask yours, or see `/rainmaker help`.")
    return found
