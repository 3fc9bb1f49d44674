"""Slack's time: what time it is by the Date of Slack's answers, for a machine whose own clock may be wrong.

A Date that agrees with our own clock, with what Slack said before or with another one right after is believed; one
alone is not, as whatever stands between us and Slack may answer in its name. It is carried on by seconds elapsed.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from bot.clock import STEP_BACK, Clock, elapsed

LATELY = timedelta(hours=24)  # an answer older than this says nothing; seconds elapsed drift by some a day
WITHIN = timedelta(seconds=30)  # two answers agree: a Date has no fractions, and an answer its way


class SlackTime:
    """What Slack's answers say, beside what `ours` says."""

    def __init__(self, ours: Clock, seconds: Callable[[], float] = elapsed) -> None:
        self.ours = ours
        self.seconds = seconds
        self.told: tuple[datetime, float] | None = None
        self.alone: tuple[datetime, float] | None = None  # said once, and nobody else says so

    def note(self, date: str | None) -> None:
        """Take the Date of an answer of Slack's; one that cannot be read says nothing."""
        try:
            said = parsedate_to_datetime(date or "").astimezone(UTC)
        except (ValueError, TypeError, OverflowError):
            return
        known, alone = self.carried(self.told), self.carried(self.alone)
        if (
            abs(self.ours() - said) <= STEP_BACK
            or (known is not None and abs(known - said) <= WITHIN)
            or (alone is not None and abs(alone - said) <= WITHIN)
        ):
            self.told, self.alone = (said, self.seconds()), None
        else:
            self.alone = said, self.seconds()

    def carried(self, told: tuple[datetime, float] | None) -> datetime | None:
        if told is None:
            return None
        since = timedelta(seconds=self.seconds() - told[1])
        return told[0] + since if since <= LATELY else None

    def ahead(self, ours: datetime) -> timedelta | None:
        """Return how far a reading of our clock is ahead of Slack's; None if Slack said nothing lately."""
        known = self.carried(self.told)
        return None if known is None else ours - known

    def forget(self) -> None:
        """Know nothing of Slack's time: both clocks were set on purpose."""
        self.told = self.alone = None


class TrustedClock:
    """Our clock, or while it is more than five minutes off, Slack's.

    So what people do while the machine's clock is wrong has the right date. Nothing falls due meanwhile.
    """

    def __init__(self, ours: Clock, slack: SlackTime) -> None:
        self.ours = ours
        self.slack = slack

    def __call__(self) -> datetime:
        """Return the present instant, in UTC."""
        now = self.ours()
        ahead = self.slack.ahead(now)
        return now if ahead is None or abs(ahead) <= STEP_BACK else now - ahead


def dates(slack: SlackTime, api_url: str) -> aiohttp.TraceConfig:
    """Return the hook that notes the Date of every answer of Slack's Web API, and of nothing else."""
    begins = f"{api_url.rstrip('/')}/"

    async def answered(_: object, __: object, params: aiohttp.TraceRequestEndParams) -> None:
        response = params.response
        if response.content_type == "application/json" and str(params.url).startswith(begins):
            slack.note(response.headers.get("Date"))

    trace = aiohttp.TraceConfig()
    trace.on_request_end.append(answered)
    return trace
