"""Activities: logged in a line, in a form, or with a tap; every conversation is asked for its next step."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.context import Ask
from handlers.deduplication import first_click
from handlers.feature import Feature
from handlers.followups import followup
from handlers.followups.followup.entry import from_draft
from handlers.reply import Reply
from handlers.surfaces import evening as endofday
from messages.blocks import Message, marked
from messages.followups import activity as told
from messages.followups import followup as promises
from messages.surfaces import evening
from sales.followups.activity import MAX_COUNT, Activity, ActivityKind
from sales.followups.activity_phrase import EXAMPLE, read_log
from sales.followups.activity_words import PLURALS
from sales.followups.followup import FollowUp
from sales.followups.next_step import CONVERSATIONS, NextStep, wants_next_step
from sales.goals.goal import Metric
from sales.language.typed_text import MAX_NAME, MAX_WORDS, clean
from sales.refusal import Refusal
from storage import undo as undoing
from storage.followups import activity as activities
from storage.followups.activity import ActivityRow
from storage.goals import attainment as progress
from storage.pipeline.opportunity import account_names
from storage.undo import Touched, image

LOOKS_LIKE_A_SLIP = 60  # of a kind in one day; more is taken, and asked about


@dataclass(frozen=True)
class Entry:
    """What is to be logged: how many of each kind, and what was said about them."""

    counts: Mapping[ActivityKind, int]
    on: date
    account: str | None = None
    outcome: str = ""
    step: FollowUp | None = None
    no_next_step: bool = False

    def next_step(self, kind: ActivityKind) -> NextStep:
        """Return what an activity of this kind left behind; only conversations leave anything."""
        if kind not in CONVERSATIONS or not self.account:
            return NextStep.UNSAID
        if self.step is not None:
            return NextStep.AGREED
        return NextStep.NONE if self.no_next_step else NextStep.UNSAID


async def command(ask: Ask) -> Reply:
    """`/log` opens the form; with words it logs what they say."""
    if not ask.text:
        return Reply(view=told.form(ask.today))
    draft = read_log(ask.text, ask.now, ask.zone, await account_names(ask.scope, ask.today))
    step = from_draft(ask, draft.next_step) if draft.next_step is not None else None
    entry = Entry(dict(draft.activities), draft.on, draft.account, draft.outcome, step, draft.no_next_step)
    return Reply(say=await log(ask, entry), home=True)


async def form(ask: Ask) -> Reply:
    """Open the form."""
    return Reply(view=told.form(ask.today))


async def save(ask: Ask) -> Reply:
    """The form was submitted."""
    return Reply(say=await log(ask, filled_in(ask)), home=True)


async def tap(ask: Ask) -> Reply:
    """One tap logs one; the message it stands on is shown again with the new count. A double click is one tap."""
    kind = ActivityKind(ask.request.name.partition(":")[2])
    first = await first_click(ask)
    said = await log(ask, Entry({kind: 1}, ask.today)) if first else told.counted_once()
    if not ask.request.value.startswith(evening.SURFACE):
        return Reply(say=said, home=True)
    day = date.fromisoformat(ask.request.value.removeprefix(evening.SURFACE))
    ids = marked((ask.request.body.get("message") or {}).get("blocks", []))
    prompt = await endofday.message(ask.scope, ask.member, ask.team, day, ask.now, ids)
    return Reply(say=said, edit=prompt, home=True)


async def log(ask: Ask, entry: Entry) -> Message:
    """Store an entry and its next step in one go, and return what to say about it."""
    owner = ask.member.user_id
    rows = [
        await activities.add_activity(ask.scope, activity, ask.now, entry.next_step(activity.kind))
        for activity in valued(owner, entry)
    ]
    made = [await followup.commit(ask, entry.step)] if entry.step is not None else []
    summary = told.logged_summary(entry.counts, entry.account)
    touched = [Touched(row) for row in (*rows, *made)]
    undo = await undoing.remember(ask.scope, owner, ask.now, summary, touched)
    totals = await activities.counts_on(ask.scope, owner, entry.on)
    moved = await progress.moved(
        ask.scope, owner, ask.team, ask.today, entry.on, {Metric.ACTIVITIES}, entry.counts
    )
    unanswered = entry.step is None and not entry.no_next_step and wants_next_step(rows)
    assert undo.id is not None
    return told.logged(
        entry.counts,
        totals,
        entry.on,
        ask.today,
        undo_id=undo.id,
        account=entry.account,
        outcome=entry.outcome,
        moved=moved,
        slips=[kind for kind in entry.counts if totals[kind] > LOOKS_LIKE_A_SLIP],
        step=promises.line(made[0], ask.today, ask.zone) if made else "",
        no_next_step=entry.no_next_step,
        asks=[row.id for row in rows if row.id and row.kind in CONVERSATIONS] if unanswered else (),
    )


def valued(owner_id: str, entry: Entry) -> list[Activity]:
    """Return an entry as activities, one for each kind."""
    shared = {"owner_id": owner_id, "on": entry.on, "account": entry.account, "outcome": entry.outcome}
    return [
        Activity.model_validate({"kind": kind, "count": count, **shared})
        for kind, count in entry.counts.items()
    ]


async def add_next_step(ask: Ask) -> Reply:
    """Open the follow-up form for whom the conversation was with."""
    _, ids = told.read_asked(ask.request.value)
    rows = await own(ask, ids)
    return followup.open_form(ask, who=rows[0].account or "")


async def no_next_step(ask: Ask) -> Reply:
    """Note that a conversation left no next step; undoing the entry takes this back too."""
    undo_id, ids = told.read_asked(ask.request.value)
    rows = await own(ask, ids)
    for row in rows:
        if row.next_step is NextStep.NONE:
            continue
        before = image(row)
        row.next_step = NextStep.NONE
        await activities.keep_activity(ask.scope, row)
        await undoing.amend(ask.scope, ask.member.user_id, ask.now, Touched(row, before))
    counts = {row.kind: row.count for row in rows}
    return Reply(edit=told.no_next_step(counts, rows[0].account or "", undo_id), home=True)


async def own(ask: Ask, ids: list[int]) -> list[ActivityRow]:
    """Return the asking person's activities.

    Raises:
        Refusal: if one is gone or somebody else's.
    """
    rows = [await activities.activity(ask.scope, one) for one in ids]
    mine = [row for row in rows if row is not None and row.owner_id == ask.member.user_id]
    if len(mine) != len(ids):
        raise Refusal(
            "That entry is no longer there. Log it again if it should be.", example=f"/log {EXAMPLE}"
        )
    return mine


def filled_in(ask: Ask) -> Entry:
    """Return what the form says.

    Raises:
        Refusal: naming the field at fault.
    """
    chosen = ask.request.values
    on = date.fromisoformat(chosen[told.ON]) if chosen.get(told.ON) else ask.today
    if on > ask.today:
        raise Refusal("That day is still to come; a log is for what was done.", field=told.ON)
    counts = {kind: count for kind in ActivityKind if (count := read_count(chosen, kind))}
    if not counts:
        first = told.count_field(ActivityKind.CALL)
        raise Refusal("Fill in at least one number.", field=first)
    entry = Entry(
        counts,
        on,
        clean(chosen.get(told.ACCOUNT) or "", MAX_NAME, told.ACCOUNT) or None,
        clean(chosen.get(told.OUTCOME) or "", MAX_WORDS, told.OUTCOME),
        no_next_step=bool(chosen.get(told.NO_STEP)),
    )
    step = filled_in_step(ask, entry)
    talked = bool(entry.account) and not CONVERSATIONS.isdisjoint(counts)
    if talked and step is None and not entry.no_next_step:
        raise Refusal("Say what comes next, or tick “No next step” below.", field=told.STEP)
    return Entry(entry.counts, on, entry.account, entry.outcome, step, entry.no_next_step)


def read_count(chosen: Mapping[str, Any], kind: ActivityKind) -> int:
    """Return the number a form holds for a kind, 0 where it is empty.

    Raises:
        Refusal: naming the field, for anything but a whole number from 0 to MAX_COUNT.
    """
    typed = str(chosen.get(told.count_field(kind)) or "0").strip()
    if not typed.isdecimal() or int(typed[:9]) > MAX_COUNT or len(typed) > 9:
        raise Refusal(
            f"A whole number of {PLURALS[kind]}, {MAX_COUNT} at most.", field=told.count_field(kind)
        )
    return int(typed)


def filled_in_step(ask: Ask, entry: Entry) -> FollowUp | None:
    """Return the next step the form says; None where it says none.

    Raises:
        Refusal: naming the field, for half a next step, one in the past, or one beside "No next step".
    """
    what = clean(ask.request.values.get(told.STEP) or "", MAX_WORDS, told.STEP)
    by = ask.request.values.get(told.STEP_ON)
    if not what and not by:
        return None
    if entry.no_next_step:
        raise Refusal("There is a next step above. Clear it, or untick this.", field=told.NO_STEP)
    for missing, name, mend in (
        (what, told.STEP, "Say what the next step is."),
        (by, told.STEP_ON, "Choose a day for the next step."),
        (entry.account, told.ACCOUNT, "Say with whom the next step is."),
    ):
        if not missing:
            raise Refusal(mend, field=name)
    day = date.fromisoformat(str(by))
    if day < ask.today:
        raise Refusal("That day is over. Choose today or a later day.", field=told.STEP_ON)
    return FollowUp(owner_id=ask.member.user_id, who=str(entry.account), what=what, due_on=day)


FEATURE = Feature(
    actions={
        told.LOG: tap,
        told.FORM: form,
        told.NEXT_STEP: add_next_step,
        told.NO_NEXT_STEP: no_next_step,
    },
    views={told.SAVE: save},
)
