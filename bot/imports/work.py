"""Work on one dropped file: fetched and looked at, taken in, taken back. Each step ends in one unit of work."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from bot.imports.download import (
    FileGone,
    FileTooLarge,
    LoginPage,
    SentElsewhere,
    download,
    may_read_files,
)
from handlers.imports.files.drop import SCOPE, tell_admins
from handlers.imports.files.run import bring_in
from messages.imports import files as views
from sales.imports.files.answers import TEAM, confirmed, terms_of
from sales.imports.files.drop import ANSWERS, DEALS, MOST_BYTES, DropNews, DropProgress, DropStep
from sales.imports.files.outlook import came_of, without_content
from sales.language.dates.instants import local_date
from sales.refusal import Refusal
from storage.database import Database
from storage.goals.starting_balance import contested
from storage.imports.files.content import keep_content, lines_in, restore_content
from storage.imports.files.desk import zone_of
from storage.imports.files.drop import DroppedFileRow, forget_pieces, held_drop, move_drop
from storage.imports.files.look import looked_at
from storage.imports.files.shape import remember_terms
from storage.imports.files.undo import take_back
from storage.people.member import find_member
from storage.scope import Scope


class LostHold(Exception):
    """Somebody else has the file by now, or its person stopped it."""


class DropWork:
    """Takes a file that is held one step further. `progress` says how far it is, for its message."""

    def __init__(
        self,
        database: Database,
        slack: AsyncWebClient,
        now: Callable[[], datetime],
        row: DroppedFileRow,
        path: Path,
    ) -> None:
        self.database, self.slack, self.now = database, slack, now
        self.row, self.path = row, path
        self.progress = DropProgress()
        self.is_here = False

    async def step(self) -> None:
        """Do what the file waits for.

        Raises:
            LostHold: if it is not ours to do any more.
            Refusal: in the words of why it cannot be done.
            NotDownloaded: if Slack or the network is in trouble; later it may come.
        """
        match self.row.step:
            case DropStep.ARRIVED:
                await self.read()
            case DropStep.CONFIRMED:
                await self.take_in()
            case DropStep.UNDOING:
                await self.undo()

    async def read(self) -> None:
        """Fetch the file unless we have it, look at it, and show what would come of it."""
        row = self.row
        await self.copy()
        self.progress = DropProgress(rows=await asyncio.to_thread(lines_in, self.path))
        found = await looked_at(self.database, row.workspace_id, self.path, self.now, row.answers, self.watch)
        news = DropNews(questions=found.questions, outlook=found.outlook)
        async with self.database.write(row.workspace_id) as scope:
            held = await self.held(scope)
            held.answers, held.shape, held.until = found.answers, found.shape, self.now() + ANSWERS
            await move_drop(scope, held, DropStep.SHOWN, self.now(), news)

    async def copy(self) -> None:
        """Have the file at its path, fetched unless we kept a copy."""
        if not self.is_here:
            await (self.restore() if self.row.pieces else self.fetch())
            self.is_here = True

    async def fetch(self) -> None:
        """Download the file and keep a copy, before anybody is told what is in it."""
        row = self.row
        try:
            await download(self.slack, row.url, self.path, MOST_BYTES)
        except LoginPage as page:
            raise await self.not_ours(page) from page
        except FileGone as gone:
            raise Refusal(views.refused("deleted")) from gone
        except FileTooLarge as large:
            size = views.sized(MOST_BYTES + 1)
            raise Refusal(views.refused("too_large", size=f"more than {size}")) from large
        except SentElsewhere as elsewhere:
            raise Refusal(views.refused("elsewhere")) from elsewhere
        pieces = await keep_content(self.database, row.workspace_id, row.id, row.fence, self.path)
        if pieces is None:
            raise LostHold
        async with self.database.write(row.workspace_id) as scope:
            (await self.held(scope)).pieces = pieces

    async def not_ours(self, page: LoginPage) -> Refusal:
        """Return why Slack shows a log-in page; where a scope is missing, admins are told the mend."""
        if await may_read_files(self.slack):
            return TryAgain(views.refused("login_page"))
        async with self.database.write(self.row.workspace_id) as scope:
            await tell_admins(scope, self.row.user_id, SCOPE, self.now())
        return TryAgain(views.refused("no_scope"))

    async def restore(self) -> None:
        row = self.row
        if not await restore_content(self.database, row.workspace_id, row.id, row.pieces, self.path):
            raise LostHold

    async def take_in(self) -> None:
        """Take the file in; after a restart once more, which changes nothing twice."""
        row = self.row
        await self.copy()
        tally = await bring_in(
            self.database,
            row.workspace_id,
            self.path,
            self.now,
            terms_of(row.answers),
            watch=self.watch,
            begun=self.begun,
            by=row.user_id,
        )
        before = row.told.outlook
        assert before is not None
        outlook = without_content(came_of(before, tally, again=len(row.runs) > 0))
        async with self.database.write(row.workspace_id) as scope:
            held = await self.held(scope)
            balances = [(await find_member(scope, one.owner_id)) for one, _ in await contested(scope)]
            news = DropNews(outlook=outlook, balances=sorted({one.name for one in balances if one}))
            today = local_date(self.now(), await zone_of(scope, held.answers.get(TEAM)))
            await remember_terms(scope, held.shape, confirmed(held.answers, today), self.now())
            await forget_pieces(scope, held.id)
            held.pieces = 0
            await move_drop(scope, held, DropStep.TAKEN, self.now(), news)

    async def begun(self, scope: Scope, run_id: int) -> None:
        """Note a run in the unit of work in which it begins, so that undoing finds all of them."""
        held = await self.held(scope)
        held.runs = [*held.runs, run_id]
        scope.session.add(held)

    async def undo(self) -> None:
        """Take back every run of the file, the latest first."""
        row = self.row
        news = DropNews(things=row.told.outlook.things if row.told.outlook else DEALS)
        for run_id in reversed(row.runs):
            try:
                undone = await take_back(self.database, row.workspace_id, run_id, self.now, row.user_id)
            except Refusal:
                continue  # taken back already: it was cut short after that
            news.removed += undone.removed
            news.restored += undone.restored
            news.left += undone.left
        async with self.database.write(row.workspace_id) as scope:
            await move_drop(scope, await self.held(scope), DropStep.UNDONE, self.now(), news)

    def watch(self, source: str, done: int, rows: int) -> None:
        self.progress = DropProgress(done=done, rows=rows)

    async def held(self, scope: Scope) -> DroppedFileRow:
        found = await held_drop(scope, self.row.id, self.row.fence)
        if found is None:
            raise LostHold
        return found


class TryAgain(Refusal):
    """Something that may be over by now: the message has a way to try once more."""
