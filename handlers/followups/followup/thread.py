"""Words under a message that brought commitments up: done, later, another day, dropped, as its buttons do it."""

from collections.abc import Sequence
from datetime import date

from handlers.context import Context
from handlers.followups.followup.acts import act, may, read, snoozes
from handlers.followups.followup.entry import listing
from handlers.followups.followup.slipped import has_slipped
from handlers.nudges.bundle import anew
from handlers.reply import Reply
from handlers.thread import Thread
from messages.blocks import Message
from messages.followups import confirmation as cards
from messages.followups import thread as views
from messages.followups.followup_list import list_shown
from sales.followups.followup import comes_later
from sales.followups.thread_answer import EXAMPLE, AnswerVerb, NamedItems, ThreadAnswer, named_by
from sales.nudges.kind import ANSWER
from sales.refusal import Refusal
from storage.followups import followup as queries
from storage.followups.followup import FollowUpRow
from storage.nudges.ledger.rows import standing


async def in_thread(context: Context, thread: Thread) -> Reply | None:
    """Do what words say of what the message above brought up; None if they are about none of it.

    Where they fit several, which is meant is asked, and the next words in the thread may say it.
    """
    found = {row.id: row for row in await queries.followups_among(context.scope, thread.items)}
    rows = [found[item] for item in thread.items if item in found]
    rows = [row for row in rows if row.owner_id == context.member.user_id]
    said, asked = await read(context, context.text), context.text
    if said.verb is AnswerVerb.WHICH:
        if not thread.asked or not said.which:
            return None
        said, asked = (await read(context, thread.asked))._replace(which=said.which), thread.asked
    named = named_by(said.which, rows) if rows else None
    if named is None:
        return None
    chosen = fitting(rows, named, said, None if thread.above.kind == ANSWER else context.today)
    if said.verb is AnswerVerb.REASON and not any(may(row, said) for row in chosen):
        return None
    if said.verb is AnswerVerb.NO_DAY or (
        snoozes(said) and all(comes_later(row, context.now, context.today) for row in chosen)
    ):
        raise Refusal("To when? Name a day, a time, or both.", field="when", example=EXAMPLE)
    if len(chosen) > 1 and not named.sure:
        places = {row.id: place for place, row in enumerate(rows, 1)}
        return Reply(say=views.which(chosen, places, context.today, context.zone), asked=asked)
    undo = await act(context, chosen, said)
    edit = await shown_above(context, thread, rows)
    asks_why = said.verb is AnswerVerb.DROP
    undo_id = undo.id if undo is not None else None
    return Reply(
        say=views.answered(
            chosen,
            context.today,
            context.zone,
            undo_id,
            asks_why=asks_why,
            slipped=undo is not None and any(has_slipped(row, undo.images, context.zone) for row in chosen),
        ),
        edit=edit,
        edit_at=thread.place if edit is not None else None,
        home=True,
    )


def fitting(
    rows: Sequence[FollowUpRow], named: NamedItems, said: ThreadAnswer, due_by: date | None
) -> list[FollowUpRow]:
    """Return which commitments are meant, or may be: of those that words leave open, those that can be answered so.

    Under a message about what was due, what is due still comes before what was put off since. Where none can be
    answered so any more, one is shown as it is.
    """
    among = [rows[place] for place in named.places] or list(rows)
    if named.sure:
        return among
    found = [row for row in among if may(row, said)]
    due = [row for row in found if due_by is not None and row.due_on <= due_by]
    return due or found or among[:1]


async def shown_above(context: Context, thread: Thread, rows: Sequence[FollowUpRow]) -> Message | None:
    """Return the message above as things stand now; None if it is one that is not shown again."""
    if thread.above.plain:
        return None
    if (await standing(context.scope, thread.above)).kind != ANSWER:
        return await anew(context.declared.kinds, context.scope, thread.above, context.now)
    blocks = thread.above.intent["blocks"]
    first = list_shown(blocks)
    if first is not None:
        return await listing(context, first)
    return cards.card(rows[0], context.today, context.zone) if cards.is_card(blocks) else None
