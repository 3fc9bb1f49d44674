"""Reconciling: a message that may have arrived is looked for before it is posted again (delivery.md §5)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot import slack_calls
from bot.delivery.channels import Channels, NotNow, Unreachable
from bot.delivery.steps import DeliverySteps
from bot.rate_limits import READING
from sales.nudges.ledger import (
    BLIND,
    BLIND_FOR,
    MAX_ATTEMPTS,
    MISSES_BEFORE_REPOST,
    Ambiguity,
    Answer,
    DeliveryState,
    PostOutcome,
    classify,
    next_look,
)
from storage.nudges.ledger.rows import DeliveryRow

log = structlog.get_logger()

MOST_PAGES = 20  # of one look: what the gate lets through within a lease
UNKNOWN = "unknown"


class Reconciler:
    """Settles all uncertain messages of one channel, or of one thread in it, with one look.

    `ambiguous` is what to do where nobody can look.
    """

    def __init__(
        self,
        slack: AsyncWebClient,
        steps: DeliverySteps,
        channels: Channels,
        ambiguous: Mapping[str, Ambiguity],
    ) -> None:
        self.slack = slack
        self.steps = steps
        self.channels = channels
        self.ambiguous = ambiguous

    async def settle(self, rows: Sequence[DeliveryRow]) -> None:
        """Look for messages of one channel or thread, and settle each by what was found.

        Found means sent; twice not found, a grace apart, means it never arrived; a look that failed means nothing.
        """
        found: dict[str, str] = {}
        try:
            channel = await self.channels.of(rows[0])
            answer = await self.look(channel, rows, found)
        except NotNow as gate:
            answer, channel = (
                Answer(ok=False, error="ratelimited", status=429, retry_after=gate.seconds),
                None,
            )
        except Unreachable as refused:
            answer, channel = refused.answer, None
        for row in rows:
            if ts := found.get(row.occurrence_key):
                await self.steps.move(
                    row, DeliveryState.SENT, "found in history",
                    channel_id=channel, slack_ts=ts, sent_at=self.steps.now(), last_error=None, blind_since=None,
                )  # fmt: skip
            elif answer.ok:
                await self.missed(row, channel)
            else:
                await self.could_not_look(row, answer)

    async def look(self, channel: str, rows: Sequence[DeliveryRow], found: dict[str, str]) -> Answer:
        """Read the channel since the first of these messages may have been posted; note in `found` the ts of each.

        Raises:
            NotNow, ShuttingDown: if the gate is shut.
        """
        wanted = {row.occurrence_key for row in rows}
        since = min(row.first_post_at or row.created_at for row in rows)
        cursor, workspace_id = "", rows[0].workspace_id
        for _ in range(MOST_PAGES):
            await self.channels.through(workspace_id, READING)
            answer, page, cursor = await slack_calls.look(self.slack, channel, since, cursor, rows[0].thread)
            if not answer.ok:
                if answer.retry_after:
                    await self.channels.throttled(workspace_id, READING, answer.retry_after)
                return answer
            found |= {key: ts for key, ts in page.items() if key in wanted}
            if not cursor or wanted <= found.keys():
                return Answer(ok=True)
        return Answer(ok=False, error="too many messages to look through")

    async def missed(self, row: DeliveryRow, channel: str | None) -> None:
        """A message was looked for and is not there."""
        if row.misses + 1 < MISSES_BEFORE_REPOST:
            await self.steps.put_off(
                row, self.steps.timing.grace, "not found",
                channel_id=channel, misses=row.misses + 1, blind_since=None,
            )  # fmt: skip
            return
        gone = {"misses": 0, "first_post_at": None, "blind_since": None, "repeated": False}
        if row.attempts >= MAX_ATTEMPTS:
            await self.steps.give_up(row, row.last_error or "never arrived", **gone)
        else:
            now = self.steps.now()
            await self.steps.move(row, DeliveryState.PENDING, "never arrived", not_before=now, **gone)

    async def could_not_look(self, row: DeliveryRow, answer: Answer) -> None:
        """Nobody can say whether a message is there: look again later, unless that is no use."""
        now = self.steps.now()
        since = row.blind_since or now
        outcome = classify(answer, posts=False)
        if answer.error in BLIND or now - since >= BLIND_FOR:
            await self.decide_blindly(row)
        elif outcome is PostOutcome.WORKSPACE_BROKEN:
            await self.steps.hold_workspace(row, answer.error)
        elif outcome is PostOutcome.TARGET_BROKEN:
            await self.steps.give_up(row, answer.error)
        else:
            wait = max(next_look(since, now, self.steps.timing.grace), timedelta(seconds=answer.retry_after))
            await self.steps.put_off(row, wait, f"look-up failed: {answer.error}", blind_since=since)

    async def decide_blindly(self, row: DeliveryRow) -> None:
        """Do with a message what its kind says where nobody can look: post it once more, saying so, or not at all."""
        if self.ambiguous.get(row.kind, Ambiguity.SKIP) is Ambiguity.SKIP:
            await self.steps.skip(row, UNKNOWN)
        elif row.repeated:
            await self.steps.give_up(row, UNKNOWN)
        else:
            log.warning("nobody can look whether a message arrived: it goes again", key=row.occurrence_key)
            await self.steps.move(
                row, DeliveryState.PENDING, "posted again without knowing",
                not_before=self.steps.now(), repeated=True, misses=0, blind_since=None,
            )  # fmt: skip
