"""Activities: logged in a line, in a form, or with a tap; every conversation is asked for its next step."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from handlers.context import Context, Happened
from handlers.deduplication import first_click
from handlers.feature import Command, Feature, Look, Phrase, Record, Section, Shown, Surface, routes
from handlers.followups import followup
from handlers.followups.followup.entry import from_draft
from handlers.followups.followup.typed import ask_about_name
from handlers.followups.offered import as_log
from handlers.reading import FILL_IN, fillable
from handlers.remembered import remember
from handlers.reply import Reply
from messages import standing
from messages.blocks import Message, marked
from messages.followups import activity as views
from messages.followups.followup import line
from sales.followups.activity import MAX_COUNT, ActivityKind
from sales.followups.activity_entry import ActivityEntry
from sales.followups.activity_phrase import may_name, read_log
from sales.followups.activity_unknown import EXAMPLE
from sales.followups.activity_words import COUNTED_ITEM, PLURALS
from sales.followups.followup import FollowUp
from sales.followups.next_step import CONVERSATIONS, NextStep, wants_next_step
from sales.language.typed_text import MAX_NAME, MAX_WORDS, clean
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.followups import activity as queries
from storage.followups.activity import ActivityRow
from storage.row_image import Touched, image
from storage.undo import amend_undo, newest_action

ONE = r"(?:i |we |i['’]ve |we['’]ve )?"
LOOKS_LIKE_A_SLIP = 60  # of a kind in one day; more is taken, and asked about


async def command(context: Context) -> Reply:
    """`/log` opens the form; with words it logs what they say."""
    if not context.text or context.text.startswith(FILL_IN):
        return Reply(view=views.form(context.today, context.text.removeprefix(FILL_IN)))
    try:
        return await typed(context)
    except Refusal as refusal:
        raise fillable(refusal, context.text) from None


async def typed(context: Context) -> Reply:
    """Log what a line says."""
    known = await context.declared.names(context, may_name(context.text))
    draft = read_log(context.text, context.now, context.zone, known)
    await ask_about_name(context, draft.account or "", sure=draft.sure)
    step = from_draft(context, draft.next_step) if draft.next_step is not None else None
    counts, none = dict(draft.activities), draft.no_next_step
    entry = ActivityEntry(counts, draft.on, draft.account, draft.outcome, step, none, draft.results)
    return Reply(say=await log(context, entry), home=True)


async def form(context: Context) -> Reply:
    """Open the form."""
    return Reply(view=views.form(context.today))


async def save(context: Context) -> Reply:
    """The form was submitted."""
    return Reply(say=await log(context, filled_in(context)), home=True)


async def tap(context: Context) -> Reply:
    """One tap logs one; the message it stands on is shown again with the new count and the way back.

    A double click is one tap, and told so.
    """
    kind = ActivityKind(context.request.name.partition(":")[2])
    first = await first_click(context)
    said = await log(context, ActivityEntry({kind: 1}, context.today)) if first else views.counted_once()
    if not context.request.value:
        return Reply(say=said, home=True)
    ids = marked((context.request.body.get("message") or {}).get("blocks", []))
    return Reply(say=None if first else said, again=ids, home=True)


async def log(context: Context, entry: ActivityEntry) -> Message:
    """Store an entry and its next step in one go, and return what to say about it."""
    owner = context.member.user_id
    rows = [
        await queries.add_activity(context.scope, activity, context.now, entry.next_step(activity.kind))
        for activity in entry.valued(owner)
    ]
    made = [await followup.commit(context, entry.step)] if entry.step is not None else []
    summary = views.logged_summary(entry.counts, entry.account)
    undo = await remember(context, summary, *(Touched(row) for row in (*rows, *made)))
    totals = await queries.counts_on(context.scope, owner, entry.on)
    done = Happened(owner, entry.on, activities=frozenset(entry.counts))
    unanswered = entry.step is None and not entry.no_next_step and wants_next_step(rows)
    return views.logged(
        entry.counts,
        totals,
        entry.on,
        context.today,
        undo_id=undo.id,
        account=entry.account,
        outcome=entry.outcome,
        moved=await context.declared.confirm(context, done),
        slips=[kind for kind in entry.counts if totals[kind] > LOOKS_LIKE_A_SLIP],
        step=line(made[0], context.today, context.zone) if made else "",
        no_next_step=entry.no_next_step,
        asks=[row.id for row in rows if row.id and row.kind in CONVERSATIONS] if unanswered else (),
    )


async def add_next_step(context: Context) -> Reply:
    """Open the follow-up form for whom the conversation was with."""
    _, ids = views.read_asked(context.request.value)
    rows = await own(context, ids)
    return followup.open_form(context, who=rows[0].account or "")


async def no_next_step(context: Context) -> Reply:
    """Note that a conversation left no next step; undoing the entry takes this back too."""
    undo_id, ids = views.read_asked(context.request.value)
    rows = await own(context, ids)
    for row in rows:
        if row.next_step is NextStep.NONE:
            continue
        before = image(row)
        row.next_step = NextStep.NONE
        await queries.keep_activity(context.scope, row)
        await amend_undo(context.scope, context.member.user_id, context.now, Touched(row, before))
    counts = {row.kind: row.count for row in rows}
    return Reply(edit=views.no_next_step(counts, rows[0].account or "", undo_id), home=True)


async def own(context: Context, ids: list[int]) -> list[ActivityRow]:
    """Return the asking person's activities.

    Raises:
        Refusal: if one is gone or somebody else's.
    """
    rows = [await queries.find_activity(context.scope, one) for one in ids]
    mine = [row for row in rows if row is not None and row.owner_id == context.member.user_id]
    if len(mine) != len(ids):
        raise Refusal(
            "That entry is no longer there. Log it again if it should be.", example=f"/log {EXAMPLE}"
        )
    return mine


def filled_in(context: Context) -> ActivityEntry:
    """Return what the form says.

    Raises:
        Refusal: naming the field at fault.
    """
    chosen = context.request.values
    on = date.fromisoformat(chosen[views.ON]) if chosen.get(views.ON) else context.today
    if on > context.today:
        raise Refusal("That day is still to come; a log is for what was done.", field=views.ON)
    counts = {kind: count for kind in ActivityKind if (count := read_count(chosen, kind))}
    if not counts:
        first = views.count_field(ActivityKind.CALL)
        raise Refusal("Fill in at least one number.", field=first)
    entry = ActivityEntry(
        counts,
        on,
        clean(chosen.get(views.ACCOUNT) or "", MAX_NAME, views.ACCOUNT) or None,
        clean(chosen.get(views.OUTCOME) or "", MAX_WORDS, views.OUTCOME),
        no_next_step=bool(chosen.get(views.NO_STEP)),
    )
    step = filled_in_step(context, entry)
    talked = bool(entry.account) and not CONVERSATIONS.isdisjoint(counts)
    if talked and step is None and not entry.no_next_step:
        raise Refusal("Say what comes next, or tick “No next step” below.", field=views.STEP)
    return ActivityEntry(entry.counts, on, entry.account, entry.outcome, step, entry.no_next_step)


def read_count(chosen: Mapping[str, Any], kind: ActivityKind) -> int:
    """Return the number a form holds for a kind, 0 where it is empty.

    Raises:
        Refusal: naming the field, for anything but a whole number from 0 to MAX_COUNT.
    """
    typed = str(chosen.get(views.count_field(kind)) or "0").strip()
    if not typed.isdecimal() or int(typed[:9]) > MAX_COUNT or len(typed) > 9:
        raise Refusal(
            f"A whole number of {PLURALS[kind]}, {MAX_COUNT} at most.", field=views.count_field(kind)
        )
    return int(typed)


def filled_in_step(context: Context, entry: ActivityEntry) -> FollowUp | None:
    """Return the next step the form says; None where it says none.

    Raises:
        Refusal: naming the field, for half a next step, one in the past, or one beside "No next step".
    """
    what = clean(context.request.values.get(views.STEP) or "", MAX_WORDS, views.STEP)
    by = context.request.values.get(views.STEP_ON)
    if not what and not by:
        return None
    if entry.no_next_step:
        raise Refusal("There is a next step above. Clear it, or untick this.", field=views.NO_STEP)
    for missing, name, mend in (
        (what, views.STEP, "Say what the next step is."),
        (by, views.STEP_ON, "Choose a day for the next step."),
        (entry.account, views.ACCOUNT, "Say with whom the next step is."),
    ):
        if not missing:
            raise Refusal(mend, field=name)
    day = date.fromisoformat(str(by))
    if day < context.today:
        raise Refusal("That day is over. Choose today or a later day.", field=views.STEP_ON)
    return FollowUp(owner_id=context.member.user_id, who=str(entry.account), what=what, due_on=day)


async def in_evening(look: Look) -> Shown:
    """What was logged today, with the way back from the last of it, and one tap for one more."""
    counts = await queries.counts_on(look.scope, look.member.user_id, look.today)
    newest = await newest_action(look.scope, look.member.user_id, look.now) if look.is_again else None
    is_log = newest is not None and newest.added(str(ActivityRow.__tablename__))
    undo_id = newest.id if newest is not None and is_log else None
    return Shown(views.evening_blocks(counts, look.place, undo_id))


async def evenings_ahead(looks: Sequence[Look]) -> None:
    """Read at once what many people logged today, each on their own date."""
    for day in {look.today for look in looks}:
        reps = [look.member.user_id for look in looks if look.today == day]
        await queries.counts_ahead(looks[0].scope, reps, day)


async def home_button(look: Look) -> Shown | None:
    return Shown(buttons=[views.home_button()]) if look.team is not None and look.member.is_rep else None


FEATURE = Feature(
    name="activity",
    commands=(
        Command(
            "log",
            "[5 calls 2 meetings]",
            "what you did today, in a line or a form, and what comes next",
            "/log call Acme – spoke, next step demo Tue",
            command,
            Act.OWN_WORK,
            order=30,
        ),
    ),
    phrases=(
        Phrase(rf"{ONE}(?:just )?log(?:ged)?:? (.*)", "log", r"\1"),
        Phrase(
            rf"{ONE}(?:just )?(?:did|made|had|sent|held|finished|completed) ({COUNTED_ITEM}(?:\W.*)?)",
            "log",
            r"\1",
        ),
        Phrase(
            rf"{ONE}(?:just )?((?:called|emailed|met|visited|messaged|phoned|demoed|left an? (?:vm|voice ?mail)) .*)",
            "log",
            r"\1",
        ),
        Phrase(
            rf"{ONE}(?:just )?((?:got|came|hung up|hopped|jumped) off (?:the |a )?(?:phone|call|zoom|teams)"
            r"(?: call)? w.*)",
            "log",
            r"\1",
        ),
        Phrase(
            rf"{ONE}(?:just )?((?:spoke|talked|chatted) (?:to|with) (?!(?:my|our|the|an?|his|her|your|you)\b).*)",
            "log",
            r"\1",
        ),
        Phrase(
            rf"{ONE}(?:just )?had (an? (?:\w+ )?(?:call|meeting|demo|coffee|lunch) (?:with|w/|at) .*)",
            "log",
            r"\1",
        ),
        Phrase(rf"({COUNTED_ITEM}(?:\W.*)?)", "log", r"\1"),
    ),
    offers=as_log,
    actions=routes(
        Act.OWN_WORK,
        {
            views.LOG: tap,
            views.FORM: form,
            views.NEXT_STEP: add_next_step,
            views.NO_NEXT_STEP: no_next_step,
        },
    ),
    views=routes(Act.OWN_WORK, {views.SAVE: save}),
    sections=(
        Section(Surface.EVENING, 20, in_evening, Act.OWN_WORK, ahead=evenings_ahead),
        Section(Surface.HOME_BUTTONS, 15, home_button, Act.OWN_WORK),
    ),
    records=(Record(ActivityRow, undone=True, says=standing.activity, exported=True, erased="owner_id"),),
)
