"""Messages about wishes for a lower price: what becomes of one is shown in place, to managers and to who asked."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

import structlog

from handlers.home_queue import HomeOwner
from handlers.nudges.policy import with_off_switch
from handlers.pipeline.discount import TAKEN_BACK_BY, answer_shown, found, shown
from handlers.place import Place
from handlers.posts import FollowedPosts
from messages.blocks import Message
from messages.pipeline import price_cut as views
from sales.language.reader import written_for
from sales.pipeline.price_cut import DISCOUNT_ANSWERED, DiscountState, asked_key, standing
from storage.nudges.ledger.lookup import delivery_by_key, recent_deliveries
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.member import find_member
from storage.people.team import managers_over
from storage.pipeline.opportunity import OpportunityRow
from storage.pipeline.price_cut import DiscountRequestRow, wishes_since
from storage.scope import Scope

log = structlog.get_logger()

LATELY = timedelta(days=14)  # what became of an older wish is shown by a press on it
MOST_KNOWN = 500
ANSWERED = frozenset({DiscountState.GRANTED, DiscountState.REFUSED})


class WishState(NamedTuple):
    """All that the messages about a wish say beside what it was when it was asked for.

    `reopened` is how often an answer to one that waits was taken back: another process may have shown that answer.
    """

    state: DiscountState
    answered_by: str
    reason: str
    reopened: int = 0


class FollowedWish(NamedTuple):
    """A wish as its messages say it, and those messages by key."""

    state: WishState
    keys: tuple[str, ...]


@dataclass(eq=False)
class DiscountPosts(FollowedPosts):
    """Messages about wishes, each edited once for whatever becomes of its wish."""

    # By workspace and wish, the oldest first; and by the key of a message, None where its wish is gone.
    known: dict[tuple[str, int], FollowedWish] = field(default_factory=dict, init=False)
    edited: dict[str, WishState | None] = field(default_factory=dict, init=False)

    async def read(self, owner: HomeOwner) -> dict[str, Any] | None:
        """Return the edit of a message that does not say how its wish stands; None where all do."""
        async with self.database.read(owner.workspace_id) as scope:
            wishes = await wishes_since(scope, (self.now() - LATELY).date())
            for request, deal in wishes:
                if view := await self.behind(scope, request, deal):
                    return view
            stored = {request.id for request, _ in wishes}
            for workspace_id, request_id in list(self.known):
                is_gone = workspace_id == owner.workspace_id and request_id not in stored
                if is_gone and (view := await self.taken_back(scope, request_id)):
                    return view
        return None

    async def behind(
        self, scope: Scope, request: DiscountRequestRow, deal: OpportunityRow
    ) -> dict[str, Any] | None:
        """Return the edit of a message that is behind its wish; None where none is."""
        state = WishState(standing(request, deal), request.answered_by, request.reason)
        answers: list[DeliveryRow] = []
        if state.state is DiscountState.OPEN:
            answers = await self.answers(scope, request)
            state = state._replace(reopened=sum(TAKEN_BACK_BY in row.intent for row in answers))
        place = scope.workspace_id, request.id
        if (held := self.known.get(place)) is not None and held.state == state:
            return None
        rows = [*await self.asked(scope, request, deal), *(answers or await self.answers(scope, request))]
        for row in rows:
            if self.is_behind(row, state):
                return await self.edit(scope, row, state, request, deal)
        self.known[place] = FollowedWish(state, tuple(row.occurrence_key for row in rows))
        while len(self.known) > MOST_KNOWN:
            for key in self.known.pop(next(iter(self.known))).keys:
                self.edited.pop(key, None)
        return None

    def is_behind(self, row: DeliveryRow, state: WishState) -> bool:
        """Say whether a message that stands in Slack may say something else than its wish does."""
        if row.sent_at is None or row.plain or TAKEN_BACK_BY in row.intent:
            return False
        if row.occurrence_key in self.edited:
            return self.edited[row.occurrence_key] != state
        if row.kind == DISCOUNT_ANSWERED:  # it was sent with the answer
            return state.state not in ANSWERED
        return state != WishState(DiscountState.OPEN, "", "")

    async def asked(
        self, scope: Scope, request: DiscountRequestRow, deal: OpportunityRow
    ) -> list[DeliveryRow]:
        """Return the messages to the managers who were asked."""
        managers = await managers_over(scope, deal.owner_id)
        keys = [asked_key(scope.workspace_id, request.id, one) for one in managers]
        return [row for key in keys if (row := await delivery_by_key(scope, key)) is not None]

    async def answers(self, scope: Scope, request: DiscountRequestRow) -> list[DeliveryRow]:
        """Return the messages to who asked: each answer, and that one was taken back."""
        return [
            row
            for row in await recent_deliveries(scope, request.asked_by, self.now() - LATELY)
            if row.kind == DISCOUNT_ANSWERED and row.intent.get("request_id") == request.id
        ]

    async def taken_back(self, scope: Scope, request_id: int) -> dict[str, Any] | None:
        """Return the edit of a message whose wish is there no more; None where each says so."""
        place = scope.workspace_id, request_id
        if await found(scope, request_id) is None:
            for key in self.known[place].keys:
                row = await delivery_by_key(scope, key)
                if row is not None and row.sent_at is not None and self.edited.get(key, ...) is not None:
                    return self.said(row, None, views.gone())
        for key in self.known.pop(place).keys:
            self.edited.pop(key, None)
        return None

    async def edit(
        self,
        scope: Scope,
        row: DeliveryRow,
        state: WishState,
        request: DiscountRequestRow,
        deal: OpportunityRow,
    ) -> dict[str, Any]:
        """Return how one message should read by now."""
        reader = await find_member(scope, str(row.user_id))
        is_answer = row.kind == DISCOUNT_ANSWERED
        with written_for(reader.locale if reader is not None else None):
            message = await (answer_shown if is_answer else shown)(scope, request, deal)
        if not is_answer:
            message = with_off_switch(message, scope.declared.kind(row.kind), row)
        return self.said(row, state, message)

    def said(self, row: DeliveryRow, state: WishState | None, message: Message) -> dict[str, Any]:
        place = Place(str(row.channel_id), str(row.slack_ts))
        return {"key": row.occurrence_key, "state": state, "place": place, "message": message}

    async def post(self, owner: HomeOwner, view: dict[str, Any]) -> float | None:
        """Edit a message; where Slack does not, a press on it shows the same."""
        self.edited[view["key"]] = view["state"]
        if trouble := await self.trouble(view["place"], view["message"]):
            log.warning("could not show what became of a wish", key=view["key"], error=trouble)
        self.queue.changed(owner)
        return None
