"""Standing prompts: a person's prompts of today follow what they do elsewhere, so that no two surfaces disagree."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any, NamedTuple

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.feature import Registry
from handlers.home_queue import HomeBudget, HomeOwner, HomeQueue
from handlers.nudges.answer import aside
from handlers.nudges.bundle import anew
from handlers.place import Place
from handlers.posts import EDITS, edit_post
from handlers.surfaces.home import hiccup
from messages import replies
from messages.blocks import Message
from sales.craft.plan import PLAN_CHECK_IN
from sales.language.dates.instants import local_date, local_instant
from sales.nudges.end_of_day import END_OF_DAY
from sales.surfaces.morning import MORNING
from storage.database import Database, nothing
from storage.nudges.ledger.lookup import last_sent, said_anew
from storage.nudges.ledger.rows import DeliveryRow, listed_by
from storage.people.member import find_member
from storage.scope import Scope

log = structlog.get_logger()

FOLLOWED = (MORNING, PLAN_CHECK_IN, END_OF_DAY)


class PromptEdit(NamedTuple):
    """A prompt as things stand now: in which message it stands, and as which it was sent first."""

    row_id: str
    stands_for: str
    place: Place
    message: Message


class StandingPrompts:
    """People's prompts of today, edited as things stand after what they did elsewhere; at a pace, as App Home is.

    One that Slack does not let be edited, tried once more, is said anew; once, whatever happens after that.
    """

    def __init__(
        self,
        database: Database,
        slack: AsyncWebClient,
        now: Callable[[], datetime],
        registry: Registry,
        budget: HomeBudget = EDITS,
        wake: Callable[[], None] = nothing,
    ) -> None:
        self.database = database
        self.slack = slack
        self.now = now
        self.kinds = registry.kinds
        self.wake = wake
        self.queue = HomeQueue(self, budget)
        self.refused = set[str]()  # prompts that are tried once more
        # What was edited already for all that somebody's prompts wait for.
        self.just: dict[HomeOwner, Place | None] = {}

    def changed(self, owner: HomeOwner, just: Place | None) -> None:
        """Have a person's prompts edited, but for one in the message that was `just` edited."""
        self.just[owner] = just if self.just.get(owner, just) == just else None
        self.queue.changed(owner)

    async def read(self, owner: HomeOwner) -> dict[str, Any] | None:
        """Return the edits of the prompts that stand in Slack; None where none does, or all are up to date."""
        just, now = self.just.pop(owner, None), self.now()
        async with self.database.read(owner.workspace_id) as scope:
            member = await find_member(scope, owner.user_id)
            if member is None or not member.is_rep:
                return None
            morning = local_instant(member.zone, time.min, local_date(now, member.zone))
            rows = await last_sent(scope, member.user_id, FOLLOWED, morning)
            found = [await self.edit_of(scope, row, just, now) for row in rows]
        edits = [one for one in found if one is not None]
        return {"edits": edits} if edits else None

    async def edit_of(
        self, scope: Scope, row: DeliveryRow, just: Place | None, now: datetime
    ) -> PromptEdit | None:
        """Return the edit of a prompt; None where it lists nothing, or was `just` edited."""
        if row.plain or not listed_by(row):
            return None
        prompt_id, row = row.id, await said_anew(scope, row)
        if just is not None and (just.channel, just.ts) == (row.channel_id, row.slack_ts):
            return None
        place = Place(str(row.channel_id), str(row.slack_ts))
        return PromptEdit(row.id, prompt_id, place, await anew(self.kinds, scope, row, now))

    async def post(self, owner: HomeOwner, view: dict[str, Any]) -> float | None:
        """Edit the prompts, or say when Slack wants to hear of them again."""
        waits = [await self.edit(owner, one) for one in view["edits"]]
        return max((wait for wait in waits if wait), default=None)

    async def edit(self, owner: HomeOwner, one: PromptEdit) -> float | None:
        try:
            await edit_post(self.slack, one.place, one.message)
        except SlackApiError as refused:
            wait, error = hiccup(refused), refused.response["error"]
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            wait, error = 1.0, str(trouble)
        else:
            self.refused.discard(one.row_id)
            return None
        if wait and one.row_id not in self.refused:
            self.refused.add(one.row_id)
            return wait
        log.warning("could not edit the prompt", user=owner.user_id, error=error)
        self.refused.discard(one.row_id)
        async with self.database.write(owner.workspace_id) as scope:
            said = replies.not_edited(one.message)
            await aside(scope, owner.user_id, one.row_id, said, self.now(), one.stands_for)
        self.wake()
        return None
