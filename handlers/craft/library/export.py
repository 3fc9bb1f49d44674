"""The library as a file: Markdown in the direct messages of whoever asks."""

from hashlib import blake2b
from pathlib import Path

from handlers.context import Context, Preflight
from handlers.craft.library.lookup import chosen_library, readers_of, shown_library
from handlers.made_file import FileToMake, MadeFile
from handlers.reply import Reply
from handlers.scopes import lacks
from messages.craft import library as views
from sales.craft.library_markdown import written
from storage.craft.library import library_of
from storage.people.team import TeamRow
from storage.scope import Scope

SCOPE = "files:write"
WORD = "export"  # behind the command


def asks_for_file(text: str) -> bool:
    """Say whether words behind the command ask for the file; a team may stand before or behind."""
    words = text.casefold().split()
    return bool(words) and WORD in (words[0], words[-1])


def apart(key: str) -> str:
    """Return four signs that tell the files of one day apart."""
    return blake2b(key.encode(), digest_size=2).hexdigest()


async def may_send(preflight: Preflight) -> bool:
    """Ask Slack whether we may put files into messages, where a file is asked for."""
    request = preflight.request
    if request.kind == "command" and not asks_for_file(request.text):
        return True
    return not await lacks(preflight.slack, SCOPE)


async def export_button(context: Context) -> Reply:
    """Export: the file comes."""
    team, _ = await chosen_library(context)
    return await exported(context, team)


async def exported(context: Context, team: TeamRow) -> Reply:
    """Say that the file comes, which is made once this is answered."""
    library = await shown_library(context, team)
    if context.prefetched is False:
        return Reply(say=views.file_trouble("not_let"))

    name = f"library-{context.today}-{apart(context.request.key)}.md"

    async def make(scope: Scope, folder: Path) -> MadeFile:
        entries = await library_of(scope, library.team_id)
        path = folder / name
        path.write_text(written(library.team, entries, await readers_of(scope, team)), encoding="utf-8")
        return MadeFile(path, views.file_given(library.team, len(entries)))

    file = FileToMake(
        make,
        views.file_trouble("not_let"),
        views.file_trouble("not_sent"),
        views.file_trouble("no_room"),
    )
    return Reply(say=views.file_coming(), file=file)
