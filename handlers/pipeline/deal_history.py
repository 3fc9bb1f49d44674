"""The history of a deal, behind a button of its card: every change with its day (mechanisms 23, 62).

What others changed on somebody's deals is told where they look anyway: on Home, and with the prompt of that evening.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers.context import Context
from handlers.feature import Feature, Look, Section, Shown, Surface, routes
from handlers.pipeline.opportunity.lookup import own
from handlers.reply import Reply
from messages.pipeline import deal_history as views
from sales.people.permission import Act
from sales.pipeline.deal_history import telling
from storage.pipeline.deal_history import changes_of
from storage.pipeline.others_change import changes_by_others, changes_by_others_ahead
from storage.pipeline.people_named import names_for

LATELY = timedelta(days=3)  # over a weekend


async def open_form(context: Context) -> Reply:
    """Show what the deal said before."""
    row = await own(context, int(context.request.value))
    changes = telling(await changes_of(context.scope, row.id))
    people = await names_for(context.scope, context.member.user_id, [one.by for one in changes])
    return Reply(view=views.form(row, changes, people, context.today))


async def on_home(look: Look) -> Shown | None:
    """What others changed on their deals in the last days."""
    return await by_others(look, look.today - LATELY)


async def in_evening(look: Look) -> Shown | None:
    """What others changed that day, with the prompt that comes anyway."""
    return await by_others(look, evening_of(look))


async def evenings_ahead(looks: Sequence[Look]) -> None:
    """Read at once what others changed on the deals of many people, each on the day of their evening."""
    for day in {evening_of(look) for look in looks}:
        owners = [look.member.user_id for look in looks if evening_of(look) == day]
        await changes_by_others_ahead(looks[0].scope, owners, day)


def evening_of(look: Look) -> date:
    return look.day or look.today


async def by_others(look: Look, first: date) -> Shown | None:
    if look.team is None or not look.member.is_rep:
        return None
    found = await changes_by_others(look.scope, look.member.user_id, first)
    if not found:
        return None
    told = telling([one.change for one in reversed(found)])
    people = await names_for(look.scope, look.member.user_id, [one.by for one in told])
    deals = {one.change.opportunity_id: one for one in found}
    lines = [
        (
            deals[one.opportunity_id].name,
            views.line(deals[one.opportunity_id], one, people.get(one.by, ""), look.today),
        )
        for one in reversed(told)
    ]
    return Shown(views.by_others(lines))


FEATURE = Feature(
    name="deal_history",
    actions=routes(Act.SEE_WORK_OF, {views.OPEN: open_form}),
    sections=(
        Section(Surface.HOME, 57, on_home, Act.OWN_WORK),
        Section(Surface.EVENING, 25, in_evening, Act.OWN_WORK, ahead=evenings_ahead),
    ),
)
