"""The pages of the library: how much there is, lists of a kind, a search, one entry."""

from handlers.context import Context
from handlers.craft.library import export
from handlers.craft.library.lookup import chosen_library, edits, entry_by_key, shown_library
from handlers.feature import Look, Shown
from handlers.people.named_team import team_and_words
from handlers.place import Place
from handlers.reply import Reply
from messages.blocks import Message
from messages.craft import library as views
from messages.replies import as_modal
from sales.craft.library import StoredEntry, due_of, titled
from sales.refusal import Refusal
from storage.craft.library import library_of
from storage.people.team import TeamRow

LISTED = "list"  # the word that means the page as no word does


async def show(context: Context) -> Reply:
    """`/team library late trucks`: the entry that is called so, or those that say so; without words the page.

    Raises:
        Refusal: for words that no entry says.
    """
    team, asked = await team_and_words(context)
    if asked.casefold() == export.WORD:
        return await export.exported(context, team)
    library = await shown_library(context, team)
    if not asked or asked.casefold() == LISTED:
        return Reply(say=views.page(library))
    exact = titled(library.entries, asked)
    wanted = f"{views.SEARCH}{asked[: views.MOST_ASKED]}"
    found = exact if len(exact) == 1 else library.of(wanted)
    if len(found) == 1:
        return Reply(say=await entry_said(context, team, library, found[0]))
    if not found:
        raise Refusal(views.nothing_found(asked, writes=library.writes))
    return Reply(say=views.listing(library, wanted))


async def entry_said(
    context: Context,
    team: TeamRow,
    library: views.ShownLibrary,
    entry: StoredEntry,
    note: str = "",
    undo_id: int | None = None,
) -> Message:
    """Return the page of an entry for the asking person, with what they may do with it."""
    may = await edits(context, team, entry)
    return views.entry_page(library, entry, note, undo_id, edits=may)


def in_place(context: Context, message: Message) -> Reply:
    """Show a page where the one was that was acted on: in its message, or in the form that Home opened."""
    if Place.of(context.request.body) is not None:
        return Reply(edit=message, home=True)
    return Reply(view=as_modal(message, "Library"), home=True)


async def page_button(context: Context) -> Reply:
    """Library: the page, in the place of what was shown."""
    team, _ = await chosen_library(context)
    return in_place(context, views.page(await shown_library(context, team)))


async def list_button(context: Context) -> Reply:
    """A kind, what wants to be looked at, or another page of either."""
    team, what = await chosen_library(context)
    return in_place(context, views.listing(await shown_library(context, team), what.what, what.at))


async def due_button(context: Context) -> Reply:
    """Look at them, on Home or in the morning note: beside it, as that stays."""
    team, _ = await chosen_library(context)
    return Reply(say=views.listing(await shown_library(context, team), views.DUE))


async def read_button(context: Context) -> Reply:
    """Read: one entry, whole."""
    team, what = await chosen_library(context)
    library = await shown_library(context, team)
    return in_place(context, await entry_said(context, team, library, entry_by_key(library, what.what)))


async def on_team(look: Look) -> Shown | None:
    """How much stands in the library of a team, and how much of it is past its day."""
    if look.team is None:
        return None
    entries = await library_of(look.scope, look.team.id)
    return Shown([views.of_team(len(entries), len(due_of(entries, look.today)))])
