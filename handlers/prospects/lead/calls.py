"""The first call of a lead: logged with a tap or as any call, and it stops the clock (mechanism 38)."""

from handlers.context import Context
from handlers.deduplication import first_click
from handlers.followups.activity.entry import ActivitiesLogged, log
from handlers.prospects.lead.lookup import own
from handlers.prospects.lead.shown import answered
from handlers.reply import Reply
from messages.prospects.lead import PLACE_CARD, OfLead
from sales.followups.activity import ActivityKind
from sales.followups.activity_entry import ActivityEntry
from sales.language.names.descent import comparable
from sales.language.typed_text import MAX_WORDS
from sales.prospects.lead import called
from storage.prospects.lead import LeadRow, change_lead, open_names
from storage.prospects.named_lead import uncalled

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
    """A call with a lead or their firm was logged: the clock of whoever waits there stops."""
    names = {
        row.account: row
        for row in news.rows
        if row.account and row.kind in STOPS and row.owner_id == context.member.user_id
    }
    for name, activity in names.items():
        waiting = await uncalled(context.scope, context.member.user_id, name)
        for row in meant(waiting, name, activity.outcome):
            news.touched.append(await change_lead(context.scope, row, called(row, context.now)))


def meant(waiting: list[LeadRow], name: str, outcome: str) -> list[LeadRow]:
    """Return which of the leads that wait at a firm were called: those who are named, else all of them."""
    said = comparable(f"{name} {outcome}")
    named = [row for row in waiting if comparable(row.name) in said]
    return named or waiting


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
