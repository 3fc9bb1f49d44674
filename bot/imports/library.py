"""Work on a file for a team's library: looked at, taken in as one action, taken back as one."""

import asyncio

from bot.imports.action import ActionWork
from handlers.craft.library.lookup import readers_of
from handlers.imports.files.library import LIBRARIES
from messages.imports import library as views
from sales.craft.library_change import LibraryOutlook
from sales.craft.library_markdown import MOST_BYTES
from sales.imports.files.answers import LIBRARY
from sales.imports.files.drop import ANSWERS, DropNews, DropStep, FileQuestion, Offered
from sales.refusal import Refusal
from storage.craft.library_file import outlook_for, take_in
from storage.imports.files.drop import move_drop
from storage.people.team import TeamRow, find_team
from storage.scope import Scope


class LibraryWork(ActionWork):
    """Takes a Markdown file that is held one step further."""

    def shown(self) -> DropNews:
        return DropNews(library=self.row.told.library)

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
            await self.taken(scope, held, done.undo_id, DropNews(library=done.outlook))
