"""The log of access: what a request reads or changes of somebody else is noted; `/rainmaker access` shows it."""

from handlers.context import Context
from handlers.feature import Command, Feature, Keeping, Phrase, Record, Stays
from handlers.people.news import MemberChanged, TeamJoined
from handlers.regarded import Regarded, looks_into
from handlers.reply import Reply
from messages.people import access as views
from sales.people.access import TEAM
from sales.people.permission import Act
from sales.people.retention import Retention
from storage.people.access import AccessRow, accesses, forget_accesses, note_change, note_read
from storage.people.member import find_members

CALLED = {"wizard": "set-up"}  # what people call it
OF_ALL = frozenset({Act.CHANGE_TEAM, Act.SET_UP_TEAM, Act.SET_RETENTION, Act.SET_WEBHOOK})


async def note_access(context: Context, regarded: Regarded) -> None:
    """Note whose record besides their own the asking person changed, or else read; for their own nothing is asked."""
    me = context.member.user_id
    people = regarded.people - {me}
    for change in regarded.changes:
        about = {*change.owners, *people} - {me}
        if not about and regarded.acts & OF_ALL:
            about = {TEAM}
        for each in sorted(about):
            noun = "" if context.request.kind == "events" else f"{noun_of(context.request.name)}: "
            what = f"{noun}{change.summary}"
            await note_change(context.scope, me, each, what, context.today, context.now)
    if not regarded.changes:
        for each in sorted(people):
            await note_read(context.scope, me, each, context.today, context.now)


def noun_of(name: str) -> str:
    """Return what a command, or the id of a button or a form, is about: "goal.save" is about a goal."""
    noun = name.partition(":")[0].partition(".")[0]
    return CALLED.get(noun, noun.replace("_", " "))


async def command(context: Context) -> Reply:
    """Who read and changed one's own record; for an admin, everybody's."""
    every = context.member.administers
    rows, count = await accesses(context.scope, None if every else context.member.user_id, views.SHOWN)
    ids = {row.by_id for row in rows} | {row.about_id for row in rows}
    names = {row.user_id: row.name for row in await find_members(context.scope, ids)}
    lines = [views.line_of(row, names) for row in rows]
    shown = views.of_everybody if every else views.of_person
    return Reply(say=shown(lines, count, context.today))


async def joined(context: Context, news: TeamJoined) -> None:
    """A place in a team is part of a person's record."""
    for one in news.people:
        looks_into(one.user_id)


async def moved(context: Context, news: MemberChanged) -> None:
    looks_into(news.member.user_id)


FEATURE = Feature(
    name="access",
    commands=(
        Command(
            "rainmaker access",
            "",
            "who read or changed your record; for admins, everybody's",
            "/rainmaker access",
            command,
            Act.OWN_WORK,
            order=88,
        ),
    ),
    phrases=(
        Phrase(
            r"who (?:has )?(?:read|seen|saw|looked at|changed)(?: (?:or|and) changed)? my"
            r" (?:record|goals?|deals?|data|numbers)",
            "access",
        ),
    ),
    hears={TeamJoined: joined, MemberChanged: moved},
    records=(
        Record(
            AccessRow,
            exported=True,
            read=Act.CHANGE_TEAM,
            erased="about_id",
            stays=Stays("who read and changed what; a log that loses lines is none"),
        ),
    ),
    keeps=(
        Keeping(
            Retention("access", "Lines of who read and changed what", days=730, least=365), forget_accesses
        ),
    ),
)
