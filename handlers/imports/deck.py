"""Decks as files: both that one may change and drop again, and how cards come in (70)."""

from pathlib import Path

from handlers.context import Context, Prefetched
from handlers.craft.library.lookup import readers_of
from handlers.feature import Command, Feature, Phrase
from handlers.imports.export import may_send
from handlers.imports.files.deck import decks_written
from handlers.made_file import FileToMake, MadeFile
from handlers.reply import Reply
from messages.imports import deck as views
from sales.coaching.drill.deck_file import as_markdown
from sales.imports.files.deck_sheet import as_csv
from sales.people.permission import Act
from storage.coaching.drill.card import cards_for
from storage.people.team import find_team
from storage.scope import Scope

CSV, MARKDOWN = "cards.csv", "cards.md"


async def how(context: Context) -> Reply:
    """`/drill import`: what a file holds, and where it is dropped."""
    teams = await decks_written(context)
    return Reply(say=views.how(team=next(iter(teams.values()), "")))


async def export(context: Context) -> Reply:
    """`/drill export`: say that both files come, which are made once this is answered."""
    if not context.prefetched:
        return Reply(say=views.file_trouble("not_let"))
    member = context.member
    reader, name = member.user_id, member.name
    team_id = member.team_id or int(next(iter(await decks_written(context)), 0)) or None

    async def make(scope: Scope, folder: Path) -> MadeFile:
        cards = await cards_for(scope, team_id, reader)
        team = await find_team(scope, team_id)
        people = await readers_of(scope, team) if team is not None else {reader: name}
        table, text = folder / CSV, folder / MARKDOWN
        table.write_bytes(
            as_csv(cards, people).encode("utf-8-sig")
        )  # the mark tells spreadsheets that it is UTF-8
        text.write_bytes(as_markdown(cards, people).encode())
        return MadeFile(table, views.files_given(len(cards)), (text,))

    troubles = [views.file_trouble(one) for one in ("not_let", "not_sent", "no_room")]
    return Reply(say=views.files_coming(), file=FileToMake(make, *troubles))


FEATURE = Feature(
    name="decks as files",
    commands=(
        Command(
            "drill export",
            "",
            "your decks as cards.csv and cards.md, to change and drop again",
            "/drill export",
            Prefetched(may_send, export),
            Act.OWN_WORK,
            order=31,
        ),
        Command(
            "drill import",
            "",
            "how cards come in as a file",
            "/drill import",
            how,
            Act.OWN_WORK,
            order=32,
        ),
    ),
    phrases=(
        Phrase(r"export (?:my |the |our )?(?:decks?|cards)", "drill", "export"),
        Phrase(r"import (?:decks?|cards)", "drill", "import"),
    ),
)
