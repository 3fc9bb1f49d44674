"""The sender: makes the files that people asked for, one at a time, and puts them into their direct messages.

Slack takes a file in three steps: it says where, is given the content there, and is told whose conversation it is for.
A file is made in a folder that is gone afterwards. Where this process ends meanwhile the person asks again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.context import Request
from handlers.made_file import FileToMake, MadeFile
from handlers.place import Place
from messages.blocks import Message
from storage.database import Database
from storage.trouble import StorageTrouble

log = structlog.get_logger()

FINISHING = 8.0  # seconds at the end, as for whatever is being shown
TIMES = aiohttp.ClientTimeout(total=900, sock_connect=10, sock_read=60)  # of a file's content on its way
NOT_LET = "missing_scope"

Aside = Callable[[Request, Message, Place | None], Awaitable[None]]


class NotTaken(Exception):
    """Slack did not take the content of a file."""


class ExportSender:
    """Makes and sends files, beside everything else, and says aside what is in the way."""

    def __init__(self, database: Database, slack: AsyncWebClient) -> None:
        self.database, self.slack = database, slack
        self.aside: Aside | None = None
        self.one_at_a_time = asyncio.Semaphore(1)
        self.tasks: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> bool:
        return bool(self.tasks)

    def send(self, request: Request, file: FileToMake) -> None:
        task = asyncio.create_task(self.sent(request, file))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def finished(self) -> None:
        if self.tasks:
            await asyncio.wait(self.tasks, timeout=FINISHING)
        for task in self.tasks:
            task.cancel()

    async def sent(self, request: Request, file: FileToMake) -> None:
        trouble = await self.trouble(request, file)
        if trouble is not None and self.aside is not None:
            await self.aside(request, trouble, None)

    async def trouble(self, request: Request, file: FileToMake) -> Message | None:
        """Make and send a file; return what to say where that did not go well."""
        try:
            async with self.one_at_a_time:
                await self.made_and_sent(request, file)
            return None
        except SlackApiError as refused:
            error = str(refused.response.get("error"))
            log.warning("an export was not taken", error=error)
            return file.not_let if error == NOT_LET else file.not_sent
        except (NotTaken, aiohttp.ClientError, TimeoutError) as fault:
            log.warning("an export was not taken", error=str(fault))
            return file.not_sent
        except (OSError, StorageTrouble) as fault:
            log.error("an export could not be made", error=str(fault))
            return file.no_room
        except Exception as fault:  # the edge: nobody else hears of it, and the person waits for a file
            log.exception("an export could not be made", exc_info=fault)
            return file.not_sent

    async def made_and_sent(self, request: Request, file: FileToMake) -> None:
        with TemporaryDirectory(prefix="rainmaker-export-") as folder:
            async with self.database.read(request.workspace_id) as scope:  # all of it is of one instant
                made = await file.make(scope, Path(folder))
            await upload(self.slack, request.user_id, made)


async def upload(slack: AsyncWebClient, user_id: str, made: MadeFile) -> None:
    """Put a file, or several in one message, into a person's direct messages.

    Raises:
        SlackApiError: if Slack refuses a step.
        NotTaken, ClientError, TimeoutError: if its content did not get through.
    """
    files: list[dict[str, str | None]] = []
    for path in (made.path, *made.more):
        length = (await asyncio.to_thread(path.stat)).st_size
        ticket = await slack.files_getUploadURLExternal(filename=path.name, length=length)
        await put(slack, str(ticket["upload_url"]), path)
        files.append({"id": str(ticket["file_id"]), "title": path.name})
    channel = (await slack.conversations_open(users=user_id))["channel"]["id"]
    await slack.files_completeUploadExternal(
        files=files,
        channel_id=channel,
        initial_comment=made.said,
    )


async def put(slack: AsyncWebClient, url: str, path: Path) -> None:
    """Give Slack the content of a file at an address that is the permission itself, so no token goes there."""
    session = slack.session
    assert session is not None  # the composition root gives the client the one that all calls share
    with path.open("rb") as content:
        async with session.post(url, data=content, timeout=TIMES, allow_redirects=False) as answer:
            if answer.status != 200:
                raise NotTaken(f"the upload was answered with {answer.status}")
