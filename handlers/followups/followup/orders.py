"""Words after `/followup` about what is open already: list, done, snooze, drop and move, of the one that they fit."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.context import Context, Handler
from handlers.followups.followup.acts import act, read, snoozes
from handlers.followups.followup.confirmation import confirmed
from handlers.followups.followup.entry import working_days
from handlers.followups.followup.typed import command as add_or_list
from handlers.followups.followup.typed import read as read_new
from handlers.followups.offered import LONGEST, as_followup
from handlers.reply import Reply
from messages.followups import followup_list as views
from sales.followups.followup import Owes, comes_later
from sales.followups.followup_phrase.draft import typed_again
from sales.followups.followup_phrase.question import typed_day
from sales.followups.named_items import fitting, naming
from sales.followups.offered_days import offered_days
from sales.followups.stated_order import LISTS, stated_order
from sales.followups.thread_answer import AnswerVerb, ThreadAnswer
from sales.language.dates.spoken.reading import PastDate, SeveralDays
from sales.language.figures import day_and_time, short_day
from sales.language.names.match import fold
from sales.language.typed_text import clean, shorten
from sales.refusal import MOST_READINGS, Reading, Refusal
from storage.followups import followup as queries
from storage.followups.followup import FollowUpRow

_ID = re.compile(r"#(\d{1,18})(?!\w)")
_MINE = re.compile(r"^(?:what\s+)?(?:do\s+)?i\s+(?:still\s+)?owe(?:\s+to)?\s+", re.I)
_THEIRS = re.compile(r"\s+owes?(?:\s+(?:me|us))?[\s?.!]*$", re.I)
LABEL = 70  # characters: what a button shows
VERBS = {"done": "Done", "drop": "Drop", "move": "Move"}
DAY_ROOM = 16  # of them


async def command(context: Context) -> Reply:
    """`/followup`: what is asked of an open one in other words ("Acme done"), else as `add_or_list` does."""
    line = clean(context.text)
    if LISTS.fullmatch(line):
        return await show_list(with_text(context, ""))
    asked = stated_order(line)
    if asked is not None and (await fitting_orders(context, line) or await moves_something(context, asked)):
        word, rest = asked
        return await order(word)(with_text(context, rest))
    return await add_or_list(context)


async def moves_something(context: Context, asked: tuple[str, str]) -> bool:
    """Say whether an order is a day and nothing else, so that which is meant is asked, or one that is over."""
    try:
        said = await read(context, " ".join(asked))
    except PastDate as past:
        _, _, rest = (past.example or "").replace(past.likely, " ").partition(" ")
        return bool(naming(rest)) and fitting(rest, await open_ones(context)).sure
    except Refusal:
        return False
    return said.verb is AnswerVerb.MOVE and said.when is not None and not naming(said.which)


async def as_order(context: Context, text: str) -> list[Reading]:
    """Return a sentence as what it orders of an open follow-up that its words fit, else as a new one it may be."""
    line = clean(text) if len(text) <= LONGEST else ""
    asked = stated_order(line)
    if asked is not None and (found := await fitting_orders(context, line)):
        return [one._replace(label=shorten(f"{VERBS[asked[0]]}: {one.label}", LABEL)) for one in found]
    return await as_followup(context, text)


def with_text(context: Context, text: str) -> Context:
    return replace(context, request=replace(context.request, text=text))


async def fitting_orders(context: Context, line: str) -> list[Reading]:
    """Return what a line orders, once for each of what is open that its words surely fit; nothing for no order."""
    asked = stated_order(line)
    if asked is None:
        return []
    word, rest = asked
    try:
        said = await read(context, f"{word} {rest}")
    except Refusal:
        return []
    found = fitting(said.which, await open_ones(context))
    if not naming(said.which) or not found.sure:
        return []
    return [
        Reading(label, f"/followup {again(context, word, said, row)}")
        for row, label in zip(found.rows, told_apart(found.rows), strict=True)
    ]


def order(word: str) -> Handler:
    """Return who does what a word asks of the follow-up that the words after it fit."""

    async def run(context: Context) -> Reply:
        try:
            said = await read(context, f"{word} {clean(context.text)}")
        except SeveralDays as several:
            raise several.asked_in(lambda rest: f"{word} {rest}") from None
        except PastDate as past:
            if past.example and past.likely in past.example:
                past.readings = (Reading(past.likely, past.example),)
            raise
        rows = await open_ones(context)
        if not rows:
            return Reply(say=views.listing([], context.today, context.zone))
        row = await the_one(context, word, said, rows)
        if said.verb is AnswerVerb.NO_DAY or (snoozes(said) and comes_later(row, context.now, context.today)):
            raise await to_when(context, row, after=row.due_on if snoozes(said) else context.today)
        if said.verb is AnswerVerb.DROP and row.repeats and not said.for_good and "time" not in context.text:
            raise how_far(row, said)
        require_another_time(context, row, said)
        undo = await act(context, [row], said)
        return Reply(say=await confirmed(context, row, undo), home=True)

    return run


def require_another_time(context: Context, row: FollowUpRow, said: ThreadAnswer) -> None:
    """Refuse a move to where the commitment is."""
    when = said.when if said.verb is AnswerVerb.MOVE else None
    if when is not None and (when.day, when.at) == (row.due_on, row.due_at):
        day = day_and_time(when.day, when.at, context.today, context.zone)
        raise Refusal(f"“{told(row)}” is on {day} already.")


async def show_list(context: Context) -> Reply:
    """List what is open, or what of it the words fit: by name, "I owe Acme", "Acme owes me"."""
    rows, words = await open_ones(context), clean(context.text)
    mine, theirs = _MINE.search(words), _THEIRS.search(words)
    if mine:
        rows, words = [row for row in rows if row.owes is Owes.ME], words[mine.end() :]
    elif theirs:
        rows, words = [row for row in rows if row.owes is Owes.THEM], words[: theirs.start()]
    found = fitting(words, rows)
    if words.strip(" ?.!") and not found.sure:
        raise Refusal(f"Nothing open fits “{shorten(words)}”. See all with `/followup`.")
    return Reply(say=views.listing(found.rows if words.strip(" ?.!") else rows, context.today, context.zone))


async def open_ones(context: Context) -> list[FollowUpRow]:
    return await queries.open_of(context.scope, context.member.user_id)


async def the_one(
    context: Context, word: str, said: ThreadAnswer, rows: Sequence[FollowUpRow]
) -> FollowUpRow:
    """Return the open follow-up that words fit.

    Raises:
        Refusal: with those that may be meant, where they fit several, or none.
    """
    numbered = _ID.search(said.which)
    if numbered is not None:
        row = next((row for row in rows if row.id == int(numbered[1])), None)
        if row is None:
            raise Refusal("That one is not open any more. See yours with `/followup`.")
        return row
    found = fitting(said.which, rows)
    if found.sure and len(found.rows) == 1:
        return found.rows[0]
    which = said.which.strip(" ?.!")
    meant = found.rows or rows
    readings = [
        Reading(label, again(context, word, said, row))
        for row, label in zip(meant, told_apart(meant), strict=True)
    ]
    if found.sure:
        more = len(found.rows) - MOST_READINGS
        others = f" For one of the {more} others, add a word of it." if more > 0 else ""
        raise Refusal(f"Which one?{others}", field="which", readings=readings)
    readings = [*await new_instead(context, word), *readings]
    raise Refusal(f"Nothing open fits “{shorten(which)}”. Which one?", field="which", readings=readings)


def told(row: FollowUpRow) -> str:
    return shorten(f"{row.who}: {row.what}", LABEL)


def told_apart(rows: Sequence[FollowUpRow]) -> list[str]:
    """Return follow-ups as they stand on buttons, with their days where several are with the same customer."""
    named = Counter(fold(row.who) for row in rows[:MOST_READINGS])
    return [
        f"{shorten(told(row), LABEL - DAY_ROOM)}, {short_day(row.due_on)}"
        if named[fold(row.who)] > 1
        else told(row)
        for row in rows
    ]


def again(context: Context, word: str, said: ThreadAnswer, row: FollowUpRow) -> str:
    """Return what can be typed for the same of just this one."""
    typed = f"{word} #{row.id}"
    if said.when is not None:
        typed = f"{typed} to {typed_day(said.when.day, said.when.at, context.zone)}"
    if said.for_good:
        typed = f"{typed} for good"
    return f"{typed} because {said.reason}" if said.reason else typed


async def new_instead(context: Context, word: str) -> list[Reading]:
    """Return the new follow-up that words may mean which fit none: "drop off samples at Acme fri"."""
    try:
        draft = await read_new(context, f"{word} {context.text}", ())
    except Refusal:
        return []
    if draft.who.casefold() == word:
        return []
    day = typed_day(draft.when.day, draft.when.at, context.zone)
    said = day_and_time(draft.when.day, draft.when.at, context.today, context.zone)
    label = shorten(f"New: {draft.who}, {said}, {draft.what}", LABEL)
    return [Reading(label, typed_again(draft.who, day, draft.what, draft.owes, draft.worth))]


async def to_when(context: Context, row: FollowUpRow, *, after: date) -> Refusal:
    """Return the question to which day one is moved, with days after another one to press."""
    days = offered_days(after, await working_days(context))
    readings = [
        Reading(
            day_and_time(day, None, context.today, context.zone),
            f"move #{row.id} to {typed_day(day, None, context.zone)}",
        )
        for day in days
    ]
    return Refusal(
        f"To when? “{told(row)}” is due {day_and_time(row.due_on, row.due_at, context.today, context.zone)}.",
        readings=readings,
    )


def how_far(row: FollowUpRow, said: ThreadAnswer) -> Refusal:
    """Return the question whether one that repeats is dropped this time, or comes no more."""
    why = f" because {said.reason}" if said.reason else ""
    readings = [
        Reading("Only this time", f"drop #{row.id} this time{why}"),
        Reading("For good", f"drop #{row.id} for good{why}"),
    ]
    return Refusal(f"“{told(row)}” comes {row.recurs}. Drop it for good?", readings=readings)
