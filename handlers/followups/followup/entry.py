"""Making follow-ups: typed in a line, filled in a form, or made from a message."""

import json
from datetime import date, time, timedelta
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from handlers.context import Ask, Before, prepared_by
from handlers.followups.followup.reminder import remind
from handlers.reply import Reply
from messages import blocks as kit
from messages.followups import followup as told
from messages.replies import as_modal
from sales.followups.followup import FollowUp, Owes
from sales.followups.followup_phrase import FollowUpDraft, PastFollowUp, read_followup
from sales.language.dates.instants import local_instant
from sales.language.dates.spoken.reading import find_when
from sales.language.figures import say_when
from sales.language.names.mention import sure_name
from sales.language.typed_text import MAX_NAME, MAX_WORDS, clean
from sales.refusal import Refusal
from storage.followups import followup as followups
from storage.followups.followup import FollowUpRow
from storage.pipeline.opportunity import account_names

FARTHEST = timedelta(days=3 * 366)  # a commitment years away is a slip in the year


async def command(ask: Ask) -> Reply:
    """`/followup` lists; with words it commits to what they say."""
    if not ask.text:
        return Reply(say=await listing(ask))
    known = await account_names(ask.scope, ask.today)
    starts = ask.team.fiscal_year_start if ask.team else 1
    try:
        draft = read_followup(ask.text, ask.now, ask.zone, known, fiscal_year_start=starts)
    except PastFollowUp as past:
        likely = from_draft(ask, past.draft)
        return Reply(say=told.past(past.text, likely.model_dump(mode="json"), say_when_of(ask, likely)))
    row = await commit(ask, from_draft(ask, draft))
    return Reply(say=told.card(row, ask.today, ask.zone, says_nothing=draft.says_nothing), home=True)


def say_when_of(ask: Ask, followup: FollowUp) -> str:
    return say_when(followup.due_on, followup.due_at, ask.today, ask.zone)


async def meant(ask: Ask) -> Reply:
    """Commit to the day that was offered in place of one that was over. A second click adds nothing."""
    likely = FollowUp.model_validate_json(ask.request.value)
    if likely.owner_id != ask.member.user_id or likely.due_on < ask.today:
        raise Refusal("That offer is out of date. Please type it again.")
    open_that_day = await followups.open_between(ask.scope, likely.owner_id, likely.due_on, likely.due_on)
    twin = next((row for row in open_that_day if (row.who, row.what) == (likely.who, likely.what)), None)
    row = twin or await commit(ask, likely)
    return Reply(edit=told.card(row, ask.today, ask.zone), home=True)


async def new_form(ask: Ask) -> Reply:
    """Open the empty form."""
    return open_form(ask)


def open_form(ask: Ask, who: str = "", what: str = "") -> Reply:
    """Open the form for a new commitment with what is known filled in; other nouns end here too."""
    return Reply(view=told.form(zone=ask.zone, today=ask.today, who=who, what=what))


async def from_message(ask: Ask) -> Reply:
    """The message shortcut: the form with the message's words, and the day and account it names.

    The message's link is fetched when the form is saved, as the form must open within three seconds.
    """
    message = ask.request.body["message"]
    private = json.dumps({"channel": ask.request.channel_id, "ts": message["ts"]})
    text = clean(ask.text[:MAX_WORDS])
    named = sure_name(text, await account_names(ask.scope, ask.today))
    try:
        when = find_when(text, ask.now, ask.zone)
    except Refusal:
        when = None  # a past or impossible day in somebody's message is nothing to refuse
    day = when.day if when and when.day >= ask.today else ask.today
    view = told.form(zone=ask.zone, today=day, who=named.name if named else "", what=text, private=private)
    return Reply(view=view)


async def listing(ask: Ask) -> kit.Message:
    """Everything the person has open, as a message."""
    items = await followups.open_between(ask.scope, ask.member.user_id, date.min, date.max)
    return told.listing(items, ask.today, ask.zone)


async def link(before: Before) -> str | None:
    """Return the link of the message a commitment came from; None where there is none to give."""
    private = json.loads(before.request.private or "{}")
    if "ts" not in private:
        return None
    try:
        found = await before.slack.chat_getPermalink(channel=private["channel"], message_ts=private["ts"])
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        return None  # the commitment is what counts
    return str(found["permalink"])


@prepared_by(link)
async def save(ask: Ask) -> Reply:
    """The form was submitted."""
    followup = filled_in(ask).model_copy(update={"source_link": ask.found})
    row = await commit(ask, followup)
    return Reply(view=as_modal(told.card(row, ask.today, ask.zone), "Follow-up saved"), home=True)


def filled_in(ask: Ask) -> FollowUp:
    """Return what the form says.

    Raises:
        Refusal: naming the field at fault.
    """
    chosen = ask.request.values
    day = date.fromisoformat(chosen[told.DAY])
    at = time.fromisoformat(chosen[told.AT]) if chosen.get(told.AT) else None
    due_at = local_instant(ask.zone, at, day) if at else None
    if day < ask.today:
        raise Refusal("That day is over. Choose today or a later day.", field=told.DAY)
    if due_at is not None and due_at <= ask.now:
        raise Refusal("That time is over. Choose a later one, or leave it empty.", field=told.AT)
    if day > ask.today + FARTHEST:
        raise Refusal("That is more than three years away. Check the year.", field=told.DAY)
    return FollowUp(
        owner_id=ask.member.user_id,
        who=required(chosen, told.WHO, MAX_NAME),
        what=required(chosen, told.WHAT, MAX_WORDS),
        worth=clean(chosen.get(told.WORTH) or "", MAX_WORDS, told.WORTH),
        owes=Owes(chosen[told.OWES]),
        due_on=day,
        due_at=due_at,
    )


def required(chosen: dict[str, Any], field: str, limit: int) -> str:
    text = clean(chosen.get(field) or "", limit, field)
    if not text:
        raise Refusal("Please fill this in.", field=field)
    return text


def from_draft(ask: Ask, draft: FollowUpDraft) -> FollowUp:
    """Return the commitment that was read from a sentence."""
    if draft.when.day > ask.today + FARTHEST:
        raise Refusal("That is more than three years away. Check the year.", field="when")
    return FollowUp(
        owner_id=ask.member.user_id,
        who=draft.who,
        what=draft.what,
        worth=draft.worth,
        owes=draft.owes,
        due_on=draft.when.day,
        due_at=draft.when.at,
    )


async def commit(ask: Ask, followup: FollowUp) -> FollowUpRow:
    """Store a commitment and, where a time was named, the reminder for it; both or neither."""
    row = await followups.add_followup(ask.scope, followup, ask.now)
    await remind(ask.scope, row, ask.zone, ask.now)
    return row
