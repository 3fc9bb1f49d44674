"""Undo: the button on a confirmation, and `/rainmaker undo` for the last action."""

from handlers.context import Context
from handlers.feature import Command, Feature, Keeping, Phrase, Record, routes
from handlers.remembered import announce_taken_back, take_back
from handlers.reply import Reply
from handlers.section import Look, Surface, collected
from messages import undo
from messages.blocks import Message
from messages.undo import ReadAt
from sales.people.permission import Act
from sales.people.retention import Retention
from storage.undo import PutBack, UndoRow, forget_actions, undo_last


async def command(context: Context) -> Reply:
    """Take back the person's last action."""
    done = await undo_last(context.scope, context.member.user_id, context.now)
    await announce_taken_back(context, done)
    return Reply(say=await said_of(context, done), home=True)


async def button(context: Context) -> Reply:
    """Take back the action a confirmation was about; its message then says so."""
    undone = await said_of(context, await take_back(context, int(context.request.value)))
    if context.request.body.get("view"):  # Home has no message to change: what was taken back opens over it
        return Reply(say=undone, home=True)
    return Reply(edit=undone, home=True)


async def said_of(context: Context, done: PutBack) -> Message:
    """Say what was taken back and how it stands again, and what features have to say of that."""
    rows = [row for row in done.rows if row is not None]
    at = ReadAt(context.today, context.zone, context.team.fiscal_year_start if context.team else 1)
    says = {str(record.table.__tablename__): record.says for record in context.declared.records}
    stands = [told(row, at) for row in rows if (told := says.get(str(row.__tablename__))) is not None]
    look = Look(context.scope, context.member, context.team, context.now, context.today, about=done)
    below = await collected(context.declared.sections(Surface.UNDONE), look)
    return undo.undone(done.summary, stands, [block for one in below for block in one.blocks], gone=not rows)


FEATURE = Feature(
    name="undo",
    commands=(
        Command(
            "rainmaker undo",
            "",
            "take back what you did last, for ten minutes",
            "/rainmaker undo",
            command,
            Act.OWN_WORK,
            order=86,
        ),
    ),
    phrases=(
        Phrase(
            r"(?:(?:oops|whoops|ups|sorry|wait|no|nope|damn|wrong)[\s,.!]*)*"
            r"(?:undo|revert|take back(?= that| it| the last)|take(?= that| it| this)|scratch(?= that| it))"
            r"(?: (?:that|it|this|back|last|the last(?: one| thing)?|what i (?:just )?did))*"
            r"|(?:oops|whoops)",
            "undo",
        ),
    ),
    actions=routes(Act.OWN_WORK, {undo.UNDO: button}),
    records=(Record(UndoRow, erased="user_id", exempt="kept for some days, to be taken back"),),
    keeps=(
        Keeping(
            Retention(
                "undo", "Actions to undo", days=1, least=1, but="They can be undone for ten minutes anyway."
            ),
            forget_actions,
        ),
    ),
)
