"""Do not disturb: whom Slack would not notify now. Asked seldom, remembered, and never in a message's way."""

import asyncio
from collections import deque
from datetime import UTC, datetime, timedelta

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

REMEMBERED = timedelta(minutes=10)  # what was said of a person holds for so long
MOST_A_MINUTE = 40  # Slack bears about 50 of this method; whoever is over it is simply not asked about
REFUSED_FOR = timedelta(hours=1)  # without the scope there is no point in asking again soon
PATIENCE = 2.0  # seconds: a message does not wait for this
NOT_GRANTED = frozenset({"missing_scope", "not_allowed_token_type", "unknown_method"})


class DoNotDisturb:
    """Asks Slack when a person's do-not-disturb ends, at most once in ten minutes for each.

    Slack shows an app the hours a person set, not a snooze by hand. A failing look-up counts as no answer,
    and no answer as not disturbing anybody.
    """

    def __init__(self, slack: AsyncWebClient) -> None:
        self.slack = slack
        self.known: dict[tuple[str, str], tuple[datetime, datetime | None]] = {}
        self.asked: deque[datetime] = deque()
        self.silent_until: datetime | None = None

    async def until(self, workspace_id: str, user_id: str, now: datetime) -> datetime | None:
        """Return when the person may be disturbed again, in UTC; None if they may be now, or nobody can say."""
        _, until = self.known.get((workspace_id, user_id), (None, None))
        if not self.remembers(workspace_id, user_id, now):
            if not self.may_ask(now):
                return None
            until = await self.look_up(user_id, now)
            self.known[workspace_id, user_id] = (now, until)
            self.forget_old(now)
        return until if until is not None and until > now else None

    def remembers(self, workspace_id: str, user_id: str, now: datetime) -> bool:
        """Say whether what was said of a person holds still."""
        known = self.known.get((workspace_id, user_id))
        return known is not None and timedelta() <= now - known[0] < REMEMBERED

    def would_ask(self, workspace_id: str, user_id: str, now: datetime) -> bool:
        """Say whether Slack would be asked about a person now."""
        return not self.remembers(workspace_id, user_id, now) and self.has_room(now)

    def has_room(self, now: datetime) -> bool:
        """Say whether one more question may be asked now."""
        if self.silent_until is not None and now < self.silent_until:
            return False
        while self.asked and not timedelta() <= now - self.asked[0] < timedelta(minutes=1):
            self.asked.popleft()
        return len(self.asked) < MOST_A_MINUTE

    def may_ask(self, now: datetime) -> bool:
        """Count one more question if it may be asked now."""
        if not self.has_room(now):
            return False
        self.asked.append(now)
        return True

    async def look_up(self, user_id: str, now: datetime) -> datetime | None:
        try:
            said = (await asyncio.wait_for(self.slack.dnd_info(user=user_id), PATIENCE)).data
        except SlackApiError as refused:
            self.be_silent(refused, now)
            return None
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return None
        return ends(said, now) if isinstance(said, dict) else None

    def be_silent(self, refused: SlackApiError, now: datetime) -> None:
        """Ask nothing for a while if Slack wants that, or if we may not ask at all."""
        response = refused.response
        if response.get("error") in NOT_GRANTED:
            self.silent_until = now + REFUSED_FOR
        elif response.status_code == 429:
            self.silent_until = now + timedelta(seconds=float(response.headers.get("Retry-After", 60) or 60))

    def forget_old(self, now: datetime) -> None:
        """Keep the memory as small as the number of people written to lately."""
        if len(self.known) > MOST_A_MINUTE * 20:
            self.known = {key: one for key, one in self.known.items() if now - one[0] < REMEMBERED}


def ends(said: dict[str, object], now: datetime) -> datetime | None:
    """Return when the do-not-disturb that Slack describes ends, in UTC; None if it is not on at `now`."""

    def at(name: str) -> datetime:
        return datetime.fromtimestamp(float(str(said.get(name) or 0)), UTC)

    if said.get("snooze_enabled") and at("snooze_endtime") > now:
        return at("snooze_endtime")
    if said.get("dnd_enabled") and at("next_dnd_start_ts") <= now < at("next_dnd_end_ts"):
        return at("next_dnd_end_ts")
    return None
