"""The list of what did not arrive, for admins and managers, with Retry and Dismiss."""

from datetime import datetime

from handlers.context import Ask
from handlers.feature import Rendered
from handlers.nudges.undelivered.recovery import resumed
from handlers.reply import Reply
from messages import replies as talk
from messages.blocks import Message
from messages.nudges import undelivered as told
from sales.nudges.policy import Skip
from sales.nudges.undelivered import may_go_again, reason
from sales.refusal import Refusal
from storage.nudges import ledger as ledger_rows
from storage.nudges import undelivered as rows
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.undelivered import Seer, channel_now, seer_of
from storage.people import member as members
from storage.scope import Scope

AT_ONCE = 500  # messages one press of a button may act on: one unit of work that nobody waits long for
SUMMED_UP = 100  # messages a summary looks at; the rest it counts


async def show(ask: Ask) -> Reply:
    """`/rainmaker undelivered`: what did not arrive, for whom, when, why not, and what mends it."""
    return Reply(say=await page(ask, 0))


async def open_list(ask: Ask) -> Reply:
    """Show the list in a modal: from App Home, or from a message that speaks of it."""
    return Reply(view=talk.as_modal(await page(ask, 0)))


async def turn(ask: Ask) -> Reply:
    return Reply(edit=await page(ask, int(ask.request.value)))


async def retry(ask: Ask) -> Reply:
    """Send one message again; a second press finds it on its way already."""
    offset, row = await pressed(ask)
    count = await sent_again(ask, [row] if row is not None else [])
    return Reply(edit=await page(ask, offset, told.retried(count)), home=True)


async def retry_all(ask: Ask) -> Reply:
    count = await sent_again(ask, await rows.page(ask.scope, await seer(ask), 0, AT_ONCE))
    return Reply(edit=await page(ask, 0, told.retried(count)), home=True)


async def dismiss(ask: Ask) -> Reply:
    offset, row = await pressed(ask)
    count = await taken_off(ask, [row] if row is not None else [])
    return Reply(edit=await page(ask, offset, told.dismissed(count)), home=True)


async def dismiss_all(ask: Ask) -> Reply:
    count = await taken_off(ask, await rows.page(ask.scope, await seer(ask), 0, AT_ONCE))
    return Reply(edit=await page(ask, 0, told.dismissed(count)), home=True)


async def pressed(ask: Ask) -> tuple[int, DeliveryRow | None]:
    """Return the page a button stood on and its message; None if that is dealt with, or not for them to see."""
    offset, _, row_id = ask.request.value.partition(":")
    return int(offset), await rows.one(ask.scope, await seer(ask), row_id)


async def sent_again(ask: Ask, found: list[DeliveryRow]) -> int:
    """Send messages again whose time is not over, and let what recurs go to their places again too."""
    ready = [row for row in found if may_go_again(row.expires_at, ask.now)]
    for place_id in {row.user_id or row.channel_id for row in ready}:
        if place_id is not None:
            await resumed(ask.scope, place_id, ask.now)
    count = 0
    for row in ready:
        count += await rows.again(ask.scope, row, ask.now, await channel_now(ask.scope, row))
    return count


async def taken_off(ask: Ask, found: list[DeliveryRow]) -> int:
    count = 0
    for row in found:
        count += await ledger_rows.dismiss(ask.scope, row.occurrence_key, ask.now)
    return count


async def page(ask: Ask, offset: int, note: str = "") -> Message:
    """Return a page of the list; one that became empty gives way to the last that is not."""
    seen = await seer(ask)
    count = await rows.count(ask.scope, seen)
    offset = min(offset, max(0, (count - 1) // told.ON_A_PAGE * told.ON_A_PAGE))
    found = await rows.page(ask.scope, seen, offset, told.ON_A_PAGE)
    return told.listing(await items(ask.scope, found, ask.now), count, offset, ask.zone, note)


async def items(scope: Scope, found: list[DeliveryRow], now: datetime) -> list[told.Item]:
    """Return messages as the list shows them: their kind and whom they were for, nothing of what they said."""
    people = await members.members(scope, {row.user_id for row in found if row.user_id is not None})
    names = {row.user_id: row.name for row in people}
    ended = await rows.given_up_at(scope, found)
    return [
        told.Item(
            row_id=row.id,
            kind=row.kind,
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
    member = await members.member(scope, str(delivery.user_id))
    seen = await seer_of(scope, member) if member is not None else None
    count = await rows.count(scope, seen) if seen is not None else 0
    if seen is None or not count:
        return Skip("sent or dismissed meanwhile")
    return told.summary(await items(scope, await rows.page(scope, seen, 0, SUMMED_UP), now), count)


async def seer(ask: Ask) -> Seer:
    """Return what the asking person may see.

    Raises:
        Refusal: if they neither manage a team nor are an admin.
    """
    found = await seer_of(ask.scope, ask.member)
    if found is None:
        raise Refusal("That is for managers and admins. Ask yours, or see `/rainmaker help`.")
    return found
