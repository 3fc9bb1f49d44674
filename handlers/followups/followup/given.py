"""Follow-ups handed over: what somebody still owes is owed by whoever takes over, with its reminders."""

from handlers.context import Context
from handlers.followups.followup.reminder import remind
from handlers.nudges.reassignment import WorkReassigned
from handlers.people.news import WorkLeft
from storage.followups import followup as queries
from storage.row_image import Touched, image

OWNER = ("owner_id",)


async def hear_left(context: Context, news: WorkLeft) -> None:
    """Count what is still owed."""
    for person in news.people:
        if rows := await queries.open_of(context.scope, person.user_id):
            news.found[person.user_id] = news.found[person.user_id]._replace(promises=len(rows))


async def hear_reassigned(context: Context, news: WorkReassigned) -> None:
    """Give everything that is open to whoever takes over."""
    for found in await queries.open_of(context.scope, news.old.user_id):
        row = await queries.find_followup(context.scope, found.id)
        assert row is not None
        before = image(row, OWNER)
        await queries.give_followup(context.scope, row, news.new.user_id)
        await remind(context.scope, row, news.new.zone, context.now, given=True)
        news.touched.append(Touched(row, before, columns=OWNER))
        news.moved["follow-ups"] += 1
