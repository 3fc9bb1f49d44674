"""The proposal: once a month at most, to a rep with a red light, of the colleague who is clearly better on it."""

from datetime import date, datetime, timedelta

from handlers.coaching.mentor.people import noted, pair_of, pressed
from handlers.context import Context
from handlers.feature import Rendered
from handlers.reply import Reply
from messages.coaching import mentor as views
from sales.coaching.diagnosis import diagnosed
from sales.coaching.diagnosis.light import LightNumber, first_red
from sales.coaching.mentor.mentorship import (
    MENTOR,
    MENTOR_REST,
    MentorNote,
    Mentorship,
    MentorState,
    may_be_proposed,
    resting,
)
from sales.coaching.mentor.strength import strongest
from sales.language.dates.instants import local_date
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import Occurrence
from storage.coaching.diagnosis import records_of, work_record
from storage.coaching.mentor import add_mentorship, mentorships_in, mentorships_of, move_mentorship
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.mute import mutes
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.in_team import at_work
from storage.people.leave import leave_of
from storage.people.member import MemberRow, reps_in
from storage.people.team import TeamRow
from storage.scope import Scope

FEW = 5  # of the last proposals, which say whether another may come
AWAY_WITHIN = timedelta(days=7)  # who goes on leave by then has no time before it
ASKABLE = frozenset({MentorState.PROPOSED, MentorState.DECLINED})


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Propose a colleague, where a light of somebody is red and one is clearly better on it."""
    asks = await at_work(scope, schedule.subject_id, now)
    if asks is None or not asks.member.is_rep or MENTOR in await mutes(scope, asks.member.user_id):
        return []
    member, team, today = asks
    if not may_be_proposed(await mentorships_of(scope, member.user_id, FEW), today):
        return []
    found = await proposed(scope, member, team, today)
    if found is None:
        return []
    row = await add_mentorship(scope, found)
    return [noted(scope, row, MentorNote.PROPOSAL, member.name, now)]


async def proposed(scope: Scope, member: MemberRow, team: TeamRow, today: date) -> Mentorship | None:
    """Return whom to propose for the first red light of a rep; None where none is red, or nobody clearly better."""
    record = await work_record(scope, member, team, today)
    red = first_red(diagnosed(record))
    if red is None or not isinstance(red.found, LightNumber):
        return None
    others = await askable(scope, member, team, today)
    records = await records_of(scope, others, team, today) if others else []
    best = strongest(red, record, dict(zip((one.user_id for one in others), records, strict=True)))
    if best is None:
        return None
    return Mentorship(
        rep_id=member.user_id,
        mentor_id=best,
        team_id=team.id,
        measure=red.found.measure,
        proposed_on=today,
    )


async def askable(scope: Scope, member: MemberRow, team: TeamRow, today: date) -> list[MemberRow]:
    """Return the colleagues who may be asked: at work, not asked by anybody lately, and willing to be."""
    rest = resting(await mentorships_in(scope, team.id, today - 2 * MENTOR_REST), today)
    found = []
    for one in await reps_in(scope, team.id):
        if one.user_id == member.user_id or one.user_id in rest:
            continue
        if await is_away(scope, one, today) or MENTOR in await mutes(scope, one.user_id):
            continue
        found.append(one)
    return found


async def is_away(scope: Scope, member: MemberRow, today: date) -> bool:
    """Say whether somebody is on leave, or soon will be."""
    return any(one.first <= today + AWAY_WITHIN for one in await leave_of(scope, member.user_id, today))


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The proposal, while it can still be answered and the colleague is at work."""
    found = await pair_of(scope, int(delivery.intent["mentorship"]))
    if found is None or found.row.state is not MentorState.PROPOSED or not found.together:
        return Skip("it was answered already, or one of the two is not in the team any more")
    assert found.mentor is not None
    if await is_away(scope, found.mentor, local_date(now, found.mentor.zone)):
        return Skip("the colleague is away")
    return views.proposal(found.row, found.row.id, found.mentor_name)


async def yes(context: Context) -> Reply:
    """Yes, ask them: the colleague is asked once, however often it is pressed."""
    found = await pressed(context, context.request.value)
    if found is None or found.row.rep_id != context.member.user_id:
        return Reply(edit=views.over())
    if found.row.state not in ASKABLE:
        return Reply(edit=views.stands(found.row, found.mentor_name, context.zone, context.today))
    if not found.together:
        await move_mentorship(context.scope, found.row, MentorState.WITHDRAWN)
        return Reply(edit=views.gone(found.mentor_name))
    await move_mentorship(context.scope, found.row, MentorState.ASKED, asked_on=context.today)
    nudge = noted(context.scope, found.row, MentorNote.QUESTION, found.rep_name, context.now)
    await enqueue(context.scope, nudge, context.now)
    return Reply(edit=views.asking(found.mentor_name))


async def no(context: Context) -> Reply:
    """No, thanks: nobody hears of it."""
    found = await pressed(context, context.request.value)
    if found is None or found.row.rep_id != context.member.user_id:
        return Reply(edit=views.over())
    if found.row.state is MentorState.PROPOSED:
        await move_mentorship(context.scope, found.row, MentorState.DECLINED)
    if found.row.state is MentorState.DECLINED:
        return Reply(edit=views.declined(found.row.id, found.mentor_name))
    return Reply(edit=views.stands(found.row, found.mentor_name, context.zone, context.today))
