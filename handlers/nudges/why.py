"""Why: `/why` names the rule behind every message somebody got, and behind those they did not get."""

from datetime import datetime, timedelta

from handlers.context import Ask, Before, prepared_by
from handlers.feature import Feature
from handlers.goals.forecast import warmed
from handlers.goals.goal import why as goal_reasons
from handlers.place import Place
from handlers.reply import Reply
from messages.nudges import why as told
from messages.nudges.why import Line
from sales.language.dates.instants import local_date
from sales.nudges.kind import ANSWER, kind_of
from sales.nudges.ledger import DeliveryState
from storage.nudges import ledger as ledger_rows
from storage.nudges import policy as facts
from storage.nudges.ledger.lookup import at_place
from storage.nudges.ledger.rows import DeliveryRow

LOOK_BACK = timedelta(days=7)
MESSAGES = frozenset({"", "not"})  # said after `/why`, these ask for messages and no goal
SENT_SHOWN = 6
HELD_SHOWN = 8
WAITING_SHOWN = 6
HELD = frozenset({DeliveryState.SKIPPED, DeliveryState.SUPERSEDED, DeliveryState.DEAD})


async def warmed_for_goal(before: Before) -> None:
    if before.request.text.casefold() not in MESSAGES:
        await warmed(before)


@prepared_by(warmed_for_goal)
async def command(ask: Ask) -> Reply:
    """`/why` and `/why not` answer for what was sent in the last week, what waits, what was held back.

    With other words it answers for the goal they mean.
    """
    if ask.text.casefold() not in MESSAGES:
        return await goal_reasons.why(ask)
    user_id = ask.member.user_id
    rows = await ledger_rows.recent(ask.scope, user_id, ask.now - LOOK_BACK)
    nudges = [row for row in rows if row.kind != ANSWER]
    sent = [as_sent(row) for row in nudges if row.state is DeliveryState.SENT]
    held = [
        Line(kind_of(row.kind).name, row.created_at, told.spoken(row.last_error or ""))
        for row in nudges
        if row.state in HELD
        and row.superseded_by is None  # it came inside another message, or that one is listed
        and local_date(last_looked_at(row), ask.zone) == ask.today
    ]
    waiting = [
        Line(kind_of(one.row.kind).name, one.row.not_before, one.reason)
        for one in await facts.waiting(ask.scope, user_id, ask.now)
    ]
    return Reply(say=told.reasons(sent[:SENT_SHOWN], waiting[:WAITING_SHOWN], held[:HELD_SHOWN], ask.zone))


def last_looked_at(row: DeliveryRow) -> datetime:
    """Return about when it was decided that a message does not go: when it was to leave."""
    return max(row.created_at, row.not_before)


def as_sent(row: DeliveryRow) -> Line:
    assert row.sent_at is not None
    return Line(kind_of(row.kind).name, row.sent_at, row.why)


async def of_message(ask: Ask) -> Reply:
    """Why one message came: the one whose menu, or whose shortcut, was used."""
    place = Place.of(ask.request.body)
    message = ask.request.body.get("message") or {}
    channel, ts = (place.channel, place.ts) if place else (ask.request.channel_id, message.get("ts", ""))
    row = await at_place(ask.scope, channel, ts)
    if row is None or row.sent_at is None:
        return Reply(say=told.not_ours())
    return Reply(say=told.of_message(as_sent(row), ask.zone))


FEATURE = Feature(shortcuts={told.SHORTCUT: of_message})
