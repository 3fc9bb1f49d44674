"""Entries written, mended and taken out, each with its way back; nothing of two who write at once is lost."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from handlers.context import Context
from handlers.craft.library.lookup import (
    chosen_library,
    entry_by_key,
    readers_of,
    require_edits,
    shown_library,
)
from handlers.craft.library.page import entry_said, in_place
from handlers.people.team import team_by_id
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply, placed
from messages.blocks import Message
from messages.craft import library as views
from messages.craft import library_form as form
from messages.craft.library_form import EntryForm, WrittenEntry
from sales.craft.library import (
    HOLDS,
    MOST_ENTRIES,
    EntryKind,
    LibraryEntry,
    StoredEntry,
    read_key,
    read_text,
    read_title,
)
from sales.craft.persona_entry import normal
from sales.prospects.persona import MOST_PERSONAS
from sales.refusal import Refusal
from sales.value import changed
from storage.craft import library as queries
from storage.people.team import TeamRow
from storage.row_image import Touched


async def open_form(context: Context) -> Reply:
    """Add… or Edit…: the form, empty or with an entry in it."""
    team, what = await chosen_library(context)
    library = await shown_library(context, team)
    held = entry_by_key(library, what.what) if what.what else None
    await require_edits(context, team, held)
    place = Place.of(context.request.body) or ()
    if held is None:
        written = WrittenEntry(owner_id=context.member.user_id, review_by=context.today + HOLDS)
        return Reply(view=form.form(EntryForm(team.id, place=place).written(), written))
    owner = held.owner_id if library.owner(held) else context.member.user_id
    kept = EntryForm(team.id, held.key, held.fingerprint, place)
    return Reply(view=form.form(kept.written(), in_fields(held, owner)))


def in_fields(said: LibraryEntry, owner_id: str | None) -> WrittenEntry:
    """Return an entry as it stands in the fields of the form."""
    keys = {key.value: words for key, words in said.keys.items()}
    return WrittenEntry(said.kind, said.title, said.text, owner_id, said.review_by, keys)


async def save(context: Context) -> Reply:
    """The form was submitted: the entry is read where the form was opened; what others wrote meanwhile is not lost."""
    opened = EntryForm.read(context.request.private)
    team = await team_by_id(context, opened.team_id)
    library = await shown_library(context, team)
    held = next((one for one in library.entries if one.key == opened.key), None) if opened.key else None
    await require_edits(context, team, held)
    said = await filled_in(context, team, held)
    is_older = opened.key and (held is None or held.fingerprint != opened.fingerprint)
    if is_older and (held is None or said != normal(held)):
        return clash(team, opened, held, said)
    require_room(library.entries, held, said)
    if held is not None and said == normal(held):
        message = await entry_said(context, team, library, held, views.said("unchanged", title=held.title))
        return shown_at(opened, message)
    if held is None:
        touched = await queries.add_entry(context.scope, team.id, said)
    else:
        touched = await queries.change_entry(context.scope, held, team.id, said)
    note = views.saved(said.title, is_new=held is None)
    return shown_at(opened, await done(context, team, said, note, touched))


def clash(team: TeamRow, opened: EntryForm, held: StoredEntry | None, said: LibraryEntry) -> Reply:
    """Somebody else was faster: the form stands again with what was typed, and says what they wrote."""
    if held is None:
        note = [views.said("clash_gone", title=said.title)]
        kept = EntryForm(team.id, place=opened.place)
    else:
        note = [views.said("clash", title=held.title, now_says=held.text)]
        kept = EntryForm(team.id, held.key, held.fingerprint, opened.place)
    return Reply(view=form.form(kept.written(), in_fields(said, said.owner_id), note))


async def done(
    context: Context, team: TeamRow, said: LibraryEntry, note: str, touched: list[Touched]
) -> Message:
    """Remember what was done to an entry, and show it as it stands."""
    undo = await remember(context, f"{said.title}, in the library", *touched)
    library = await shown_library(context, team)
    row = next(one for one in library.entries if one.called == said.called)
    return await entry_said(context, team, library, row, note, undo.id)


def shown_at(opened: EntryForm, message: Message) -> Reply:
    return placed(message, Place.kept(opened.place), home=True)


def require_room(entries: Sequence[StoredEntry], held: StoredEntry | None, said: LibraryEntry) -> None:
    """Refuse an entry that is there already, and more than anybody reads.

    Raises:
        Refusal: saying so under the title.
    """
    same = next((one for one in entries if one.called == said.called), None)
    if same is not None and (held is None or same.key != held.key) and same.id:
        raise Refusal(
            f"“{same.title}” is in the library already. Change that one, or give this a title of its own.",
            field=form.TITLE,
        )
    cards = [one for one in entries if one.kind is EntryKind.PERSONA and one.id and one is not held]
    if said.kind is EntryKind.PERSONA and len(cards) >= MOST_PERSONAS:
        raise Refusal(f"{MOST_PERSONAS} personas are the most. Take one out first.", field=form.KIND)
    if held is None and len(entries) >= MOST_ENTRIES:
        raise Refusal(f"{MOST_ENTRIES} entries are the most. Take one out first.", field=form.TITLE)


async def filled_in(context: Context, team: TeamRow, held: StoredEntry | None) -> LibraryEntry:
    """Return the entry that a form says.

    Raises:
        Refusal: under the field at fault.
    """
    chosen: Mapping[str, Any] = context.request.values
    owner = chosen.get(form.OWNER)
    if not owner:
        raise Refusal("Whose is it? Somebody has to keep it true.", field=form.OWNER)
    if owner not in await readers_of(context.scope, team):
        raise Refusal(f"Choose somebody who is in {team.name} or leads it.", field=form.OWNER)
    review = chosen.get(form.REVIEW)
    said = LibraryEntry(
        kind=EntryKind(chosen.get(form.KIND) or EntryKind.TALKING_POINT),
        title=read_title(chosen.get(form.TITLE) or "", form.TITLE),
        text=read_text(chosen.get(form.TEXT) or "", form.TEXT),
        owner_id=owner,
        review_by=date.fromisoformat(review) if review else None,
        starter=held.starter if held is not None else "",
        **{
            key: read_key(chosen.get(key) or "", key)
            for key in (form.ROLE, form.SECTOR, form.PAIN, form.COMPETITOR)
        },
    )
    return normal(said)


async def remove(context: Context) -> Reply:
    """Remove: nobody reads it any more, until Undo."""
    team, what = await chosen_library(context)
    held = entry_by_key(await shown_library(context, team), what.what)
    await require_edits(context, team, held)
    touched = await queries.remove_entry(context.scope, held, team.id)
    undo = await remember(context, f"{held.title}, out of the library", *touched)
    note = views.said("removed", title=held.title)
    return in_place(context, views.page(await shown_library(context, team), note, undo.id))


async def renew(context: Context) -> Reply:
    """Still true: it is looked at again in half a year."""
    until = context.today + HOLDS
    return await kept_true(context, "renewed", {"review_by": until}, until=until)


async def take(context: Context) -> Reply:
    """I look after it: it has an owner."""
    return await kept_true(context, "taken", {"owner_id": context.member.user_id})


async def kept_true(context: Context, note: str, changes: Mapping[str, Any], **told: object) -> Reply:
    """Let an entry say what it says with another owner or day."""
    team, what = await chosen_library(context)
    library = await shown_library(context, team)
    held = entry_by_key(library, what.what)
    await require_edits(context, team, held)
    words = views.said(note, title=held.title, **told)
    said = changed(LibraryEntry, held, **changes)
    if said.owner_id is None:
        said = changed(LibraryEntry, said, owner_id=context.member.user_id)
    if said == changed(LibraryEntry, held):
        return in_place(context, await entry_said(context, team, library, held, words))
    touched = await queries.change_entry(context.scope, held, team.id, said)
    return in_place(context, await done(context, team, said, words, touched))
