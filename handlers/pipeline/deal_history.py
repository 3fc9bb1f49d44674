"""The history of a deal, behind a button of its card: every change with its day (mechanisms 23, 62)."""

from handlers.context import Context
from handlers.feature import Feature, routes
from handlers.pipeline.opportunity.lookup import own
from handlers.reply import Reply
from messages.pipeline import deal_history as views
from sales.people.permission import Act
from sales.pipeline.deal_history import telling
from storage.pipeline.deal_history import changes_of
from storage.pipeline.people_named import names_for


async def open_form(context: Context) -> Reply:
    """Show what the deal said before."""
    row = await own(context, int(context.request.value))
    changes = telling(await changes_of(context.scope, row.id))
    people = await names_for(context.scope, context.member.user_id, [one.by for one in changes])
    return Reply(view=views.form(row, changes, people, context.today))


FEATURE = Feature(
    name="deal_history",
    actions=routes(Act.SEE_WORK_OF, {views.OPEN: open_form}),
)
