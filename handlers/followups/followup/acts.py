"""What becomes of follow-ups, however it was said: done, moved, dropped, reopened; and the next of one that repeats."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from handlers.context import Context
from handlers.followups.followup.entry import check_day, commit, working_days
from handlers.followups.followup.reminder import remind
from handlers.followups.followup.slot import on_another_day
from handlers.followups.news import NextFollowUpOpened
from handlers.people.customs import customs_of
from handlers.remembered import remember
from messages.followups import followup as cards
from messages.followups import thread as views
from sales.followups.followup import (
    SNOOZE,
    FollowUp,
    FollowUpState,
    done,
    dropped,
    moved,
    next_one,
    reopened,
)
from sales.followups.thread_answer import AnswerVerb, ThreadAnswer, read_answer
from sales.language.dates.instants import local_date, local_instant
from sales.language.figures import day_and_time
from storage.followups import followup as queries
from storage.followups.followup import FollowUpRow
from storage.row_image import Touched, image
from storage.undo import UndoRow

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


async def read(context: Context, text: str) -> ThreadAnswer:
    """Return what words ask for."""
    return read_answer(text, context.now, context.zone, await customs_of(context, text))


def may(row: FollowUpRow, said: ThreadAnswer) -> bool:
    """Say whether a commitment can still be answered so; one dropped keeps the reason it has."""
    return row.state in MAY_BE[said.verb] and not (said.verb is AnswerVerb.REASON and row.drop_reason)


async def act(context: Context, rows: Sequence[FollowUpRow], said: ThreadAnswer) -> UndoRow | None:
    """Change commitments as one action, and return how it is taken back; what cannot be answered so any more stays."""
    touched: list[Touched] = []
    answered: list[FollowUpRow] = []
    did = ""
    for row in rows:
        if may(row, said):
            change = changed(context, row, said)
            did = did_what(context, said, change)
            touched += await change_row(context, row, change, comes_again=not said.for_good)
            answered.append(row)
    if not answered:
        return None
    several = len(answered) > 1
    summary = views.summary(len(answered), did) if several else cards.summary(answered[0], did)
    return await remember(context, summary, *touched)


async def keep(
    context: Context, row: FollowUpRow, said: FollowUp, did: str, *, comes_again: bool = True
) -> UndoRow | None:
    """Store a changed commitment and the reminder of its new time, and return how the change is taken back."""
    touched = await change_row(context, row, said, comes_again=comes_again)
    if image(row) == touched[0].before:
        return None
    return await remember(context, cards.summary(row, did), *touched)


async def change_row(
    context: Context, row: FollowUpRow, said: FollowUp, *, comes_again: bool = True
) -> list[Touched]:
    """Store a changed commitment and the reminder of its new time, and open the next of one that repeats.

    One that is given up for good comes no more, and still knows how it did, for when it is opened again.
    One that is open again takes the next one back. Returns what was touched, for its caller to remember.
    """
    said = await on_another_day(context, row, said)
    before, was_open, settled_at = image(row), row.state is FollowUpState.OPEN, row.settled_at
    await queries.change_followup(context.scope, row, said)
    await remind(context.scope, row, context.zone, context.now)
    touched = [Touched(row, before)]
    if was_open and row.state is not FollowUpState.OPEN and row.repeats and comes_again:
        touched += await open_next(context, row)
    if settled_at is not None and row.state is FollowUpState.OPEN and row.repeats:
        touched += await take_next_back(context, row, settled_at)
    return touched


async def take_next_back(context: Context, row: FollowUpRow, settled_at: datetime) -> list[Touched]:
    """Remove the commitment that was opened when one that repeats was settled, if it is as it was opened."""
    settled_on = local_date(settled_at, context.zone)
    following = next_one(row, settled_on, context.zone, await working_days(context))
    standing = await queries.open_of(context.scope, row.owner_id)
    touched = [Touched(one, image(one), gone=True) for one in standing if as_opened(one, following)]
    for each in touched:
        await queries.remove_followup(context.scope, cast("FollowUpRow", each.row))
    return touched


def as_opened(row: FollowUpRow, opened: FollowUp | None) -> bool:
    """Say whether a commitment still says what it said when it was opened."""
    return opened is not None and FollowUp.model_validate(row.model_dump()) == opened


async def open_next(context: Context, row: FollowUpRow) -> list[Touched]:
    """Open the commitment that follows one that repeats, unless it has ended or the next one is there already."""
    following = next_one(row, context.today, context.zone, await working_days(context))
    if following is None:
        return []
    standing = await queries.open_of(context.scope, row.owner_id)
    if any((one.who, one.what, one.repeats) == (row.who, row.what, row.repeats) for one in standing):
        return []
    opened = await commit(context, following, row.opportunity_id)
    await context.announce(NextFollowUpOpened(row, opened))
    return [Touched(opened)]


def changed(context: Context, row: FollowUpRow, said: ThreadAnswer) -> FollowUp:
    if said.verb is AnswerVerb.DONE:
        return done(row, context.now)
    if said.verb is AnswerVerb.REOPEN:
        return reopened(row)
    if said.verb is AnswerVerb.MOVE:
        return put_off(context, row, said)
    settled_at = row.settled_at if said.verb is AnswerVerb.REASON else None
    return dropped(row, settled_at or context.now, said.reason)


def snoozes(said: ThreadAnswer) -> bool:
    """Say whether something is to be brought up a little later, without a day."""
    return said.verb is AnswerVerb.MOVE and said.when is None


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


def moved_words(context: Context, said: FollowUp) -> str:
    return f"moved to {day_and_time(said.due_on, said.due_at, context.today, context.zone)}"
