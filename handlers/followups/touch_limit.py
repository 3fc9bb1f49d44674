"""Not pushy: what somebody answers before one touch too many; what they typed is kept with it (mechanism 54)."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from handlers.coming_day import coming_day
from handlers.context import Context, Handler
from handlers.feature import Feature, Record, routes
from handlers.followups.activity.entry import ActivitiesLogged, log
from handlers.followups.belonging import deals_of
from handlers.followups.followup.confirmation import hinted
from handlers.followups.followup.entry import made, working_days
from handlers.followups.touch_question import entry_carried
from handlers.place import Place
from handlers.reply import Reply
from messages.blocks import Message
from messages.followups import touch_limit as views
from messages.followups.touch_limit import HeldForm
from sales.followups.activity_entry import ActivityEntry
from sales.followups.answered import WasAnswered, answered_by
from sales.followups.followup import FollowUp
from sales.followups.touch_limit import PAUSED_FOR, TouchAnswer, TouchLimit
from sales.language.names.customer import somebody_at
from sales.language.typed_text import MAX_NAME, MAX_WORDS, clean
from sales.people.permission import Act
from sales.refusal import Refusal
from sales.value import changed
from storage.followups.touch_limit import TouchLimitRow, about, answers_since, find_question, keep_answer
from storage.people.calendar import next_working_day

GET_IN_TOUCH = "get in touch"  # what is promised to somebody else there
PICK_UP = "pick it up again"  # what is promised for the end of a pause, so that it has one


async def own(context: Context, row_id: int) -> TouchLimitRow:
    """Return the asking person's question, as long as it waits for an answer.

    Raises:
        Refusal: if it is somebody else's, or was answered.
    """
    row = await find_question(context.scope, row_id)
    if row is None or row.owner_id != context.member.user_id:
        raise Refusal("That question is not there any more. Type it again, and I ask again if need be.")
    if row.answer is not TouchAnswer.ASKED:
        raise Refusal(f"That is answered already. See it with `/deal {row.who}`.")
    return row


def opening(form: Callable[[TouchLimitRow, date, str], dict[str, Any]]) -> Handler:
    """Return the button that opens a form of an answer."""

    async def run(context: Context) -> Reply:
        row = await own(context, int(context.request.value))
        to_working_day = await working_days(context)
        private = HeldForm(row.id, Place.of(context.request.body) or ()).written()
        return Reply(view=form(row, to_working_day(context.today + PAUSED_FOR), private))

    return run


def known_there(row: TouchLimit) -> str:
    """Return who else is known at the customer, the first of them; empty for nobody."""
    return next(iter(json.loads(row.carried).get("people", [])), "")


pause = opening(views.pause_form)
other = opening(lambda row, until, private: views.other_form(known_there(row), private))
value = opening(lambda row, until, private: views.value_form(private))


async def go_on(context: Context) -> Reply:
    """They go on all the same: what was typed is kept as it was typed."""
    row = await own(context, int(context.request.value))
    said = changed(TouchLimit, row, answer=TouchAnswer.GO_ON)
    return Reply(edit=await keep(context, row, said), home=True)


async def paused(context: Context) -> Reply:
    """A day was chosen until which the customer is left alone."""
    until = coming_day(context.request.values.get(views.UNTIL), context.today, views.UNTIL)
    if until is None or until <= context.today:
        raise Refusal("Choose a day to come.", field=views.UNTIL)

    def put_off(promise: FollowUp) -> FollowUp:
        on = until if promise.due_on < until else promise.due_on
        again = on if promise.repeats else None
        at = promise.due_at if on == promise.due_on else None
        return changed(FollowUp, promise, due_on=on, due_at=at, repeats_on=again)

    def then_again(entry: ActivityEntry) -> ActivityEntry:
        step = promised_again(context, str(entry.account), PICK_UP, until)
        return entry if entry.step is not None else replace(entry, step=step, no_next_step=False)

    return await answered(context, TouchAnswer.PAUSE, promise=put_off, entry=then_again, until=until)


def promised_again(context: Context, who: str, what: str, on: date) -> FollowUp:
    """Return what is promised in place of one touch more."""
    return FollowUp(owner_id=context.member.user_id, who=who[:MAX_NAME], what=what, due_on=on)


async def othered(context: Context) -> Reply:
    """Somebody else there is tried next: the promise is to them, or a new one is, on the next working day."""
    name = clean(context.request.values.get(views.WHO) or "", MAX_NAME, views.WHO)
    if not name:
        raise Refusal("Who else could help?", field=views.WHO)
    day = await next_working_day(context.scope, context.team, context.member, context.today)

    def to_them(promise: FollowUp) -> FollowUp:
        return changed(FollowUp, promise, who=somebody_at(name, promise.who)[:MAX_NAME])

    def then_them(entry: ActivityEntry) -> ActivityEntry:
        step = promised_again(context, somebody_at(name, str(entry.account)), GET_IN_TOUCH, day)
        return entry if entry.step is not None else replace(entry, step=step, no_next_step=False)

    return await answered(context, TouchAnswer.OTHER, promise=to_them, entry=then_them, said=name)


async def valued(context: Context) -> Reply:
    """It was said what is in it for them: that stands with what was typed."""
    worth = clean(context.request.values.get(views.WORTH) or "", MAX_WORDS, views.WORTH)
    if not worth:
        raise Refusal(
            "A few words are enough: an idea, an article, an answer to what they asked.", field=views.WORTH
        )

    def with_worth(promise: FollowUp) -> FollowUp:
        return changed(FollowUp, promise, worth=worth)

    def with_words(entry: ActivityEntry) -> ActivityEntry:
        both = f"{entry.outcome}; {worth}" if entry.outcome else worth
        return replace(entry, outcome=both[:MAX_WORDS])

    return await answered(context, TouchAnswer.VALUE, promise=with_worth, entry=with_words, said=worth)


async def answered(
    context: Context,
    answer: TouchAnswer,
    *,
    promise: Callable[[FollowUp], FollowUp],
    entry: Callable[[ActivityEntry], ActivityEntry] = lambda entry: entry,
    until: date | None = None,
    said: str = "",
) -> Reply:
    """Keep what a form answered and what was typed, and show both where the question stands."""
    kept = HeldForm.read(context.request.private)
    row = await own(context, kept.row_id)
    value = changed(TouchLimit, row, answer=answer, until=until, said=said)
    shown = await keep(context, row, value, promise, entry)
    return Reply(edit=shown, edit_at=Place.kept(kept.place), home=True)


async def keep(
    context: Context,
    row: TouchLimitRow,
    said: TouchLimit,
    promise: Callable[[FollowUp], FollowUp] = lambda promise: promise,
    entry: Callable[[ActivityEntry], ActivityEntry] = lambda entry: entry,
) -> Message:
    """Store an answer and what was typed, as one action; return the confirmation of both."""
    held = json.loads(row.carried)
    touched = await keep_answer(context.scope, row, changed(TouchLimit, said, carried=""))
    note = views.kept(row, context.today)
    if "log" in held:
        return await log(context, entry(entry_carried(held["log"])), notes=[note], also=[touched])
    followup = promise(FollowUp.model_validate(held["followup"]))
    stored, undo, deals = await made(context, followup, held["deal"], also=[touched])
    return views.with_note(await hinted(context, stored, undo, deals), note)


async def hear_logged(context: Context, news: ActivitiesLogged) -> None:
    """Somebody answered: who was left alone is so no more."""
    accounts = {
        one.account
        for one in news.rows
        if one.account and answered_by(one.kind, one.outcome) is WasAnswered.YES
    }
    found = await answers_since(context.scope, context.member.user_id, context.today) if accounts else []
    resting = [one for one in found if one.is_paused(context.today)]
    if not resting:
        return
    names = list(accounts)
    for one in accounts:
        names += [deal.name for deal in await deals_of(context, one)]
    row = about(resting, names)
    if row is not None:
        said = changed(TouchLimit, row, until=context.today)
        news.touched.append(await keep_answer(context.scope, row, said))


FEATURE = Feature(
    name="touch_limit",
    actions=routes(
        Act.OWN_WORK,
        {views.PAUSE: pause, views.OTHER: other, views.VALUE: value, views.GO_ON: go_on},
    ),
    views=routes(Act.OWN_WORK, {views.PAUSED: paused, views.OTHERED: othered, views.VALUED: valued}),
    hears={ActivitiesLogged: hear_logged},
    records=(Record(TouchLimitRow, undone=True, exported=True, erased="owner_id"),),
)
