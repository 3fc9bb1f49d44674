"""Move or drop: one form in which several promises are put on another day, or given up with a reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from handlers.context import Context
from handlers.followups.followup.acts import act
from handlers.followups.followup.answers import ActedFollowUp, own
from handlers.followups.followup.entry import promised_day, required, working_days
from handlers.followups.followup.ticks import shown_again
from handlers.reply import Reply
from messages.followups import followup_form as forms
from sales.followups.followup import FollowUpState
from sales.followups.offered_days import next_week, offered_days
from sales.followups.thread_answer import AnswerVerb, ThreadAnswer, moved_to
from sales.language.dates.instants import local_instant
from sales.language.typed_text import MAX_WORDS
from sales.refusal import Refusal
from storage.followups.followup import FollowUpRow

NOTHING_OPEN = "Nothing that stands there is open any more. See yours with `/followup`."


async def open_form(context: Context) -> Reply:
    """Open the form over what a list shows, or over what is due where Home was pressed."""
    shown = ActedFollowUp.on(context, context.request.value)
    return await form_over(context, shown, await shown.open_ones(context))


async def drop_all(context: Context) -> Reply:
    """Open the same form with everything that is overdue chosen, to be dropped."""
    shown = ActedFollowUp.on(context, context.request.value)
    over = [row for row in await shown.open_ones(context) if row.due_on < context.today]
    return await form_over(context, shown, over, drops=True)


async def form_over(
    context: Context, shown: ActedFollowUp, rows: Sequence[FollowUpRow], *, drops: bool = False
) -> Reply:
    if not rows:
        raise Refusal(NOTHING_OPEN)
    working_day, today = await working_days(context), context.today
    days, later = offered_days(today, working_day), next_week(today, working_day)
    form = forms.sort_form(rows, days, later, today, context.zone, shown.written(), drops=drops)
    return Reply(view=form)


async def save(context: Context) -> Reply:
    """The form was submitted: those that were chosen are moved or dropped as one action.

    Raises:
        Refusal: naming the field that lacks something.
    """
    shown, values = ActedFollowUp.read(context.request.private), context.request.values
    rows = await chosen(context)
    what = values.get(forms.WHAT_NOW) or forms.DROP_THEM
    if what == forms.CHANGE_ONE:
        return await change_one(context, rows, shown)
    undo = await act(context, rows, asked(context, what))
    return await shown_again(context, shown, undo)


async def chosen(context: Context) -> Sequence[FollowUpRow]:
    """Return the person's open promises that were ticked in the form."""
    values = context.request.values
    ids = [
        int(one) for name, held in values.items() if name.startswith(f"{forms.WHICH}:") for one in held or ()
    ]
    if not ids:
        first = next(name for name in values if name.startswith(f"{forms.WHICH}:"))
        raise Refusal("Tick those that are meant.", field=first)
    rows = [await own(context, one) for one in ids]
    return [row for row in rows if row.state is FollowUpState.OPEN]


def asked(context: Context, what: str) -> ThreadAnswer:
    """Return what the form wants done."""
    values = context.request.values
    if what == forms.DROP_THEM:
        reason = required(values, forms.REASON, MAX_WORDS)
        return ThreadAnswer(AnswerVerb.DROP, reason=reason)
    if what == forms.AN_HOUR:
        return ThreadAnswer(AnswerVerb.MOVE)
    other = values.get(forms.ANOTHER_DAY) if what == forms.OTHER else what
    day = promised_day(other, context.today, forms.ANOTHER_DAY)
    if day is None:
        raise Refusal("Which day?", field=forms.ANOTHER_DAY)
    at = time.fromisoformat(values[forms.AT]) if values.get(forms.AT) else None
    due_at = local_instant(context.zone, at, day) if at is not None else None
    if due_at is not None and due_at <= context.now:
        raise Refusal("That time is over. Choose a later one, or leave it empty.", field=forms.AT)
    return moved_to(day, due_at)


async def change_one(context: Context, rows: Sequence[FollowUpRow], shown: ActedFollowUp) -> Reply:
    """Open the form of the one that was chosen."""
    if len(rows) != 1:
        raise Refusal("Tick just one to change what it says.", field=forms.WHAT_NOW)
    row = rows[0]
    private = replace(shown, item_id=row.id, moves=row.moves).written()
    return Reply(view=forms.form(zone=context.zone, today=context.today, item=row, private=private))
