"""Wishes for a lower price that several managers were asked: what one answered is shown to the others in place."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from handlers.home_queue import HomeBudget, HomeOwner
from handlers.nudges.policy import with_off_switch
from handlers.pipeline.discount import found, shown
from handlers.place import Place
from handlers.posts import EDITS, FollowedPosts
from sales.language.reader import written_for
from sales.pipeline.price_cut import asked_key
from storage.database import Database
from storage.nudges.ledger.lookup import delivery_by_key
from storage.people.member import find_member
from storage.people.team import managers_over
from storage.pipeline.opportunity import find_opportunity
from storage.pipeline.price_cut import answered_by
from storage.scope import Scope

log = structlog.get_logger()

LATELY = timedelta(days=1)  # an answer is older than that only where Slack was away; a press shows it too
MOST_KNOWN = 500


class DiscountPosts(FollowedPosts):
    """Messages to managers about a wish that another of them answered, edited once each."""

    def __init__(
        self,
        database: Database,
        slack: AsyncWebClient,
        now: Callable[[], datetime],
        budget: HomeBudget = EDITS,
    ) -> None:
        super().__init__(database, slack, now, budget)
        self.edited: dict[str, None] = {}  # by the key of the message, the oldest first

    async def read(self, owner: HomeOwner) -> dict[str, Any] | None:
        """Return the edit of a message that does not say what this person answered; None where all do."""
        async with self.database.read(owner.workspace_id) as scope:
            since = (self.now() - LATELY).date()
            for request in await answered_by(scope, owner.user_id, since):
                for manager in await self.others(scope, request.opportunity_id, owner.user_id):
                    key = asked_key(scope.workspace_id, request.id, manager)
                    if key not in self.edited and (view := await self.edit(scope, key, request.id)):
                        return view
        return None

    async def others(self, scope: Scope, deal_id: int, user_id: str) -> list[str]:
        """Return who else manages the team whose deal it is."""
        deal = await find_opportunity(scope, deal_id)
        managers = await managers_over(scope, deal.owner_id) if deal is not None else []
        return [one for one in managers if one != user_id]

    async def edit(self, scope: Scope, key: str, request_id: int) -> dict[str, Any] | None:
        """Return how one message should read by now; None where it never stood, or says so in plain text."""
        row, both = await delivery_by_key(scope, key), await found(scope, request_id)
        if row is None or row.sent_at is None or row.plain or both is None:
            return None
        reader = await find_member(scope, str(row.user_id))
        with written_for(reader.locale if reader is not None else None):
            message = await shown(scope, *both)
        message = with_off_switch(message, scope.declared.kind(row.kind), row)
        return {"key": key, "place": Place(str(row.channel_id), str(row.slack_ts)), "message": message}

    async def post(self, owner: HomeOwner, view: dict[str, Any]) -> float | None:
        """Edit a message; where Slack does not, a press on it shows the same."""
        self.edited[view["key"]] = None
        while len(self.edited) > MOST_KNOWN:
            del self.edited[next(iter(self.edited))]
        if trouble := await self.trouble(view["place"], view["message"]):
            log.warning("could not show who answered", key=view["key"], error=trouble)
        self.queue.changed(owner)
        return None
