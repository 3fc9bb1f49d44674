"""The first call of a lead: logged with a tap or as any call, and it stops the clock (mechanism 38)."""

from collections.abc import Sequence

from handlers.context import Context
from handlers.deduplication import first_click
from handlers.followups.activity.entry import ActivitiesLogged, log
from handlers.prospects.lead.lookup import own
from handlers.prospects.lead.shown import answered
from handlers.reply import Reply
from messages.prospects import lead as views
from messages.prospects.lead import PLACE_CARD, OfLead
from sales.followups.activity import ActivityKind
from sales.followups.activity_entry import ActivityEntry
from sales.language.names.customer import customer_in, somebody_at
from sales.language.names.descent import comparable
from sales.language.typed_text import MAX_NAME, MAX_WORDS
from sales.prospects.lead import called
from sales.prospects.named_lead import spoken_with
from storage.followups.activity import ActivityRow, keep_activity
from storage.prospects.lead import LeadRow, change_lead, open_names
from storage.prospects.named_lead import known_as

# Talking to somebody in another way is no slower than a call.
STOPS = frozenset({ActivityKind.CALL, ActivityKind.MEETING, ActivityKind.DEMO, ActivityKind.VISIT})
LEAST_LETTERS = 4  # of a name of one word that is looked for in what somebody types: "May" is a month


async def button(context: Context) -> Reply:
    """Called: one call with their firm is logged, which asks for its next step as any does."""
    of = OfLead.read(context.request.value)
    row = await own(context, of.lead_id)
    if row.first_call_at is not None or not await first_click(context):
        return await answered(context, row, "", None, of)
    with_whom = f"with {row.name}" if row.account else ""
    entry = ActivityEntry({ActivityKind.CALL: 1}, context.today, row.firm, with_whom[:MAX_WORDS])
    said = await log(context, entry)
    if of.within == PLACE_CARD:
        return Reply(edit=said, home=True)
    shown = await answered(context, row, "", None, of)
    return Reply(say=said, edit=shown.edit, again=shown.again, home=True)


async def hear_logged(context: Context, news: ActivitiesLogged) -> None:
    """Something was done with a lead, named by as much as tells who it is: it is with them, and a call stops the clock.

    What is for a deal is none of theirs.
    """
    mine = context.member.user_id
    rows = [row for row in news.rows if row.account and row.opportunity_id is None and row.owner_id == mine]
    for who in dict.fromkeys(str(row.account) for row in rows):
        done = [row for row in rows if row.account == who]
        found = spoken_with(await known_as(context.scope, mine, customer_in(who)), who, done[0].outcome)
        if found.maybe:
            news.said.append(views.several_leads(who, found.maybe))
        if any(row.kind in STOPS for row in done):
            for lead in found.sure:
                if lead.first_call_at is None:
                    news.touched.append(await change_lead(context.scope, lead, called(lead, context.now)))
        if len(found.sure) == 1:
            await with_lead(context, news, done, found.sure[0], says=found.by_part)


async def with_lead(
    context: Context, news: ActivitiesLogged, done: Sequence[ActivityRow], lead: LeadRow, *, says: bool
) -> None:
    """Let what was done be with a lead at their firm, by the whole name, so that it counts for the firm too."""
    whole = somebody_at(lead.name, lead.account) if lead.account else lead.name
    if comparable(str(done[0].account)) in (comparable(whole), comparable(lead.firm)):
        return
    for row in done:
        row.account = whole[:MAX_NAME]
        await keep_activity(context.scope, row)
    if says:
        news.said.append(views.with_lead(lead))


async def names(context: Context, text: str) -> list[str]:
    """The names of the person's open leads, and of their firms, that stand in a text."""
    said = comparable(text)
    found = {
        name
        for both in await open_names(context.scope, context.member.user_id)
        for name in both
        if name and comparable(name) in said and (" " in name.strip() or len(name) >= LEAST_LETTERS)
    }
    return sorted(found)
