"""Follow-ups typed in a line: made, or asked about where a day, a name or a word could be meant in two ways."""

import json
import re
from collections.abc import Sequence

from handlers.context import Context
from handlers.followups.belonging import deals_of, only_id
from handlers.followups.followup.confirmation import confirmed, hinted
from handlers.followups.followup.entry import FARTHEST, from_draft, listing, made, working_days
from handlers.followups.followup.slot import may_take, on_their_time
from handlers.followups.followup.twins import twins_of
from handlers.followups.touch_question import before_promising
from handlers.people.customs import customs_of
from handlers.place import Place
from handlers.reading import FILL_IN
from handlers.reply import Reply
from messages.followups import confirmation as views
from messages.followups import followup_form as forms
from sales.followups.followup import FollowUp, on_pattern
from sales.followups.followup_phrase import FollowUpDraft, Incomplete, PastFollowUp, read_followup
from sales.followups.followup_phrase.question import typed_day
from sales.followups.offered_days import offered_days
from sales.followups.recurrence import read_stored
from sales.followups.twin import Twin
from sales.language.figures import WEEKDAYS, day_and_time
from sales.language.names.near import beginnings, nearest
from sales.language.typed_text import clean, shorten
from sales.refusal import Reading, Refusal
from storage.followups import followup as queries

MOST_ALIKE = 2  # known names that are offered in place of a typed one


async def command(context: Context) -> Reply:
    """`/followup` lists; with words it commits to what they say."""
    if not context.text:
        return Reply(say=await listing(context))
    text = context.text.removeprefix(FILL_IN)
    known = await context.declared.names(context, clean(text))
    try:
        draft = await read(context, text, known)
        await ask_about_name(context, draft.who, sure=draft.sure)
    except PastFollowUp as past:
        await ask_about_name(context, past.draft.who, sure=past.draft.sure)
        likely = from_draft(context, past.draft)
        return Reply(say=views.past(past.text, likely, say_when_of(context, likely)))
    except Incomplete as missing:
        return filled_form(context, missing) if text != context.text else await complete(context, missing)
    followup = await on_its_day(context, draft)
    deals = await deals_of(context, followup.who) if may_take(followup) else None
    followup = await on_their_time(context, followup, only_id(deals or ()))
    twins = await twins_of(context, followup)
    if (twin := twins.get(Twin.SAME)) is not None:
        return Reply(say=await confirmed(context, twin, is_known=True))
    if (twin := twins.get(Twin.ALIKE)) is not None:
        return Reply(say=await confirmed(context, twin, is_known=True, more=views.another(followup)))
    if (question := await before_promising(context, followup)) is not None:
        return Reply(say=question)
    card = await hinted(context, *await made(context, followup, deals=deals), says_nothing=draft.says_nothing)
    return Reply(say=card, home=True)


async def read(context: Context, text: str, known: Sequence[str]) -> FollowUpDraft:
    """Read a sentence as the person writes and counts days."""
    customs = await customs_of(context, text)
    return read_followup(text, context.now, context.zone, known, customs=customs)


def say_when_of(context: Context, followup: FollowUp) -> str:
    return day_and_time(followup.due_on, followup.due_at, context.today, context.zone)


async def on_its_day(context: Context, draft: FollowUpDraft) -> FollowUp:
    """Return the commitment that was read; one that repeats is put on a working day."""
    followup = from_draft(context, draft)
    recurrence = read_stored(followup.repeats)
    if recurrence is None or followup.repeats_on is None:
        return followup
    return on_pattern(followup, recurrence, followup.repeats_on, context.zone, await working_days(context))


async def complete(context: Context, missing: Incomplete) -> Reply:
    """Ask for what a sentence lacks: the day by three to press, the name in the form with all else filled in.

    Raises:
        Refusal: with the question.
    """
    if missing.field == "who":
        if (missing.when is None and not missing.what) or context.request.kind != "commands":
            raise missing
        return filled_form(context, missing)
    if missing.field != "when":
        raise missing
    await ask_about_name(context, missing.who, sure=missing.sure)
    days = offered_days(context.today, await working_days(context), is_urgent=missing.is_urgent)
    readings = []
    for day in days:
        label = (
            f"Every {WEEKDAYS[day.weekday()]}"
            if missing.repeats
            else day_and_time(day, None, context.today, context.zone)
        )
        readings.append(Reading(label, missing.on(typed_day(day, None, context.zone))))
    missing.text = views.which_day(missing.who, missing.what, missing.owes)
    missing.readings = (*readings, Reading("Another day…", f"{FILL_IN}{context.text}"))
    raise missing


def filled_form(context: Context, known: Incomplete) -> Reply:
    """Return the form with what a sentence said."""
    day = known.when.day if known.when is not None else context.today
    at = known.when.at if known.when is not None else None
    if not context.today <= day <= context.today + FARTHEST:
        raise known
    asked_at = Place.of(context.request.body)
    form = forms.form(
        zone=context.zone,
        today=day,
        who=known.who,
        what=known.what,
        due_at=at,
        owes=known.owes,
        worth=known.worth,
        private=json.dumps({"asked_at": asked_at}) if asked_at is not None else "",
    )
    return Reply(view=form)


async def ask_about_name(context: Context, who: str, *, sure: bool) -> None:
    """Ask once about a name that nobody knows and is one letter off from one that is known.

    Once somebody had it as typed, it is a name of theirs.

    Raises:
        Refusal: with both to press.
    """
    text = clean(context.text)
    place = (
        re.search(r"\s+".join(map(re.escape, who.split())), text, re.IGNORECASE) if who and not sure else None
    )
    if place is None:
        return
    typed = beginnings(text[place.start() :])
    alike = await context.declared.names_alike(context, typed)
    slip, near = nearest(typed, alike)
    if not near or await queries.has_named(context.scope, context.member.user_id, slip):
        return
    end = place.start() + len(slip)

    def with_name(name: str) -> str:
        return f"{text[: place.start()]}“{name}”{text[end:]}"

    readings = [Reading(name, with_name(name)) for name in sorted(near)[:MOST_ALIKE]]
    readings.append(Reading(f"{shorten(slip, 50)} as typed", with_name(slip)))
    likely = " or ".join(name for name in sorted(near)[:MOST_ALIKE])
    raise Refusal(f"I know no {shorten(slip)}. Did you mean {likely}?", field="who", readings=readings)


async def meant(context: Context) -> Reply:
    """Commit to what was offered: a coming day for one that was over, or one more beside one alike.

    A second click adds nothing.
    """
    likely = FollowUp.model_validate_json(context.request.value)
    if likely.owner_id != context.member.user_id or likely.due_on < context.today:
        raise Refusal("That offer is out of date. Please type it again.")
    if (twin := (await twins_of(context, likely)).get(Twin.SAME)) is not None:
        return Reply(edit=await confirmed(context, twin), home=True)
    row, undo, deals = await made(context, likely)
    return Reply(edit=await confirmed(context, row, undo, deals=deals), home=True)
