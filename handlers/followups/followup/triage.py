"""Move or drop: one form in which several promises are put on another day, or given up with a reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.context import Context
from handlers.followups.followup.acts import act
from handlers.followups.followup.answers import ActedFollowUp, own
from handlers.followups.followup.entry import required, working_days
from handlers.followups.followup.ticks import shown_again
from handlers.reply import Reply
from messages.followups import followup as views
from messages.followups import followup_form as forms
from sales.followups.followup import FollowUpState
from sales.followups.offered_days import offered_days
from sales.followups.thread_answer import AnswerVerb, ThreadAnswer, moved_to
from sales.language.typed_text import MAX_WORDS
from sales.refusal import Refusal
from storage.followups import followup as queries
from storage.followups.followup import FollowUpRow

NOTHING_OPEN = "Nothing that stands there is open any more. See yours with `/followup`."


async def open_form(context: Context) -> Reply:
    """Open the form over what a list shows, or over what is due where Home was pressed."""
    shown = ActedFollowUp.on(context, context.request.value)
    rows = await among(context, shown)
    if not rows:
        raise Refusal(NOTHING_OPEN)
    days = offered_days(context.today, await working_days(context))
    return Reply(view=forms.sort_form(rows, days, context.today, context.zone, shown.written()))


async def among(context: Context, shown: ActedFollowUp) -> list[FollowUpRow]:
    """Return what is open of what a surface shows, in its order."""
    every = await queries.open_of(context.scope, context.member.user_id)
    if shown.surface == views.HOME:
        return [row for row in every if row.due_on <= context.today]
    page = views.listed_at(shown.surface)
    if page is not None:
        return every[page : page + views.LIST_LENGTH]
    places = {item_id: at for at, item_id in enumerate(shown.ids)}
    return sorted((row for row in every if row.id in places), key=lambda row: places[row.id])


async def save(context: Context) -> Reply:
    """The form was submitted: those that were chosen are moved or dropped as one action.

    Raises:
        Refusal: naming the field that lacks something.
    """
    shown, values = ActedFollowUp.read(context.request.private), context.request.values
    rows = await chosen(context)
    what = values[forms.WHAT_NOW]
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
        reason = required(values, views.REASON, MAX_WORDS)
        return ThreadAnswer(AnswerVerb.DROP, reason=reason)
    if what == forms.AN_HOUR:
        return ThreadAnswer(AnswerVerb.MOVE)
    other = values.get(forms.ANOTHER_DAY) if what == forms.OTHER else what
    if not other:
        raise Refusal("Which day?", field=forms.ANOTHER_DAY)
    day = date.fromisoformat(other)
    if day < context.today:
        raise Refusal("That day is over. Choose today or a later day.", field=forms.ANOTHER_DAY)
    return moved_to(day)


async def change_one(context: Context, rows: Sequence[FollowUpRow], shown: ActedFollowUp) -> Reply:
    """Open the form of the one that was chosen."""
    if len(rows) != 1:
        raise Refusal("Tick just one to change what it says.", field=forms.WHAT_NOW)
    row = rows[0]
    private = replace(shown, item_id=row.id, moves=row.moves).written()
    return Reply(view=forms.form(zone=context.zone, today=context.today, item=row, private=private))
