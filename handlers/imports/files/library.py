"""Entries for the library that somebody brings: dropped as Markdown or pasted in a form; both wait for a yes."""

import zlib

from handlers.context import Context
from handlers.craft.library.lookup import (
    about_library,
    chosen_library,
    readers_of,
    require_edits,
)
from handlers.imports.files.begin import begin
from handlers.people.team import no_team, team_by_id, visible_teams
from handlers.place import Place
from handlers.reply import Reply, placed
from messages.craft import library as library_views
from messages.craft.library_form import EntryForm
from messages.imports import library as views
from sales.craft.library_markdown import read_library
from sales.imports.files.drop import MARKDOWN
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.imports.files.drop import DroppedFileRow, keep_piece
from storage.people.team import TeamRow

LIBRARIES = "libraries"  # of the answers of a file: those that its person writes in, by id
PASTED = f"pasted entries.{MARKDOWN[0]}"


async def edited_libraries(context: Context) -> list[TeamRow]:
    """Return the teams in whose library the asking person may write."""
    return [
        team
        for team in await visible_teams(context)
        if context.may(Act.EDIT_LIBRARY, await about_library(context.scope, team))
    ]


async def libraries_of(context: Context) -> dict[str, str]:
    """Return the libraries that a file of the asking person may be for, by id.

    Raises:
        Refusal: naming those who may, where they may write in none.
    """
    found = await edited_libraries(context)
    if not found:
        if context.team is None:
            raise no_team(context)
        await require_edits(context, context.team)
    return {str(team.id): team.name for team in found}


async def open_paste(context: Context) -> Reply:
    """Import…: the form to paste entries in."""
    team, _ = await chosen_library(context)
    await require_edits(context, team)
    place = Place.of(context.request.body) or ()
    return Reply(view=views.paste_form(EntryForm(team.id, place=place).written(), team.name))


async def paste(context: Context) -> Reply:
    """The form was submitted: what was pasted goes the way of a dropped file, and its preview comes as one."""
    opened = EntryForm.read(context.request.private)
    team = await team_by_id(context, opened.team_id)
    await require_edits(context, team)
    text = context.request.values.get(views.TEXT) or ""
    found = read_library(text, await readers_of(context.scope, team))
    if not found.entries and not found.broken:
        raise Refusal(views.refused("no_entry"), field=views.TEXT)
    row = DroppedFileRow(
        workspace_id=context.scope.workspace_id,
        user_id=context.member.user_id,
        channel_id="",
        file_id="",
        said_at=context.request.key,
        name=PASTED,
        size=len(text.encode()),
        url="",
        answers={LIBRARIES: {str(team.id): team.name}},
        not_before=context.now,
        arrived_at=context.now,
        pieces=1,
    )
    kept = await begin(context, row)
    if kept is not None:
        await keep_piece(context.scope, kept.id, 0, zlib.compress(text.encode(), 1))
    titles = [*(one.title for one in found.entries), *(one.title for one in found.broken)]
    message = library_views.told(team.id, views.pasted(titles))
    return placed(message, Place.kept(opened.place))
