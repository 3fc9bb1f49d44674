"""Ticks and answers for all of a list: done where a box is ticked, the rest moved in one press, and taken back."""

from handlers.context import Context
from handlers.followups.followup.acts import act
from handlers.followups.followup.answers import ActedFollowUp
from handlers.followups.followup.entry import listing
from handlers.followups.followup.slipped import last_action
from handlers.remembered import take_back
from handlers.reply import Reply
from messages.followups.followup import day_at, is_todays, listed_at, read_taken_back
from messages.followups.tick_list import ticked
from messages.replies import as_modal
from sales.followups.followup import Owes
from sales.followups.offered_days import put_off_from
from sales.followups.thread_answer import AnswerVerb, ThreadAnswer, moved_to
from sales.refusal import Refusal
from storage.followups import followup as queries
from storage.followups.followup import FollowUpRow
from storage.people.calendar import next_working_day
from storage.undo import UndoRow, is_undone


async def tick(context: Context) -> Reply:
    """Boxes were ticked. What is done already stays so, and a list that is out of date is shown as things stand.

    Raises:
        Refusal: if none of them is theirs.
    """
    surface, ids = ticked(context.request.body, [one for one in context.request.value.split(",") if one])
    rows = await queries.followups_among(context.scope, ids) if ids else []
    mine = [row for row in rows if row.owner_id == context.member.user_id]
    if ids and not mine:
        raise Refusal("Those follow-ups are not there any more, or not yours. See yours with `/followup`.")
    undo = await act(context, mine, ThreadAnswer(AnswerVerb.DONE))
    return await shown_again(context, ActedFollowUp.on(context, surface), undo)


async def move_the_rest(context: Context) -> Reply:
    """Put everything that is open and due on the next working day, as one action; on Home only what they owe."""
    shown = ActedFollowUp.on(context, context.request.value)
    rows = await shown.open_ones(context)
    mine = [row for row in rows if row.owes is Owes.ME] if is_todays(shown.surface) else rows
    return await moved_on(context, shown, [row for row in mine if row.due_on <= context.today])


async def move_the_days(context: Context) -> Reply:
    """Put what was due on the day of a prompt on the next working day, as one action; what is older stays."""
    shown = ActedFollowUp.on(context, context.request.value)
    day = day_at(shown.surface, context.today)
    return await moved_on(
        context, shown, [row for row in await shown.open_ones(context) if row.due_on == day]
    )


async def keep_alive(context: Context) -> Reply:
    """Put everything that is overdue on the next working day, as one action."""
    shown = ActedFollowUp.on(context, context.request.value)
    rows = await shown.open_ones(context)
    return await moved_on(context, shown, [row for row in rows if row.due_on < context.today])


async def moved_on(context: Context, shown: ActedFollowUp, rows: list[FollowUpRow]) -> Reply:
    after = put_off_from(day_at(shown.surface, context.today), context.today)
    to = await next_working_day(context.scope, context.team, context.member, after)
    undo = await act(context, [row for row in rows if row.due_on < to], moved_to(to))
    return await shown_again(context, shown, undo)


async def show_all(context: Context) -> Reply:
    """Open everything that is open, of which a surface shows the first."""
    return Reply(view=as_modal(await listing(context), "Open promises"))


async def undo(context: Context) -> Reply:
    """Take back what was just done on a surface, and show it again; a second press changes nothing."""
    undo_id, surface = read_taken_back(context.request.value)
    if not await is_undone(context.scope, context.member.user_id, undo_id):
        await take_back(context, undo_id)
    return await ActedFollowUp.on(context, surface).again(context)


async def shown_again(context: Context, shown: ActedFollowUp, done: UndoRow | None) -> Reply:
    """Return the surface as things stand now; a list says what was done, with the way back."""
    at = listed_at(shown.surface)
    if at is None or done is None:
        return await shown.again(context)
    return Reply(edit=await listing(context, at, last_action(done)), edit_at=shown.place, home=True)
