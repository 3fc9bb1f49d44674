"""The desk: works on what people dropped, one file of a workspace at a time, and lets each file's message say so.

What a file is on its way to stands in the database. Whoever takes one up holds it by a lease, so that a process that
ends is followed by another, or by itself after a restart: reading is done again, an import is run again, which changes
nothing twice, and taking back goes on where it was.
"""

import asyncio
import errno
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.imports.deck import DeckWork
from bot.imports.download import NotDownloaded
from bot.imports.library import LibraryWork
from bot.imports.posts import DropPosts
from bot.imports.work import DropWork, LostHold, TryAgain
from handlers.imports.files.deck import OTHERWISE
from messages.imports import files as views
from sales.imports.files.deck_sheet import LOOKED_AT, holds_cards
from sales.imports.files.drop import DropNews, DropStep, file_named, is_of_library
from sales.refusal import Refusal
from storage.database import Database
from storage.imports.files.drop import (
    DroppedFileRow,
    claim_drop,
    forget_pieces,
    held_drop,
    move_drop,
    outlived_drops,
    renew_lease,
    unshown_drops,
    waiting_drops,
)
from storage.trouble import StorageTrouble

log = structlog.get_logger()

EVERY = 3.0  # seconds between two edits that say how far a file is; Slack takes some fifty edits a minute
RENEWED = 15.0  # seconds between two renewals of a lease of sixty
SOON = 2.0  # seconds; what takes longer says in its message how far it is, and nobody waits for it
LOOKS = 0.05  # seconds between two looks whether a message was sent that is to be edited
PATIENCE = 5.0  # seconds of them; after that the next look is the sweep's
MOST_TRIES = 5  # of a download
FINISHING = 3.0  # seconds at the end: a piece of work ends after its batch
WAITS = tuple(timedelta(seconds=one) for one in (2, 10, 30, 120))


class DropDesk(Desk):
    """Takes up what waits, here or left by another process."""

    things = "dropped files"

    def __init__(
        self,
        database: Database,
        slack: AsyncWebClient,
        workspace_id: str,
        now: Callable[[], datetime],
        owner: str,
        deliver: Callable[[], None],
    ) -> None:
        """`deliver` lets delivery look: what comes in may set other messages going."""
        super().__init__()
        self.database, self.slack, self.workspace_id, self.now = database, slack, workspace_id, now
        self.owner, self.deliver = owner, deliver
        self.posts = DropPosts(database, slack)
        self.working: asyncio.Task[None] | None = None
        self.shows_how_far = False

    @property
    def busy(self) -> bool:
        """Whether something is coming that its person waits for; not what says in its message how far it is."""
        return super().busy or (self.working is not None and not self.shows_how_far)

    async def run(self) -> None:
        """Work until cancelled."""
        try:
            await super().run()
        finally:
            await self.stop()

    async def stop(self) -> None:
        """Let go of what is being worked on; it is taken up after the next start."""
        if self.working is not None:
            self.working.cancel()
            with suppress(TimeoutError):
                async with asyncio.timeout(FINISHING):
                    await asyncio.gather(self.working, return_exceptions=True)

    async def round(self) -> None:
        """Let what is out of date go, take up what waits, and show what changed."""
        await self.outlive()
        if self.working is None:
            async with self.database.read_ledger() as ledger:
                waiting = await waiting_drops(ledger, self.workspace_id, self.now())
            for row in waiting:
                if await self.take_up(row.id):
                    break
        await self.show()

    async def outlive(self) -> None:
        """End previews nobody confirmed, with our copy of their files, and the time in which imports can be undone."""
        async with self.database.read_ledger() as ledger:
            late = [row.id for row in await outlived_drops(ledger, self.workspace_id, self.now())]
        for drop_id in late:
            async with self.database.write(self.workspace_id) as scope:
                for row in await outlived_drops(scope.ledger, self.workspace_id, self.now()):
                    if row.id == drop_id:
                        await forget_pieces(scope, row.id)
                        over = DropStep.EXPIRED if row.step is DropStep.SHOWN else DropStep.KEPT
                        news = DropNews() if over is DropStep.EXPIRED else row.told
                        await move_drop(scope, row, over, self.now(), news)

    async def show(self) -> None:
        """Edit the messages that do not say what is so, once they are sent."""
        until = monotonic() + PATIENCE
        while True:
            async with self.database.read_ledger() as ledger:
                rows = await unshown_drops(ledger, self.workspace_id)
            left = [row.id for row in rows if not await self.posts.show(row)]
            if not left or monotonic() > until or self.asked.is_set():
                return
            await asyncio.sleep(LOOKS)

    async def take_up(self, drop_id: int) -> bool:
        """Begin to work on a file; False where somebody else does, or on another of the workspace."""
        async with self.database.write(self.workspace_id) as scope:
            row = await claim_drop(scope, drop_id, f"{self.owner}:{secrets.token_hex(2)}", self.now())
        if row is None:
            return False
        self.shows_how_far = False
        self.working = asyncio.create_task(self.work_on(row))
        self.working.add_done_callback(self.done)
        return True

    def done(self, task: asyncio.Task[None]) -> None:
        self.working = None
        self.deliver()
        self.wake()
        if not task.cancelled() and (fault := task.exception()) is not None:
            log.exception("a dropped file was not worked on", exc_info=fault)

    async def work_on(self, row: DroppedFileRow) -> None:
        """Take a file one step further, and write down what came of it."""
        try:
            with TemporaryDirectory(prefix="rainmaker-", ignore_cleanup_errors=True) as folder:
                await self.step(row, Path(folder) / file_named(row.name))
        except LostHold:
            log.info("a dropped file went on elsewhere", drop=row.id)
        except TryAgain as refused:
            await self.fail(row, refused.text, again=True)
        except Refusal as refused:
            await self.fail(row, by_itself(refused.text, row.name), again=False)
        except NotDownloaded as trouble:
            await self.later(row, trouble)
        except StorageTrouble as trouble:
            await self.wait_for_storage(row, trouble)
        except asyncio.CancelledError:
            await self.let_go(row)
            raise
        except Exception as fault:  # the edge: the person gets a reference, the log what it was
            if isinstance(fault, OSError) and fault.errno == errno.ENOSPC:
                await self.fail(row, views.refused("no_room"), again=True)
                return
            reference = secrets.token_hex(3)
            log.exception("fault", reference=reference, kind="dropped file", exc_info=fault)
            await self.fail(row, views.refused("fault", reference=reference), again=True)

    async def step(self, row: DroppedFileRow, path: Path) -> None:
        kind = LibraryWork if is_of_library(row.name) else DropWork
        kind = DeckWork if row.told.deck is not None else kind
        work = kind(self.database, self.slack, self.now, row, path)
        following = asyncio.create_task(self.follow(work))
        try:
            if row.step is DropStep.ARRIVED:
                work = await self.looked_into(work)
            await work.step()
        finally:
            following.cancel()

    async def looked_into(self, work: DropWork) -> DropWork:
        """Return who works on a file by what is in it: cards are told apart from deals and from a library.

        Raises:
            Refusal: if there are none, and its person may bring in nothing else.
        """
        await work.copy()
        row = work.row
        if await asyncio.to_thread(are_cards, work.path, row.name):
            made = DeckWork(self.database, self.slack, self.now, row, work.path)
            made.is_here = True
            return made
        if otherwise := row.answers.get(OTHERWISE):
            raise Refusal(str(otherwise))
        return work

    async def follow(self, work: DropWork) -> None:
        """Hold on to a file while it is worked on, and let its message say how far it is."""
        began = renewed = monotonic()
        said = None
        while True:
            await asyncio.sleep(EVERY if said is not None and work.progress.done else SOON / 4)
            if monotonic() - renewed > RENEWED:
                renewed = monotonic()
                with suppress(StorageTrouble):
                    async with self.database.write(self.workspace_id) as scope:
                        await renew_lease(scope, work.row.id, work.row.fence, self.now())
            if monotonic() - began < SOON or not work.progress.rows or said == work.progress:
                continue
            said = work.progress.model_copy()
            news = work.row.told.model_copy(update={"progress": said})
            if await self.posts.show(work.row, views.under_way(work.row, news)):
                self.shows_how_far = True

    async def fail(self, row: DroppedFileRow, trouble: str, *, again: bool) -> None:
        """Write down why a file cannot be read; our copy of it goes unless it may be tried again."""
        async with self.database.write(self.workspace_id) as scope:
            held = await held_drop(scope, row.id, row.fence)
            if held is not None:
                if not again:
                    await forget_pieces(scope, held.id)
                news = DropNews(trouble=str(trouble), again=again)
                await move_drop(scope, held, DropStep.FAILED, self.now(), news)

    async def later(self, row: DroppedFileRow, trouble: NotDownloaded) -> None:
        """Try a download again after a while, some times; then it is its person's to say."""
        log.warning("a dropped file did not come", drop=row.id, trouble=str(trouble), tries=row.attempts + 1)
        if row.attempts + 1 >= MOST_TRIES:
            await self.fail(row, views.refused("slack_silent"), again=True)
            return
        async with self.database.write(self.workspace_id) as scope:
            held = await held_drop(scope, row.id, row.fence)
            if held is not None:
                held.not_before = self.now() + WAITS[min(held.attempts, len(WAITS) - 1)]
                held.attempts += 1
                held.lease_owner = held.lease_until = None
                scope.session.add(held)

    async def wait_for_storage(self, row: DroppedFileRow, trouble: StorageTrouble) -> None:
        """Say that the database is in the way: the file stays where it is, and is taken up once its lease is over."""
        log.error("a dropped file waits for the database", drop=row.id, trouble=str(trouble))
        with suppress(StorageTrouble):
            await self.let_go(row)
        news = row.told.model_copy(update={"trouble": str(trouble)})
        with suppress(StorageTrouble):
            await self.posts.show(row, views.under_way(row, news))

    async def let_go(self, row: DroppedFileRow) -> None:
        """Give a file back, for whoever looks next."""
        async with self.database.write(self.workspace_id) as scope:
            held = await held_drop(scope, row.id, row.fence)
            if held is not None:
                held.lease_owner = held.lease_until = None
                held.not_before = self.now() + timedelta(seconds=5)
                scope.session.add(held)


def are_cards(path: Path, name: str) -> bool:
    with path.open("rb") as file:
        return holds_cards(file.read(LOOKED_AT), name)


def by_itself(trouble: str, name: str) -> str:
    """Return why a file cannot be read as a sentence that follows its name: "deals.csv: is a picture"."""
    said = trouble.removeprefix(f"{file_named(name)}: ")
    return f"It {said}" if said[:1].islower() else said
