"""Why: `/why` names the rule behind every message somebody got, and behind those they did not get."""

from datetime import timedelta

from handlers.ask import Ask
from handlers.post import ANSWER
from handlers.reply import Reply
from messages import why as told
from sales.delivery import DeliveryState
from storage import delivery as ledger_rows

LOOK_BACK = timedelta(days=7)
SENT_SHOWN = 6
HELD_SHOWN = 6
HELD = frozenset({DeliveryState.SKIPPED, DeliveryState.SUPERSEDED, DeliveryState.DEAD})


async def command(ask: Ask) -> Reply:
    """`/why` answers for the last week, the newest first."""
    rows = await ledger_rows.recent(ask.scope, ask.member.user_id, ask.now - LOOK_BACK)
    nudges = [row for row in rows if row.kind != ANSWER]
    sent = [row for row in nudges if row.state is DeliveryState.SENT][:SENT_SHOWN]
    held = [row for row in nudges if row.state in HELD][:HELD_SHOWN]
    return Reply(say=told.reasons(sent, held, ask.zone))
