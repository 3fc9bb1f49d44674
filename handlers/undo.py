"""Undo: the button on a confirmation, and `/rainmaker undo` for the last action."""

from dataclasses import dataclass

from handlers.context import Context
from handlers.feature import Command, Feature, Phrase, Record, routes
from handlers.reply import Reply
from messages import undo
from sales.people.permission import Act
from storage.undo import UndoRow, undo_action, undo_last


@dataclass(frozen=True)
class TakenBack:
    """An action was taken back; the news for whoever keeps something that follows from rows of these tables."""

    tables: frozenset[str]

    @classmethod
    def of(cls, action: UndoRow) -> "TakenBack":
        return cls(frozenset(str(each["table"]) for each in action.images))


async def command(context: Context) -> Reply:
    """Take back the person's last action."""
    action = await undo_last(context.scope, context.member.user_id, context.now)
    await context.announce(TakenBack.of(action))
    return Reply(say=undo.undone(action.summary), home=True)


async def button(context: Context) -> Reply:
    """Take back the action a confirmation was about; its message then says so."""
    action = await undo_action(context.scope, context.member.user_id, int(context.request.value), context.now)
    await context.announce(TakenBack.of(action))
    undone = undo.undone(action.summary)
    if context.request.body.get("view"):
        return Reply(say=undone, home=True)
    return Reply(edit=undone, home=True)


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
    records=(Record(UndoRow, erased="user_id", exempt="kept for a day, to be taken back"),),
)
