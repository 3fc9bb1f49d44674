"""Work on a file for a team's library: looked at, taken in as one action, taken back as one."""

import asyncio

from bot.imports.work import DropWork
from handlers.craft.library.lookup import readers_of
from handlers.imports.files.library import LIBRARIES
from messages.imports import library as views
from sales.craft.library_change import LibraryOutlook
from sales.craft.library_markdown import MOST_BYTES
from sales.imports.files.answers import LIBRARY
from sales.imports.files.drop import ANSWERS, DropNews, DropStep, FileQuestion, Offered
from sales.refusal import Refusal
from sales.undo import UNDO_FOR
from storage.craft.library_file import outlook_for, take_in
from storage.imports.files.drop import forget_pieces, move_drop
from storage.people.team import TeamRow, find_team
from storage.scope import Scope
from storage.undo import undo_action


class LibraryWork(DropWork):
    """Takes a Markdown file that is held one step further."""

    async def fetch(self) -> None:
        """Download the file.

        Raises:
            Refusal: for what was pasted and is erased: there is no file of it.
        """
        if not self.row.url:
            raise Refusal(views.refused("paste_gone"))
        await super().fetch()

    async def text(self) -> str:
        """Return what stands in the file.

        Raises:
            Refusal: for what is no text, or more than a library holds.
        """
        if self.path.stat().st_size > MOST_BYTES:
            raise Refusal(views.refused("too_large"))
        try:
            return (await asyncio.to_thread(self.path.read_bytes)).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Refusal(views.refused("no_text")) from None

    async def read(self) -> None:
        """Fetch the file unless we have it, and show what it would change; ask which library is meant, of several."""
        row = self.row
        await self.copy()
        text = await self.text()
        libraries: dict[str, str] = row.answers.get(LIBRARIES, {})
        chosen = row.answers.get(LIBRARY) or (next(iter(libraries)) if len(libraries) == 1 else "")
        async with self.database.write(row.workspace_id) as scope:
            held = await self.held(scope)
            if chosen:
                news = DropNews(library=await self.outlook(scope, await self.team(scope, chosen), text))
            else:
                offered = [Offered(value=team_id, label=name) for team_id, name in libraries.items()]
                news = DropNews(questions=[FileQuestion(kind=LIBRARY, about=LIBRARY, offered=offered)])
            held.until = self.now() + ANSWERS
            await move_drop(scope, held, DropStep.SHOWN, self.now(), news)

    async def outlook(self, scope: Scope, team: TeamRow, text: str) -> LibraryOutlook:
        """Return what a text would change.

        Raises:
            Refusal: if nothing of it is an entry.
        """
        found = await outlook_for(scope, team, text, self.row.user_id, await readers_of(scope, team))
        if found.changes_nothing and not found.same and not found.left:
            raise Refusal(views.refused("no_entry"))
        return found

    async def team(self, scope: Scope, team_id: str) -> TeamRow:
        team = await find_team(scope, int(team_id))
        if team is None:
            raise Refusal(views.refused("team_gone"))
        return team

    async def take_in(self) -> None:
        """Take in what was shown; all of it in one unit of work, so that nothing is done twice or by half."""
        row = self.row
        await self.copy()
        text = await self.text()
        shown = row.told.library
        assert shown is not None
        async with self.database.write(row.workspace_id) as scope:
            held = await self.held(scope)
            team = await self.team(scope, str(shown.team_id))
            people = await readers_of(scope, team)
            done = await take_in(scope, team, text, row.user_id, people, shown, self.now())
            held.runs = [done.undo_id] if done.undo_id is not None else []
            await forget_pieces(scope, held.id)
            held.pieces = 0
            await move_drop(scope, held, DropStep.TAKEN, self.now(), DropNews(library=done.outlook))
            held.until = self.now() + UNDO_FOR
            scope.session.add(held)

    async def undo(self) -> None:
        """Take the action back; where somebody changed an entry since, all stays, and the message says so."""
        news = DropNews(library=self.row.told.library)
        async with self.database.write(self.row.workspace_id) as scope:
            held = await self.held(scope)
            try:
                for undo_id in held.runs:
                    await undo_action(scope, held.user_id, undo_id, self.now())
            except Refusal as refused:
                news.trouble = refused.text
                await move_drop(scope, held, DropStep.KEPT, self.now(), news)
                return
            await move_drop(scope, held, DropStep.UNDONE, self.now(), news)
