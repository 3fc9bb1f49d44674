"""Messages that do not arrive, and what the ledger says of them."""

from datetime import timedelta

from sqlmodel import col, select

from sales.nudges.kind import ANSWER
from sales.nudges.ledger import Nudge
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.undelivered import Seer
from tests.known import WORKSPACE

EVERYTHING = Seer("UADMIN", is_admin=True)  # sees whatever was given up and not dismissed


async def put(town, key, **values):
    """Put a message into the ledger as a handler would, and let it be delivered."""
    told = {
        "kind": ANSWER,
        "intent": {"text": "Your figures, for your eyes.", "blocks": []},
        "why": "A test asked.",
        "not_before": town.clock.now(),
        "user_id": "U1",
    }
    async with town.bot.database.write(WORKSPACE) as scope:
        await enqueue(scope, Nudge(key=key, **{**told, **values}), town.clock.now())
    town.bot.deliverer.wake()
    await town.server.settled()


async def row(town, key):
    async with town.bot.database.read(WORKSPACE) as scope:
        return await delivery_by_key(scope, key)


async def of_kind(town, kind, user_id=None):
    """The ledger's messages of a kind, the oldest first."""
    asked = select(DeliveryRow).where(DeliveryRow.kind == kind).order_by(col(DeliveryRow.created_at))
    async with town.bot.database.read(WORKSPACE) as scope:
        found = list(await scope.session.exec(asked))
    return [one for one in found if user_id in (None, one.user_id)]


async def advance(town, **span):
    await town.clock.advance(timedelta(**span))
    await town.server.settled()


def provoked(town):
    """What the double objected to was asked for by the test."""
    town.expected.extend(town.server.problems)
