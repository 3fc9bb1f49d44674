"""Who edits a library: those who lead the team, and everybody in it where they let them."""

from handlers.context import Context
from handlers.craft.library.lookup import chosen_library, shown_library
from handlers.people.team import changeable_team, team_by_id
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply, placed
from messages.craft import library as views
from messages.craft import library_form as form
from messages.craft.library_form import EntryForm
from storage.craft import library as queries


async def open_rights(context: Context) -> Reply:
    """Who may edit…: the form."""
    team, _ = await chosen_library(context)
    await changeable_team(context, team)
    lets = (await queries.rights_of(context.scope, team.id)).lets_reps
    kept = EntryForm(team.id, place=Place.of(context.request.body) or ())
    return Reply(view=form.rights(kept.written(), lets=lets))


async def save_rights(context: Context) -> Reply:
    """The form was submitted: the page says who edits from now on."""
    opened = EntryForm.read(context.request.private)
    team = await changeable_team(context, await team_by_id(context, opened.team_id))
    lets = context.request.values.get(form.LETS) == form.EVERYBODY
    note, undo_id = views.said("rights_same"), None
    if lets != (await queries.rights_of(context.scope, team.id)).lets_reps:
        touched = await queries.let_reps(context.scope, team.id, lets=lets)
        undo_id = (await remember(context, f"who edits the library of {team.name}", touched)).id
        note = views.said("rights_saved", lets=lets)
    message = views.page(await shown_library(context, team), note, undo_id)
    return placed(message, Place.kept(opened.place))
