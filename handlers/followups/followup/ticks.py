"""Ticks: a promise is done where its box is ticked, and open again where the tick is taken out."""

from handlers.context import Context
from handlers.followups.followup.acts import act
from handlers.followups.followup.answers import ActedFollowUp
from handlers.followups.followup.entry import listing
from handlers.reply import Reply
from messages.followups import followup as views
from messages.followups.tick_list import TickedBoxes, boxes_ticked
from sales.followups.followup import FollowUpState
from sales.followups.thread_answer import AnswerVerb, ThreadAnswer, moved_to
from sales.refusal import Refusal
from storage.followups import followup as queries
from storage.people.calendar import next_working_day
from storage.undo import UndoRow


async def tick(context: Context) -> Reply:
    """Boxes were ticked, or ticks taken out. What is so already stays, so that a second press changes nothing."""
    boxes = boxes_in(context)
    rows = {row.id: row for row in await queries.followups_among(context.scope, boxes.shown)}
    mine = [row for one in boxes.shown if (row := rows.get(one)) and row.owner_id == context.member.user_id]
    if not mine:
        raise Refusal("Those follow-ups are not there any more, or not yours. See yours with `/followup`.")
    done = [row for row in mine if row.id in boxes.ticked and row.state is FollowUpState.OPEN]
    taken_out = boxes.before - boxes.ticked
    reopened = [row for row in mine if row.id in taken_out and row.state is FollowUpState.DONE]
    undo = await act(context, done, ThreadAnswer(AnswerVerb.DONE))
    undo = await act(context, reopened, ThreadAnswer(AnswerVerb.REOPEN)) or undo
    return await shown_again(context, ActedFollowUp.on(context, boxes.surface), undo)


async def move_the_rest(context: Context) -> Reply:
    """Put everything that is open and due in the message on the next working day, as one action."""
    shown = ActedFollowUp.on(context, context.request.value)
    rows = await queries.followups_among(context.scope, shown.ids)
    due = [row for row in rows if row.owner_id == context.member.user_id and row.due_on <= context.today]
    tomorrow = await next_working_day(context.scope, context.team, context.member, context.today)
    await act(context, due, moved_to(tomorrow))
    return await shown.again(context)


def boxes_in(context: Context) -> TickedBoxes:
    """Return what was done to the boxes that were pressed."""
    body = context.request.body
    blocks = ((body.get("message") or body.get("view")) or {}).get("blocks", [])
    selected = [one for one in context.request.value.split(",") if one]
    return boxes_ticked(blocks, str(body["actions"][0].get("block_id", "")), selected)


async def shown_again(context: Context, shown: ActedFollowUp, undo: UndoRow | None) -> Reply:
    """Return the surface as things stand now; a list says what was done, with the way back."""
    at = views.listed_at(shown.surface)
    if at is None:
        return await shown.again(context)
    said = views.settled(undo.summary, undo.id) if undo is not None else None
    return Reply(edit=await listing(context, at, said), edit_at=shown.place, home=True)
