"""Words under a message that brought commitments up: done, later, another day, dropped, as its buttons do it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from handlers.context import Context
from handlers.followups.followup.answers import change_row, moved_words
from handlers.followups.followup.entry import check_day, listing
from handlers.nudges.bundle import anew
from handlers.people.customs import customs_of
from handlers.reply import Reply
from handlers.thread import Thread
from messages.blocks import Message
from messages.followups import followup as cards
from messages.followups import thread as views
from sales.followups.followup import SNOOZE, FollowUp, FollowUpState, done, dropped, moved, reopened
from sales.followups.thread_answer import EXAMPLE, AnswerVerb, NamedItems, ThreadAnswer, named_by, read_answer
from sales.language.dates.instants import local_date, local_instant
from sales.nudges.kind import ANSWER
from sales.refusal import Refusal
from storage.followups import followup as queries
from storage.followups.followup import FollowUpRow
from storage.nudges.ledger.rows import standing
from storage.undo import remember_undo

OPEN = frozenset({FollowUpState.OPEN})
SETTLED = frozenset({FollowUpState.DONE, FollowUpState.DROPPED})
MAY_BE: Mapping[AnswerVerb, frozenset[FollowUpState]] = {
    AnswerVerb.DONE: OPEN,
    AnswerVerb.MOVE: OPEN,
    AnswerVerb.NO_DAY: OPEN,
    AnswerVerb.DROP: OPEN,
    AnswerVerb.REASON: frozenset({FollowUpState.DROPPED}),
    AnswerVerb.REOPEN: SETTLED,
}


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
    if said.verb is AnswerVerb.NO_DAY:
        raise Refusal("To when? Name a day, a time, or both.", field="when", example=EXAMPLE)
    if len(chosen) > 1 and not named.sure:
        places = {row.id: place for place, row in enumerate(rows, 1)}
        return Reply(say=views.which(chosen, places, context.today, context.zone), asked=asked)
    await act(context, chosen, said)
    edit = await shown_above(context, thread, rows)
    return Reply(
        say=views.answered(chosen, context.today, context.zone, asks_why=said.verb is AnswerVerb.DROP),
        edit=edit,
        edit_at=thread.place if edit is not None else None,
        home=True,
    )


async def read(context: Context, text: str) -> ThreadAnswer:
    return read_answer(text, context.now, context.zone, await customs_of(context, text))


def may(row: FollowUpRow, said: ThreadAnswer) -> bool:
    """Say whether a commitment can still be answered so; one dropped keeps the reason it has."""
    return row.state in MAY_BE[said.verb] and not (said.verb is AnswerVerb.REASON and row.drop_reason)


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


async def act(context: Context, rows: Sequence[FollowUpRow], said: ThreadAnswer) -> None:
    """Change commitments as one action, which can be taken back; what cannot be answered so any more stays."""
    touched = []
    did = ""
    for row in rows:
        if may(row, said):
            change = changed(context, row, said)
            did = did_what(context, said, change)
            touched.append(await change_row(context, row, change))
    if touched:
        summary = cards.summary(rows[0], did) if len(touched) == 1 else views.summary(len(touched), did)
        await remember_undo(context.scope, context.member.user_id, context.now, summary, touched)


def changed(context: Context, row: FollowUpRow, said: ThreadAnswer) -> FollowUp:
    if said.verb is AnswerVerb.DONE:
        return done(row, context.now)
    if said.verb is AnswerVerb.REOPEN:
        return reopened(row)
    if said.verb is AnswerVerb.MOVE:
        return put_off(context, row, said)
    settled_at = row.settled_at if said.verb is AnswerVerb.REASON else None
    return dropped(row, settled_at or context.now, said.reason)


def put_off(context: Context, row: FollowUpRow, said: ThreadAnswer) -> FollowUp:
    """Move to where words say, at the same time of day if they name none and it had one; else an hour on."""
    if said.when is None:
        at = context.now + SNOOZE
        return moved(row, local_date(at, context.zone), at)
    check_day(said.when.day, context.today)
    return moved(row, said.when.day, said.when.at or same_time(context, row, said))


def same_time(context: Context, row: FollowUpRow, said: ThreadAnswer) -> datetime | None:
    if row.due_at is None or said.when is None:
        return None
    at = local_instant(context.zone, row.due_at.astimezone(context.wall).time(), said.when.day)
    return at if at > context.now else None


def did_what(context: Context, said: ThreadAnswer, change: FollowUp) -> str:
    if said.verb is AnswerVerb.MOVE:
        return moved_words(context, change)
    return {AnswerVerb.DONE: "done", AnswerVerb.REOPEN: "reopened"}.get(said.verb, "dropped")


async def shown_above(context: Context, thread: Thread, rows: Sequence[FollowUpRow]) -> Message | None:
    """Return the message above as things stand now; None if it is one that is not shown again."""
    if thread.above.plain:
        return None
    if (await standing(context.scope, thread.above)).kind != ANSWER:
        return await anew(context.declared.kinds, context.scope, thread.above, context.now)
    blocks = thread.above.intent["blocks"]
    first = cards.list_shown(blocks)
    if first is not None:
        return await listing(context, first)
    return cards.card(rows[0], context.today, context.zone) if cards.is_card(blocks) else None
