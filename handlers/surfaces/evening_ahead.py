"""What a promise's confirmation says of evenings: when it is asked about, by leave, holidays, pauses and switches."""

from datetime import date

from handlers.context import Context, Happened
from handlers.feature import Feature
from messages.surfaces import evening as views
from sales.nudges.end_of_day import END_OF_DAY, prompt_key
from sales.nudges.ledger import DeliveryState
from sales.nudges.schedule import jitter
from sales.refusal import Refusal
from sales.surfaces.evening import Evenings, asked_on
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.mute import mutes, mutes_and_days_ahead
from storage.people.calendar import calendar_of

OVER = frozenset({DeliveryState.SENT, DeliveryState.SKIPPED, DeliveryState.SUPERSEDED, DeliveryState.DEAD})


async def promised(context: Context, happened: Happened) -> list[str]:
    """Return when a promise comes up again; nothing where its owner is not asked in the evening."""
    member, team = context.member, context.team
    if happened.due_on is None or team is None or not member.is_rep or happened.owner_id != member.user_id:
        return []
    await mutes_and_days_ahead(context.scope, team, member)
    if END_OF_DAY in await mutes(context.scope, member.user_id):
        return []
    at = member.evening_at or team.evening_at
    calendar = await calendar_of(context.scope, team, member)
    try:
        on = asked_on(
            happened.due_on,
            happened.due_at,
            Evenings(
                context.zone,
                at,
                calendar,
                member.paused_until,
                jitter(member.user_id, END_OF_DAY),
                await asked_today(context) if happened.due_on <= context.today else None,
            ),
            context.now,
        )
    except Refusal:  # no working day for years: then there is no evening to speak of
        return []
    return [views.promised(on, happened.due_on, happened.due_at is not None, context.today, at)]


async def asked_today(context: Context) -> date | None:
    """Return today where its prompt left already, or was decided against; None while it may still come."""
    key = prompt_key(context.scope.workspace_id, context.member.user_id, context.today)
    row = await delivery_by_key(context.scope, key)
    return context.today if row is not None and row.state in OVER else None


FEATURE = Feature(name="evening_ahead", confirms=promised)
