"""Cards past their review day: whoever looks after them is asked, in the morning note or by itself (69)."""

from datetime import datetime, time, timedelta
from typing import NamedTuple

from handlers.context import Context
from handlers.feature import (
    Feature,
    Job,
    Kind,
    Look,
    Record,
    Rendered,
    Section,
    Shown,
    Subject,
    Surface,
    routes,
)
from handlers.nudges.addressee import reader_at_work
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.coaching import card_review as views
from messages.coaching.card_review import CardAsked, DoneToCard
from sales.coaching.card_review import (
    CARD_REVIEW,
    keepers,
    open_questions,
    past_its_day,
    review_spec,
)
from sales.coaching.drill.card import DrillCard, StoredCard
from sales.craft.library import HOLDS
from sales.language.dates.instants import local_date, local_instant
from sales.nudges.kind import MORNING, NudgeKind, Topic
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import CatchUp, Occurrence
from sales.people.member import Member
from sales.people.permission import Act
from sales.value import changed
from storage.coaching.card_review import (
    CardReviewRow,
    cards_to_review,
    note_asked,
    readers_of,
    reviews_asked_of,
)
from storage.coaching.drill.card import DrillCardRow, change_card, find_card_row, retire_card, stored
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.mute import mutes
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.in_team import at_work, in_team
from storage.people.team import teams_managed_by
from storage.scope import Scope

BY_ITSELF = time(9, 0)  # for whoever gets no morning note
WORTH_READING = timedelta(days=2)
ANSWERED = "every card of theirs was looked at meanwhile"


async def theirs(scope: Scope, member: Member, now: datetime) -> list[StoredCard]:
    """Return the cards past their review day that somebody keeps true."""
    managed = await teams_managed_by(scope, member.user_id)
    teams = {one.id for one in managed} | ({member.team_id} if member.team_id is not None else set())
    return await cards_to_review(scope, member.user_id, teams, local_date(now, member.zone))


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Note of which cards somebody is asked today; without a morning note the question comes by itself."""
    reader = await in_team(scope, schedule.subject_id, now)
    cards = await theirs(scope, reader.member, now) if reader is not None else []
    if reader is None or not cards:
        return []
    user_id, today = reader.member.user_id, reader.today
    found = past_its_day(cards, await reviews_asked_of(scope, user_id), today)
    off = await mutes(scope, user_id)
    if not found or CARD_REVIEW in off or await at_work(scope, user_id, now) is None:
        return []
    await note_asked(scope, user_id, found, today)
    if reader.member.is_rep and MORNING not in off:
        return []
    at = max(now, local_instant(schedule.zone, BY_ITSELF, today))
    nudge = Nudge(
        key=f"{CARD_REVIEW}:{scope.workspace_id}:{user_id}:{today}",
        kind=CARD_REVIEW,
        intent={"day": today.isoformat()},
        why=views.why(),
        not_before=at,
        user_id=user_id,
        expires_at=at + WORTH_READING,
    )
    return [nudge]


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The question as things stand when it is sent, or why there is none."""
    reader = await reader_at_work(scope, delivery, now)
    if isinstance(reader, Skip):
        return reader
    member, _, today = reader
    asked = await reviews_asked_of(scope, member.user_id)
    cards = open_questions(await theirs(scope, member, now), asked, today)
    return await question(scope, member, cards, now) if cards else Skip(ANSWERED)


async def in_morning(look: Look) -> Shown | None:
    """The same in a line of the morning note, on the day on which it is asked."""
    member = look.member
    if look.team is None or CARD_REVIEW in await mutes(look.scope, member.user_id):
        return None
    asked = await reviews_asked_of(look.scope, member.user_id)
    of_today = [one for one in asked if one.asked_on == look.today]
    if not of_today:
        return None
    cards = open_questions(await theirs(look.scope, member, look.now), of_today, look.today)
    return Shown(views.in_note(cards), why=views.why()) if cards else None


async def question(
    scope: Scope, member: Member, cards: list[StoredCard], now: datetime, done: DoneToCard | None = None
) -> Message:
    """Return the question about these cards; of those that nobody in the team looks after, it says so."""
    left = {one.id for one in cards if one.owner_id != member.user_id and one.for_id is None}
    return views.asked(cards, left, local_date(now, member.zone), done)


async def look_at(context: Context) -> Reply:
    """Look at them, in the morning note: beside it, as that stays."""
    return Reply(say=await stands(context))


async def stands(context: Context, done: DoneToCard | None = None) -> Message:
    """Return the question as it stands, with what was just done: every card that is past its day now."""
    cards = await theirs(context.scope, context.member, context.now)
    asked = await reviews_asked_of(context.scope, context.member.user_id)
    left = open_questions(cards, asked, context.today)
    return await question(context.scope, context.member, left, context.now, done)


class CardMeant(NamedTuple):
    """The card of a button, as it stands and as it is read."""

    row: DrillCardRow
    card: StoredCard


async def meant(context: Context) -> CardMeant | str:
    """Return the card of a button, or why nothing is done to it: somebody was faster, or it is theirs no more."""
    what = CardAsked.read(context.request.value)
    row = await find_card_row(context.scope, what.card_id)
    if row is None or row.is_gone or str(row.review_by) != what.review_by:
        return views.said("settled")
    readers = await readers_of(context.scope, row.team_id)
    if context.member.user_id not in {*keepers(row, readers), *readers.managers}:
        return views.said("not_theirs")
    return CardMeant(row, stored(row))


async def keep(context: Context) -> Reply:
    """Still true: it is looked at again in half a year, by whoever said so where its owner left."""
    found = await meant(context)
    if isinstance(found, str):
        return Reply(edit=await stands(context, DoneToCard(found)))
    row, held = found
    readers = await readers_of(context.scope, row.team_id)
    until = context.today + HOLDS
    owner_id = held.owner_id if held.owner_id in readers.everybody else context.member.user_id
    said = changed(DrillCard, held, review_by=until, owner_id=owner_id)
    touched = await change_card(context.scope, row.team_id, held, said, context.today)
    undo = await remember(context, views.summary(held, "still true"), touched)
    done = DoneToCard(views.kept(held, until, context.today), undo.id)
    return Reply(edit=await stands(context, done), home=True)


async def retire(context: Context) -> Reply:
    """Retire: nobody is asked it any more, until Undo."""
    found = await meant(context)
    if isinstance(found, str):
        return Reply(edit=await stands(context, DoneToCard(found)))
    row, held = found
    touched = await retire_card(context.scope, row.team_id, held, context.today)
    if touched is None:
        return Reply(edit=await stands(context, DoneToCard(views.said("settled"))))
    undo = await remember(context, views.summary(held, "retired"), touched)
    return Reply(edit=await stands(context, DoneToCard(views.retired(held), undo.id)), home=True)


FEATURE = Feature(
    name="card_review",
    actions=routes(Act.OWN_WORK, {views.KEEP: keep, views.RETIRE: retire, views.LOOK: look_at}),
    jobs=(Job(CARD_REVIEW, CatchUp.LEVEL, decide, of=Subject.MEMBER, spec=review_spec, accounts=False),),
    kinds=(
        Kind(
            NudgeKind(
                CARD_REVIEW,
                "Cards to look at again",
                "cards you look after whose review day has passed: still true, or retired",
                for_reps=True,
                for_leads=True,
                bundles=False,
                topic=Topic.PRACTICE,
                order=37,
            ),
            render,
        ),
    ),
    sections=(Section(Surface.MORNING, 28, in_morning, Act.OWN_WORK, leads=True),),
    records=(Record(CardReviewRow, exported=True, erased="user_id"),),
)
