"""Retention: `/rainmaker retention` says how long what is kept; admins decide it."""

from handlers.context import Context
from handlers.feature import Command, Feature, Phrase, Record, routes
from handlers.remembered import remember
from handlers.reply import Reply
from messages.people import retention as views
from sales.people.permission import Act
from sales.people.retention import kept_days, read_retention
from storage.people import retention as queries
from storage.people.retention import RetentionRow


async def command(context: Context) -> Reply:
    """How long what is kept: for admins a form, for everybody else a list."""
    rules = context.declared.retentions
    days = kept_days(rules, await queries.chosen_days(context.scope))
    if context.may(Act.SET_RETENTION):
        return Reply(view=views.form(rules, days))
    return Reply(say=views.listing(rules, days))


async def save(context: Context) -> Reply:
    """Keep what an admin decided; what is older from now on goes with the next look."""
    rules = context.declared.retentions
    touched = await queries.choose_days(context.scope, read_retention(rules, context.request.values))
    if touched:
        await remember(context, "how long things are kept", *touched)
    return Reply(say=views.saved(rules, kept_days(rules, await queries.chosen_days(context.scope))))


FEATURE = Feature(
    name="retention",
    commands=(
        Command(
            "rainmaker retention",
            "",
            "how long what is kept; admins decide it",
            "/rainmaker retention",
            command,
            Act.OWN_WORK,
            order=89,
        ),
    ),
    phrases=(Phrase(r"how long (?:do you|are|is) .*(?:keep|kept).*", "retention"),),
    views=routes(Act.SET_RETENTION, {views.SAVE: save}),
    records=(
        Record(
            RetentionRow,
            undone=True,
            exported=True,
            read=Act.SEE_TEAM,
            exempt="what a workspace decided; nobody's alone",
        ),
    ),
)
