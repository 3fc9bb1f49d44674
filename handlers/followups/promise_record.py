"""`/why promises`: what became of one's own promises, for nobody else; once a month the evening says a habit (59)."""

from datetime import date, time, timedelta

from handlers.context import Context
from handlers.feature import Command, Feature, Look, Phrase, Section, Shown, Surface
from handlers.reply import Reply
from messages.followups import promise_record as views
from sales.followups.promise_record import LOOK_BACK, PromiseRecord, is_told, promise_record
from sales.language.dates.instants import local_instant
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.followups.followup import promises_since
from storage.scope import Scope


async def command(context: Context) -> Reply:
    """`/why promises`, one's own.

    Raises:
        Refusal: for words behind it, which may name somebody: what is said then would be taken for theirs.
    """
    if context.text.strip():
        raise Refusal(
            "What became of promises is for whoever made them alone. `/why promises` has yours.",
            example="/why promises",
        )
    record = await record_of(context.scope, context.member.user_id, context.today, context.zone)
    return Reply(say=views.page(record))


async def record_of(scope: Scope, owner_id: str, today: date, zone: str) -> PromiseRecord:
    """Return what became of somebody's promises of the last quarter, as their own days go."""
    since = local_instant(zone, time.min, today - timedelta(days=LOOK_BACK))
    return promise_record(await promises_since(scope, owner_id, since), today, zone)


async def in_evening(look: Look) -> Shown | None:
    """On the first Friday of a month, what one's days are worth, where that is a habit by now."""
    day = look.day or look.today
    if not is_told(day):
        return None
    record = await record_of(look.scope, look.member.user_id, day, look.member.zone)
    return Shown(views.on_friday(record.habit)) if record.habit is not None else None


FEATURE = Feature(
    name="promise_record",
    commands=(
        Command(
            "why promises",
            "",
            "how many promises you kept, moved or missed, and what your Friday is worth; only you see it",
            "/why promises",
            command,
            Act.OWN_WORK,
            order=71,
        ),
    ),
    phrases=(
        Phrase(
            r"(?:how (?:are|good are|well do i keep)|do i keep) my promises|my promises kept",
            "why",
            "promises",
        ),
    ),
    sections=(Section(Surface.EVENING, 55, in_evening, Act.OWN_WORK),),
)
