"""Work on a file of cards: looked at, taken in as one action, taken back as one."""

import asyncio

from bot.imports.action import ActionWork
from handlers.craft.library.lookup import readers_of
from handlers.imports.files.deck import DECKS
from handlers.people.team import about_team
from messages.imports import deck as views
from sales.coaching.drill.deck_change import DeckOutlook, DeckWriter
from sales.coaching.drill.deck_file import ReadDeck, read_deck
from sales.imports.files.answers import DECK, ENCODING
from sales.imports.files.asking import asked
from sales.imports.files.deck_sheet import MOST_BYTES, CardLetters, cards_written, letters_of
from sales.imports.files.drop import ANSWERS, DropNews, DropStep, FileQuestion, Offered, is_of_library
from sales.imports.files.questions import EncodingQuestion
from sales.language.dates.instants import local_date
from sales.refusal import Refusal
from storage.coaching.drill.deck_file import outlook_for, take_in
from storage.imports.files.drop import move_drop
from storage.people.member import MemberRow, find_member, find_members
from storage.people.team import TeamRow, find_team
from storage.scope import Scope


class DeckWork(ActionWork):
    """Takes a file of cards that is held one step further."""

    slow = True

    def shown(self) -> DropNews:
        return DropNews(deck=self.row.told.deck)

    async def letters(self) -> CardLetters:
        """Return what stands in the file.

        Raises:
            Refusal: for more than decks hold, and for Markdown that cannot be read.
        """
        if self.path.stat().st_size > MOST_BYTES:
            raise Refusal(views.refused("too_large"))
        content = await asyncio.to_thread(self.path.read_bytes)
        found = await asyncio.to_thread(letters_of, content, self.row.answers.get(ENCODING))
        if is_of_library(self.row.name) and not found.text.isascii() and unreadable(found.text):
            raise Refusal(views.refused("no_text"))
        return found

    async def read(self) -> None:
        """Show what the file would change; ask whose cards they are, and which letters, where that is not sure."""
        row = self.row
        await self.copy()
        letters = await self.letters()
        decks: dict[str, str] = row.answers.get(DECKS, {})
        chosen = row.answers.get(DECK) or next(iter(decks), "")
        questions = [asked(EncodingQuestion(letters.between))] if letters.between else []
        if len(decks) > 1 and not row.answers.get(DECK):
            offered = [Offered(value=team_id, label=name) for team_id, name in decks.items()]
            questions.append(FileQuestion(kind=DECK, about=DECK, offered=offered))
        news = DropNews(questions=questions)
        if not questions:
            news = DropNews(deck=await self.outlook(letters, int(chosen or 0)))
        async with self.database.write(row.workspace_id) as scope:
            held = await self.held(scope)
            held.until = self.now() + ANSWERS
            await move_drop(scope, held, DropStep.SHOWN, self.now(), news)

    async def outlook(self, letters: CardLetters, team_id: int) -> DeckOutlook:
        """Return what the file would change.

        Raises:
            Refusal: if nothing of it is a card.
        """
        read = await self.cards(letters.text, team_id)
        if not read.cards and not read.broken:
            raise Refusal(views.refused("no_card"))
        async with self.database.read(self.row.workspace_id) as scope:
            found = await outlook_for(scope, read, await self.writer(scope, team_id))
        return found.model_copy(update={"letters": letters.guessed})

    async def writer(self, scope: Scope, team_id: int) -> DeckWriter:
        """Return whose cards the file makes: a team's, or with 0 those of whoever dropped it.

        Raises:
            Refusal: if that team is gone.
        """
        member = await self.member(scope)
        team = await find_team(scope, team_id or member.team_id)
        if team is None:
            if team_id:
                raise Refusal(views.refused("team_gone"))
            return DeckWriter(member.user_id)
        leaders = await find_members(scope, (await about_team(scope, team)).managers or ())
        names = [one.name for one in leaders]
        return DeckWriter(member.user_id, team.id, team.name, team_id > 0, names)

    async def member(self, scope: Scope) -> MemberRow:
        found = await find_member(scope, self.row.user_id)
        assert found is not None
        return found

    async def cards(self, text: str, team_id: int) -> ReadDeck:
        """Return the cards of the file. Who looks after one is read where the team's are written.

        They are read while no unit of work is open: thousands of them take seconds of a busy machine.
        """
        async with self.database.read(self.row.workspace_id) as scope:
            writer = await self.writer(scope, team_id)
            team: TeamRow | None = await find_team(scope, writer.team_id) if writer.writes_for_team else None
            people = await readers_of(scope, team) if team is not None else None
        return await asyncio.to_thread(lambda: read_deck(cards_written(text, self.row.name), people))

    async def take_in(self) -> None:
        """Take in what was shown; all of it in one unit of work, so that nothing is done twice or by half."""
        row = self.row
        await self.copy()
        letters = await self.letters()
        shown = row.told.deck
        assert shown is not None
        read = await self.cards(letters.text, shown.team_id)
        async with self.database.write(row.workspace_id, slow=True) as scope:
            held = await self.held(scope)
            writer = await self.writer(scope, shown.team_id)
            today = local_date(self.now(), (await self.member(scope)).zone)
            done = await take_in(scope, read, writer, shown.before, today, self.now())
            await self.taken(scope, held, done.undo_id, DropNews(deck=done.outlook))


def unreadable(text: str) -> bool:
    """Say whether something of a text is no letter in its encoding."""
    return any("\udc80" <= one <= "\udcff" or one == "\ufffd" for one in text)
