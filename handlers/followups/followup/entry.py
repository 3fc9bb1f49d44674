"""Making follow-ups: filled in a form or made from a message; what was read of a line, stored."""

import json
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from handlers.coming_day import coming_day
from handlers.context import Context, NamedDeal, Preflight, prefetch
from handlers.followups.belonging import deals_of, only_id
from handlers.followups.followup.confirmation import confirmed, hinted
from handlers.followups.followup.reminder import remind
from handlers.followups.followup.slot import on_their_time
from handlers.followups.followup.twins import twins_of
from handlers.followups.touch_question import before_promising
from handlers.people.customs import customs_of
from handlers.place import Place
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.followups import confirmation as confirmations
from messages.followups import followup as views
from messages.followups import followup_form as forms
from messages.followups import followup_list as lists
from messages.followups.followup import LastAction
from messages.followups.touch_limit import ONE_MORE
from messages.replies import as_modal
from sales.followups.followup import FollowUp, Owes
from sales.followups.followup_phrase import FollowUpDraft, only_checks_in
from sales.followups.next_step import NextStep
from sales.followups.twin import Twin
from sales.language.dates.instants import local_instant
from sales.language.dates.spoken.reading import find_when
from sales.language.names.mention import sure_name
from sales.language.typed_text import MAX_NAME, MAX_WORDS, clean
from sales.people.calendar import WorkCalendar
from sales.refusal import Refusal
from storage.followups import followup as queries
from storage.followups.activity import find_activity, keep_activity
from storage.followups.followup import FollowUpRow
from storage.people.calendar import calendar_of
from storage.row_image import Touched, image
from storage.undo import UndoRow

FARTHEST = timedelta(days=3 * 366)  # a commitment years away is a slip in the year


async def new_form(context: Context) -> Reply:
    """Open the empty form."""
    return open_form(context)


def open_form(
    context: Context, who: str = "", deal_id: int | None = None, after: Sequence[int] = ()
) -> Reply:
    """Open the form for a new commitment with what is known filled in; other nouns end here too.

    `after` are the conversations (activity ids) whose next step it is.
    """
    known = {name: held for name, held in (("deal", deal_id), ("after", list(after))) if held}
    private = json.dumps(known) if known else ""
    return Reply(view=forms.form(zone=context.zone, today=context.today, who=who, private=private))


async def from_message(context: Context) -> Reply:
    """The message shortcut: the form with the message's words, and the day and account it names.

    The message's link is fetched when the form is saved, as the form must open within three seconds.
    """
    message = context.request.body["message"]
    private = json.dumps({"channel": context.request.channel_id, "ts": message["ts"]})
    text = clean(context.text[:MAX_WORDS])
    known = await context.declared.names(context, text)
    named, customs = sure_name(text, known), await customs_of(context, text)
    try:
        when = find_when(text, context.now, context.zone, customs=customs, names=known)
    except Refusal:
        when = None  # a past or impossible day in somebody's message is nothing to refuse
    day = when.day if when and when.day >= context.today else context.today
    view = forms.form(
        zone=context.zone, today=day, who=named.name if named else "", what=text, private=private
    )
    return Reply(view=view)


async def turn(context: Context) -> Reply:
    """Show another page of the list."""
    return Reply(edit=await listing(context, int(context.request.value)))


async def listing(context: Context, at: int = 0, done: LastAction | None = None) -> Message:
    """What the person has open, as a message: the page that holds item number `at`; `done` is what was just done."""
    items = await queries.open_of(context.scope, context.member.user_id)
    return lists.listing(items, context.today, context.zone, at, done)


async def link(preflight: Preflight) -> str | None:
    """Return the link of the message a commitment came from; None where there is none to give."""
    private = json.loads(preflight.request.private or "{}")
    if "ts" not in private:
        return None
    try:
        found = await preflight.slack.chat_getPermalink(channel=private["channel"], message_ts=private["ts"])
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        return None  # the commitment is what counts
    return str(found["permalink"])


@prefetch(link)
async def save(context: Context) -> Reply:
    """The form was submitted. What it answers is edited where the question stands."""
    followup = filled_in(context).model_copy(update={"source_link": context.prefetched})
    kept = json.loads(context.request.private or "{}")
    if (known := await stands_already(context, followup, kept)) is not None:
        return known
    if (question := await before_promising(context, followup, kept.get("deal"))) is not None:
        return Reply(view=as_modal(question, ONE_MORE))
    card = await hinted(
        context,
        *await made(context, followup, kept.get("deal"), await agreed(context, kept.get("after", ()))),
        says_nothing=not followup.worth and only_checks_in(followup.what),
    )
    asked_at = kept.get("asked_at")
    if asked_at:
        return Reply(edit=card, edit_at=Place(*asked_at), home=True)
    return Reply(view=as_modal(card, "Follow-up saved"), home=True)


async def stands_already(context: Context, followup: FollowUp, kept: dict[str, Any]) -> Reply | None:
    """Answer a form that promises what stands already as a line is answered; None where it is new.

    What led to it, a deal or a conversation, tells it from one that is only alike.
    """
    deals = await deals_of(context, followup.who)
    twins = await twins_of(
        context, await on_their_time(context, followup, kept.get("deal") or only_id(deals))
    )
    alike = None if kept.get("deal") or kept.get("after") else twins.get(Twin.ALIKE)
    twin = twins.get(Twin.SAME) or alike
    if twin is None:
        return None
    more = confirmations.another(followup) if twin is alike else ()
    if also := await agreed(context, kept.get("after", ())):
        await remember(context, views.summary(twin, "noted"), *also)
    card = await confirmed(context, twin, is_known=True, more=more)
    asked_at = kept.get("asked_at")
    if asked_at:
        return Reply(edit=card, edit_at=Place(*asked_at))
    return Reply(view=as_modal(card, "Already there"))


def filled_in(context: Context) -> FollowUp:
    """Return what the form says.

    Raises:
        Refusal: naming the field at fault.
    """
    chosen = context.request.values
    day = promised_day(chosen[forms.DAY], context.today, forms.DAY)
    assert day is not None
    at = time.fromisoformat(chosen[forms.AT]) if chosen.get(forms.AT) else None
    due_at = local_instant(context.zone, at, day) if at else None
    if due_at is not None and due_at <= context.now:
        raise Refusal("That time is over. Choose a later one, or leave it empty.", field=forms.AT)
    return FollowUp(
        owner_id=context.member.user_id,
        who=required(chosen, forms.WHO, MAX_NAME),
        what=required(chosen, forms.WHAT, MAX_WORDS),
        worth=clean(chosen.get(forms.WORTH) or "", MAX_WORDS, forms.WORTH),
        owes=Owes(chosen[forms.OWES]),
        due_on=day,
        due_at=due_at,
    )


def required(chosen: dict[str, Any], field: str, limit: int) -> str:
    text = clean(chosen.get(field) or "", limit, field)
    if not text:
        raise Refusal("Please fill this in.", field=field)
    return text


def promised_day(chosen: str | None, today: date, field: str) -> date | None:
    """Return the day that a form promises something for, None for none.

    Raises:
        Refusal: naming the field, for a day that is over or too far away to be meant.
    """
    day = coming_day(chosen, today, field)
    if day is not None:
        check_day(day, today, field)
    return day


def check_day(day: date, today: date, field: str = "when") -> None:
    """Refuse a day that is too far away to be meant."""
    if day > today + FARTHEST:
        raise Refusal("That is more than three years away. Check the year.", field=field)


def from_draft(context: Context, draft: FollowUpDraft) -> FollowUp:
    """Return the commitment that was read from a sentence."""
    check_day(draft.when.day, context.today)
    return FollowUp(
        owner_id=context.member.user_id,
        who=clean(draft.who, MAX_NAME),
        what=clean(draft.what, MAX_WORDS),
        worth=clean(draft.worth, MAX_WORDS),
        owes=draft.owes,
        due_on=draft.when.day,
        due_at=draft.when.at,
        repeats=draft.repeats.stored() if draft.repeats is not None else "",
        repeats_on=draft.when.day if draft.repeats is not None else None,
    )


async def working_days(context: Context) -> Callable[[date], date]:
    """Return what puts a day on which the person does not work on the next one that they do."""
    calendar = WorkCalendar()
    if context.team is not None:
        calendar = await calendar_of(context.scope, context.team, context.member)
    return lambda day: day if calendar.is_working(day) else calendar.next_working_day(day)


async def agreed(context: Context, ids: Sequence[int]) -> list[Touched]:
    """Note of the person's conversations that they left a next step; return what was touched (mechanism 59)."""
    touched = []
    for row in [await find_activity(context.scope, one) for one in ids]:
        if (
            row is not None
            and row.owner_id == context.member.user_id
            and row.next_step is not NextStep.AGREED
        ):
            touched.append(Touched(row, image(row)))
            row.next_step = NextStep.AGREED
            await keep_activity(context.scope, row)
    return touched


async def made(
    context: Context,
    followup: FollowUp,
    deal_id: int | None = None,
    also: Sequence[Touched] = (),
    deals: list[NamedDeal] | None = None,
) -> tuple[FollowUpRow, UndoRow, list[NamedDeal]]:
    """Store a commitment as an action of its own; return it, how it is taken back, and the deals it may be for.

    It belongs to the only open deal of that name. Where there are several it belongs to none until one is chosen,
    unless what led to it was for one of them. What led to it is `also` a part of it. `deals` are those of that name,
    where they were asked for already.
    """
    if deals is None:
        deals = await deals_of(context, followup.who)
    deals = [one for one in deals if one.id == deal_id] or deals
    row = await commit(context, followup, only_id(deals))
    return row, await remember(context, views.summary(row, "added"), Touched(row), *also), deals


async def commit(context: Context, followup: FollowUp, opportunity_id: int | None = None) -> FollowUpRow:
    """Store a commitment and, where a time was named or its contact has one, the reminder for it; both or neither.

    It is a part of what its caller does, who remembers how to take both back and says which deal it is for.
    """
    timed = await on_their_time(context, followup, opportunity_id)
    row = await queries.add_followup(context.scope, timed, context.now, opportunity_id)
    await remind(context.scope, row, context.zone, context.now)
    return row
