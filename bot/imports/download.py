"""Downloads: a file out of Slack, streamed into a file of ours, with the token shown to Slack's hosts alone.

Slack refuses nobody here. Who may not read a file is shown a page to log in at, with 200; and downloads may be sent on
to another host first. So what comes as HTML is no file, and the token goes with a redirect to Slack only.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.installation import scopes_named

SCOPE = "files:read"
MOST_REDIRECTS = 3
PIECE = 256 * 1024  # bytes
SLACK = ("slack.com", "slack-gov.com")
PAGE = "text/html"
GONE = frozenset({404, 410})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
TIMES = aiohttp.ClientTimeout(total=600, sock_connect=10, sock_read=30)


class NotDownloaded(Exception):
    """A file that did not come; the class says why."""


class LoginPage(NotDownloaded):
    """Slack showed a page instead: the token may not read files, or not this one."""


class FileGone(NotDownloaded):
    """The file was deleted in Slack."""


class FileTooLarge(NotDownloaded):
    """There was more of it than we take."""


class SentElsewhere(NotDownloaded):
    """Slack sent us on to an address that is none of Slack's."""


class TryLater(NotDownloaded):
    """Slack or the network is in trouble."""


async def download(slack: AsyncWebClient, url: str, to: Path, most: int) -> None:
    """Stream a file of Slack's to a path of ours.

    Raises:
        NotDownloaded: of the class that says why; what was written so far may stand at the path.
        OSError: if it cannot be written.
    """
    try:
        async with answer_to(slack, url) as answer:
            if answer.status in GONE:
                raise FileGone
            if answer.status >= 400 and answer.status not in (401, 403):
                raise TryLater(f"HTTP {answer.status}")
            if answer.status != 200 or answer.content_type == PAGE:
                raise LoginPage
            if (answer.content_length or 0) > most:
                raise FileTooLarge
            with await asyncio.to_thread(to.open, "wb") as file:
                await written(answer, file, most)
    except (aiohttp.ClientError, TimeoutError) as trouble:
        raise TryLater(str(trouble) or type(trouble).__name__) from trouble


async def written(answer: aiohttp.ClientResponse, file: BinaryIO, most: int) -> None:
    count = 0
    async for piece in answer.content.iter_chunked(PIECE):
        count += len(piece)
        if count > most:
            raise FileTooLarge
        await asyncio.to_thread(file.write, piece)


@asynccontextmanager
async def answer_to(slack: AsyncWebClient, url: str) -> AsyncIterator[aiohttp.ClientResponse]:
    """Ask for a file, and again where Slack sends us on within Slack."""
    assert slack.session is not None
    headers = {"Authorization": f"Bearer {slack.token}"}
    for _ in range(MOST_REDIRECTS + 1):
        if not is_slacks(url, slack.base_url):
            raise SentElsewhere
        asked = slack.session.get(url, headers=headers, allow_redirects=False, timeout=TIMES)
        async with asked as answer:
            if answer.status not in REDIRECTS:
                yield answer
                return
            url = urljoin(url, answer.headers.get("Location", ""))
    raise SentElsewhere


def is_slacks(url: str, base_url: str) -> bool:
    """Say whether an address is one of Slack's, or of what stands in for Slack by our own settings."""
    try:
        parts, ours = urlsplit(url), urlsplit(base_url)
        if (parts.scheme, parts.hostname, parts.port) == (ours.scheme, ours.hostname, ours.port):
            return True
        host = (parts.hostname or "").lower()
        plain = parts.port in (None, 443) and parts.username is None
    except ValueError:
        return False
    return parts.scheme == "https" and plain and any(host == one or host.endswith(f".{one}") for one in SLACK)


async def may_read_files(slack: AsyncWebClient) -> bool:
    """Say whether our token has the scope for files, as far as Slack says it; where it does not say, it may."""
    try:
        granted = scopes_named((await slack.auth_test()).headers)
    except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError):
        return True
    return not granted or SCOPE in granted
