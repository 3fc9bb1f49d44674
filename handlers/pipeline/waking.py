"""Parked deals wake by themselves: in the rep's morning, all in one message, or at once when they log something."""

from datetime import date, datetime, timedelta

from handlers.context import Context
from handlers.feature import Feature, Job, Kind, Rendered, Subject, routes
from handlers.followups.activity.entry import ActivitiesLogged
from handlers.pipeline.opportunity.lookup import already_closed, is_closed, own
from handlers.pipeline.opportunity.news import typed
from handlers.pipeline.opportunity.on_card import changed_on_card, form_of
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.pipeline import waking as views
from messages.pipeline.opportunity import FormOfDeal
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import CatchUp, Occurrence
from sales.people.permission import Act
from sales.pipeline.opportunity import Opportunity, Stage, Waking, parked
from sales.pipeline.waking import DEALS_WOKE, WokeBy, waking_spec
from sales.refusal import Refusal
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.in_team import in_team
from storage.pipeline.opportunity import OpportunityRow, Typed, change_opportunity, find_opportunity
from storage.pipeline.waking import waiting_for, wake, woken_today
from storage.scope import Scope

A_MONTH = timedelta(days=30)  # what the form begins with
WORTH_READING = timedelta(days=3)
AWAKE = frozenset({Stage.OPEN, Stage.SUSPECT})
ITSELF = ""  # who changed a deal that woke by itself, in its history


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Wake what is to wake today, and ask for one message about all of it."""
    owner = await in_team(scope, schedule.subject_id, now)
    if owner is None:
        return []
    member, team, today = owner
    found = await woken_today(scope, member.user_id, today, team.fiscal_year_start)
    for row, _ in found:
        await wake(scope, row, Typed(ITSELF, now, today))
    if not found:
        return []
    nudge = Nudge(
        key=f"{DEALS_WOKE}:{scope.workspace_id}:{member.user_id}:{today.isoformat()}",
        kind=DEALS_WOKE,
        intent={"deals": [[row.id, by.value] for row, by in found]},
        why=views.why(),
        not_before=now,
        user_id=member.user_id,
        expires_at=now + WORTH_READING,
    )
    return [nudge]


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """Which deals are open again, as far as they still are."""
    found = [(row, by) for row, by in await told_of(scope, delivery) if row.stage in AWAKE]
    return views.woke(found) if found else Skip("the deals are parked or closed again")


async def render_again(scope: Scope, delivery: DeliveryRow, ids: object, now: datetime) -> Message:
    """The same deals as they stand, those that were parked again among them."""
    return views.woke(await told_of(scope, delivery))


async def told_of(scope: Scope, delivery: DeliveryRow) -> list[tuple[OpportunityRow, WokeBy]]:
    """Return the deals a message tells of, each with what woke it."""
    rows = [(await find_opportunity(scope, int(deal)), WokeBy(by)) for deal, by in delivery.intent["deals"]]
    return [(row, by) for row, by in rows if row is not None]


async def hear_logged(context: Context, news: ActivitiesLogged) -> None:
    """Something was done with a customer: what waited for that is open again, and said with it."""
    customers = list({row.account for row in news.rows if row.account})
    if not customers:
        return
    for row in await waiting_for(context.scope, context.member.user_id, customers):
        news.touched.extend(await wake(context.scope, row, typed(context)))
        news.said.append(views.touched(row))


async def park_again(context: Context) -> Reply:
    """Park again…: until when."""
    return await opened(context, views.SAVE)


async def park_on_card(context: Context) -> Reply:
    """Park until… behind the three dots of a card."""
    return await opened(context, views.SAVE_ON_CARD)


async def opened(context: Context, callback_id: str) -> Reply:
    row = await own(context, int(context.request.value))
    if is_closed(context, row):
        return await already_closed(context, row)
    held = row.parked_until if row.stage is Stage.PARKED else None
    return Reply(view=views.form(row, held or context.today + A_MONTH, form_of(context, row), callback_id))


def resting(context: Context, row: OpportunityRow) -> Opportunity:
    """Return a deal as the form parks it.

    Raises:
        Refusal: for a day that is over.
    """
    until = date.fromisoformat(context.request.values[views.UNTIL])
    if until <= context.today:
        raise Refusal("That day wakes it at once. Choose a later one.", field=views.UNTIL)
    wakes = context.request.values.get(views.WAKES)
    return parked(row, until, Waking(wakes) if wakes else None)


async def save(context: Context) -> Reply:
    """The day was chosen: the deal sleeps on."""
    kept = FormOfDeal.read(context.request.private)
    row, place = await own(context, kept.deal_id), Place.kept(kept.place)
    if is_closed(context, row):
        return Reply(edit=(await already_closed(context, row)).say, edit_at=place)
    touched = await change_opportunity(context.scope, row, resting(context, row), typed(context))
    await remember(context, f"{row.name} parked", *touched)
    return Reply(again=[row.id], edit_at=place, home=True)


async def save_on_card(context: Context) -> Reply:
    """The day was chosen on a deal's card, which says then until when it sleeps."""
    kept = FormOfDeal.read(context.request.private)
    row = await own(context, kept.deal_id)
    if is_closed(context, row):
        return Reply(edit=(await already_closed(context, row)).say, edit_at=Place.kept(kept.place))
    touched = await change_opportunity(context.scope, row, resting(context, row), typed(context))
    note = views.parked_note(row)
    return await changed_on_card(context, row, note, f"{row.name} parked", touched, kept.place)


FEATURE = Feature(
    name="waking",
    actions=routes(Act.SEE_WORK_OF, {views.PARK: park_again}),
    views=routes(Act.SEE_WORK_OF, {views.SAVE: save, views.SAVE_ON_CARD: save_on_card}),
    hears={ActivitiesLogged: hear_logged},
    jobs=(Job(DEALS_WOKE, CatchUp.LEVEL, decide, of=Subject.MEMBER, spec=waking_spec, accounts=False),),
    kinds=(
        Kind(
            NudgeKind(
                DEALS_WOKE,
                "Parked deals that woke",
                "in the morning on which they are open again, all in one",
                news=True,
                for_reps=True,
                topic=Topic.DEALS,
                order=142,
            ),
            render,
            render_again,
        ),
    ),
)
