"""The machine's clock: admins are told once while it is wrong, as nothing falls due, and once when it is right again.

Both words go through the ledger, so that of several processes that notice one tells. It leaves by Slack's time.
"""

from collections.abc import Collection
from datetime import datetime

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.feature import Feature, Kind, Rendered
from handlers.people.member import known_people
from messages.nudges import clock as views
from sales.nudges.kind import CLOCK, NudgeKind, Topic
from sales.nudges.ledger import Ambiguity, DeliveryState, Nudge
from sales.nudges.policy import Skip
from storage.database import Database
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import admins_of
from storage.scope import Scope

log = structlog.get_logger()

WRONG, RIGHT = "wrong", "right"
NOT_TOLD = frozenset({DeliveryState.PENDING, DeliveryState.SKIPPED, DeliveryState.SUPERSEDED})


async def tell_admins(
    database: Database,
    slack: AsyncWebClient,
    workspace_id: str,
    admins: Collection[str],
    trouble: str,
    since: datetime,
    now: datetime,
) -> None:
    """Tell Slack's admins whom we know, and those of the settings, once a day each; no trouble is that it is over.

    Raises:
        StorageTrouble: if that could not be written down.
    """
    for user_id in admins:
        try:
            await known_people(database, slack, workspace_id, user_id)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as refused:
            log.warning("an admin of the settings is not known to Slack", trouble=str(refused))
    async with database.write(workspace_id) as scope:
        readers = {row.user_id for row in await admins_of(scope)} | set(admins)
        if not readers:
            log.error("nobody can be told of the clock: no admin is known, and ADMINS names none")
        for user_id in sorted(readers):
            await enqueue(scope, word(scope, user_id, trouble, since, now), now)


def word(scope: Scope, user_id: str, trouble: str, since: datetime, now: datetime) -> Nudge:
    """Return what one admin is told: that the clock is wrong, or since then right again."""
    about = {
        state: f"{CLOCK}:{scope.workspace_id}:{user_id}:{state}:{since.date().isoformat()}"
        for state in (WRONG, RIGHT)
    }
    return Nudge(
        key=about[WRONG if trouble else RIGHT],
        kind=CLOCK,
        intent={"trouble": trouble, **about},
        why="You are an admin, and nothing falls due while the machine's clock is wrong.",
        not_before=now,
        user_id=user_id,
        subject=CLOCK,
    )


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """Say what is so when it leaves: nobody hears of trouble that is over, nor of the end of what they did not hear."""
    intent = delivery.intent
    if intent["trouble"]:
        over = await delivery_by_key(scope, str(intent[RIGHT]))
        return Skip("the clock is right again") if over is not None else views.wrong(str(intent["trouble"]))
    told = await delivery_by_key(scope, str(intent[WRONG]))
    if told is None or told.state in NOT_TOLD:
        return Skip("they were not told that it was wrong")
    return views.right()


FEATURE = Feature(
    name="clock",
    kinds=(
        Kind(
            NudgeKind(
                CLOCK,
                "The clock",
                "when the clock of the machine I run on is wrong, for admins",
                news=True,
                for_leads=True,
                topic=Topic.UPKEEP,
                order=52,
            ),
            render,
            ambiguity=Ambiguity.REPEAT,
        ),
    ),
)
