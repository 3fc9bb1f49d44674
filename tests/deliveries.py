"""What tests of delivery do to the ledger, and what they look at."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import select

from bot import slack_calls
from bot.delivery import Deliverer
from bot.rate_limits import RateLimits
from handlers.registry import REGISTRY, renderers
from sales.nudges.kind import ANSWER
from sales.nudges.ledger import PROMPT, TIMING, Nudge, Timing, delivery_id
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryEventRow, DeliveryRow
from tests.known import WORKSPACE
from tests.story_workspace import StoryWorkspace

KEY = "test:one"
BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "Three follow-ups are due."}}]


def one(town: StoryWorkspace, key: str = KEY, **values) -> Nudge:
    told = {
        "kind": ANSWER,
        "intent": {"text": "Three follow-ups are due.", "blocks": BLOCKS},
        "why": "A test asked.",
        "not_before": town.clock.now(),
        "user_id": "U1",
        "priority": PROMPT,
    }
    return Nudge(key=key, **{**told, **values})


async def put(town: StoryWorkspace, key: str = KEY, **values) -> None:
    async with town.bot.database.write(WORKSPACE) as scope:
        await enqueue(scope, one(town, key, **values), town.clock.now())


async def delivered(town: StoryWorkspace) -> None:
    town.bot.deliverer.wake()
    await town.server.settled()


async def row(town: StoryWorkspace, key: str = KEY) -> DeliveryRow:
    async with town.bot.database.read(WORKSPACE) as scope:
        found = await delivery_by_key(scope, key)
    assert found is not None
    return found


async def steps(town: StoryWorkspace, key: str = KEY) -> list[str]:
    """The states a message went through, in order."""
    asked = select(DeliveryEventRow.to_state).where(DeliveryEventRow.delivery_id == delivery_id(key))
    async with town.bot.database.read(WORKSPACE) as scope:
        return list(await scope.session.exec(asked.order_by(DeliveryEventRow.id)))


def posted(town: StoryWorkspace, key: str = KEY) -> int:
    return len(town.server.log.with_key(key))


def provoked(town: StoryWorkspace) -> None:
    """What the double objected to was asked for by the test."""
    town.expected.extend(town.server.problems)


async def later(town: StoryWorkspace, **span) -> None:
    await town.clock.advance(timedelta(**span))
    await town.server.settled()


@asynccontextmanager
async def worker(
    town: StoryWorkspace,
    owner: str,
    *traces: aiohttp.TraceConfig,
    gates: RateLimits | None = None,
    timing: Timing = TIMING,
    now=None,
) -> AsyncIterator[Deliverer]:
    """One more worker of the town's ledger, with a way to Slack of its own; it does nothing until it is run."""
    async with slack_calls.session(timing, traces) as session:
        slack = AsyncWebClient(
            token=town.server.bot_token, base_url=town.server.api_url, session=session, retry_handlers=[]
        )
        made = Deliverer(
            town.bot.database, slack, now or town.clock.now, renderers(REGISTRY), town.bot.deliverer.sender.policy,
            gates or RateLimits(unlimited=True), owner, timing,
        )  # fmt: skip
        yield made
