"""One's own promises in words: kept, moved, missed, why, and what a day of the week is worth; for their owner alone."""

from messages.blocks import Block, Message, context, joined, message_of, section
from messages.formatting import Mrkdwn, words
from sales.followups.promise_record import LEAST, LOOK_BACK, DayHabit, PromiseOutcome, PromiseRecord
from sales.followups.slip import LABELS
from sales.language.figures import WEEKDAYS, listed
from sales.language.typed_text import shorten

NOUN = "followups/promise_record"
MOST_MISSED = 3  # names: the list has them all


def page(record: PromiseRecord) -> Message:
    """Say what became of somebody's promises: the facts, why they slipped, and one thing to do about it."""
    private = context(words(NOUN, "private"))
    if not record.judged and not record.slips:
        return message_of([section(words(NOUN, "nothing", days=LOOK_BACK)), private])
    found = record.counts
    told = [words(NOUN, "counts", **{one.value: found[one] for one in PromiseOutcome}, days=LOOK_BACK)]
    if record.missed:
        names = listed([shorten(one.who, 40) for one in record.missed], most=MOST_MISSED)
        told.append(words(NOUN, "missed", names=names, since=record.missed[0].due_on))
    told.append(days(record))
    if record.slips:
        reasons = [
            words(NOUN, "reason", label=LABELS[why].lower(), count=count) for why, count in record.slips
        ]
        told.append(words(NOUN, "slips", reasons=Mrkdwn(", ".join(reasons)), unsaid=record.unsaid))
    todo = what_to_do(record)
    return message_of([section(joined([*told, todo] if todo else told)), private])


def days(record: PromiseRecord) -> Mrkdwn:
    """Return what one's days are worth: the habit, else that they hold, else that there are too few to tell."""
    if record.habit is not None:
        return habit(record.habit)
    if not record.habits:
        return words(NOUN, "too_few", judged=record.judged, least=LEAST)
    found = max(record.habits, key=lambda one: one.promised)
    return words(NOUN, "holds", found=found, weekday=WEEKDAYS[found.weekday])


def habit(found: DayHabit) -> Mrkdwn:
    """Return "When you say Friday, it is Monday 4 times in 10"."""
    return words(NOUN, "habit", found=found, weekday=WEEKDAYS[found.weekday], later_on=later_on(found))


def later_on(found: DayHabit) -> str:
    return WEEKDAYS[found.later_on] if found.later_on is not None else ""


def what_to_do(record: PromiseRecord) -> Mrkdwn | str:
    """Return the one thing to do about it; empty where promises hold."""
    if record.habit is not None:
        day = later_on(record.habit)
        return words(NOUN, "promise_later", later_on=day) if day else words(NOUN, "promise_room")
    return words(NOUN, "settle") if record.missed else ""


def on_friday(found: DayHabit) -> list[Block]:
    """Return the habit as an evening brings it up."""
    return [context(joined([habit(found), words(NOUN, "more")], " "))]
