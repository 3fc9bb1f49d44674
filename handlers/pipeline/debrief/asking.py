"""Asking what a lost deal teaches: within the hour, those of a quarter of an hour or an import together, reminded once.

A message lists deals by when their loss was typed, so that one taken back before it leaves is not in it.
"""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.context import Context
from handlers.feature import Rendered
from handlers.pipeline.opportunity.news import DealLost
from messages.blocks import Message
from messages.pipeline import debrief as views
from messages.pipeline import promise
from sales.language.dates.instants import local_date
from sales.nudges.ledger import DeliveryState, Nudge
from sales.nudges.policy import Late, Skip
from sales.pipeline.debrief import (
    DEBRIEF,
    REMIND_AFTER,
    SETTLES,
    TOGETHER,
    WORTH_ASKING,
    LookBack,
    slot_of,
)
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import find_member, reps_in
from storage.people.team import every_team
from storage.pipeline import debrief as queries
from storage.pipeline.deal_facts import promises_for
from storage.pipeline.people_named import names_for
from storage.scope import Scope

MOST_AT_ONCE = 500  # lost in one reading of a CRM; where it is more, somebody tidied up
PROMISES = (views.PROMISE_DONE, views.PROMISE_DROP)
ANSWERED = "it was answered already, or the deal is open again"


async def hear_lost(context: Context, news: DealLost) -> None:
    """Ask about a loss that was typed, unless the form asked everything."""
    said = await queries.debrief_of(context.scope, news.deal_id)
    owner = await find_member(context.scope, news.owner_id)
    if said is None or not said.open_questions or owner is None or owner.team_id is None:
        return
    begins = slot_of(context.now)
    key = f"{DEBRIEF}:{context.scope.workspace_id}:{news.owner_id}:{begins.isoformat()}"
    intent: dict[str, object] = {"from": begins.isoformat(), "until": (begins + TOGETHER).isoformat()}
    await ask(context.scope, news.owner_id, key, intent, begins + TOGETHER + SETTLES, context.now)


async def ask_of_import(scope: Scope, since: datetime, now: datetime) -> None:
    """Ask about the losses that an import brought, which began at an instant: each rep in one message."""
    for team in await every_team(scope):
        reps = [rep.user_id for rep in await reps_in(scope, team.id)]
        found = await queries.losses_imported(scope, reps, since, local_date(now, team.zone))
        for owner_id, deals in found.items():
            key = f"{DEBRIEF}:{scope.workspace_id}:{owner_id}:import:{since.isoformat()}"
            await ask(scope, owner_id, key, {"deals": deals}, now + SETTLES, now)


async def ask_of_lost(scope: Scope, deal_ids: Sequence[int], now: datetime) -> None:
    """Ask about deals that a CRM just said are lost: each rep in one message."""
    for team in await every_team(scope) if deal_ids else ():
        reps = [rep.user_id for rep in await reps_in(scope, team.id)]
        found = await queries.losses_untold(scope, reps, deal_ids[:MOST_AT_ONCE], local_date(now, team.zone))
        for owner_id, deals in found.items():
            key = f"{DEBRIEF}:{scope.workspace_id}:{owner_id}:lost:{now.isoformat()}"
            await ask(scope, owner_id, key, {"deals": deals}, now + SETTLES, now)


async def ask(
    scope: Scope, owner_id: str, key: str, intent: dict[str, object], at: datetime, now: datetime
) -> None:
    """Write down the question and its one reminder."""
    deals = intent.get("deals")
    why = views.why(len(deals) if isinstance(deals, list) else 1)
    for name, about, when in (
        (key, intent, at),
        (f"{key}:again", {**intent, "first": key}, at + REMIND_AFTER),
    ):
        nudge = Nudge(
            key=name,
            kind=DEBRIEF,
            intent=about,
            why=why,
            not_before=when,
            user_id=owner_id,
            expires_at=when + WORTH_ASKING,
            subject=key,
        )
        await enqueue(scope, nudge, now)


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The questions that are open, or why none is."""
    first = delivery.intent.get("first")
    if first is not None and (not_now := await before_reminding(scope, str(first), now)) is not None:
        return not_now
    left = [look for look in await asked_about(scope, delivery) if look.debrief.open_questions]
    if not left:
        return Skip(ANSWERED)
    today = await today_of(scope, delivery, now)
    return await shown(scope, str(delivery.user_id), left, today, again=first is not None)


async def before_reminding(scope: Scope, key: str, now: datetime) -> Late | Skip | None:
    """Return why nobody is reminded yet, or at all: a question that was held back is not asked twice in a row."""
    first = await delivery_by_key(scope, key)
    if first is None:
        return None
    if first.state in (DeliveryState.SKIPPED, DeliveryState.DEAD):
        return Skip("the question itself was not sent")
    due = (first.sent_at or now) + REMIND_AFTER
    return Late(due, "the question came later than planned") if due > now else None


async def render_again(scope: Scope, delivery: DeliveryRow, ids: object, now: datetime) -> Message:
    """The same deals as things stand, with what was answered."""
    looks = await asked_about(scope, delivery)
    return await shown(scope, str(delivery.user_id), looks, await today_of(scope, delivery, now))


async def today_of(scope: Scope, delivery: DeliveryRow, now: datetime) -> date:
    """Return which day it is for whoever is asked."""
    member = await find_member(scope, str(delivery.user_id))
    return local_date(now, member.zone) if member is not None else now.date()


async def shown(
    scope: Scope,
    reader_id: str,
    looks: Sequence[LookBack],
    today: date,
    *,
    again: bool = False,
    undo_id: int | None = None,
) -> Message:
    """Return the question as somebody reads it: who closed a deal in their place, and what is still promised for it."""
    among = [look.deal.id for look in looks]
    closed = {look.deal.id: look.deal for look in looks if look.closed_by != reader_id}
    promised = await promises_for(scope, list(closed), reader_id) if closed else {}
    below = [
        block
        for deal_id, rows in promised.items()
        for block in promise.left(closed[deal_id], rows, today, among, ids=PROMISES)
    ]
    people = await closers(scope, reader_id, looks)
    return views.asked(looks, people, again=again, undo_id=undo_id, below=below)


async def closers(scope: Scope, reader_id: str, looks: Sequence[LookBack]) -> dict[str, str]:
    """Return how those are called to a reader who closed a deal of somebody else's."""
    return await names_for(scope, reader_id, [look.by_another for look in looks])


async def asked_about(scope: Scope, delivery: DeliveryRow) -> list[LookBack]:
    """Return the deals that a message asks about, as far as they are still lost."""
    intent = delivery.intent
    if "deals" in intent:
        rows = await queries.losses_among(scope, [int(deal) for deal in intent["deals"]])
    else:
        first, last = (datetime.fromisoformat(str(intent[one])) for one in ("from", "until"))
        rows = await queries.losses_typed(scope, str(delivery.user_id), first, last)
    return await queries.look_backs(scope, rows)
