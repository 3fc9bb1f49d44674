"""Deals handed over: what is open goes to whoever takes over; what is won or lost stays with who closed it."""

from handlers.context import Context
from handlers.nudges.reassignment import WorkReassigned
from handlers.people.news import WorkLeft
from sales.language.dates.instants import local_date
from sales.pipeline.opportunity import CLOSED, Opportunity, by_currency
from sales.value import changed
from storage.pipeline.opportunity import Typed, change_opportunity, live_deals

OWNER = ("owner_id", "owner_name", "updated_at")


async def hear_left(context: Context, news: WorkLeft) -> None:
    """Count what is neither won nor lost."""
    for person in news.people:
        today = local_date(context.now, person.zone)
        rows = await live_deals(context.scope, person.user_id, today)
        if rows:
            found = news.found[person.user_id]
            news.found[person.user_id] = found._replace(deals=len(rows), worth=by_currency(rows))


async def hear_reassigned(context: Context, news: WorkReassigned) -> None:
    """Give every deal that is neither won nor lost to whoever takes over."""
    today = local_date(context.now, news.old.zone)
    for row in await live_deals(context.scope, news.old.user_id, today):
        if row.stage in CLOSED:
            continue
        theirs = changed(Opportunity, row, owner_id=news.new.user_id, owner_name=news.new.name)
        typed = Typed(context.member.user_id, context.now, today)
        deal, *history = await change_opportunity(context.scope, row, theirs, typed)
        assert deal.before is not None
        news.touched.append(deal._replace(before={one: deal.before[one] for one in OWNER}, columns=OWNER))
        news.touched.extend(history)
        news.moved["deals"] += 1
