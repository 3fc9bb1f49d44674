"""Recognition: one thing worth copying, in the team's digest of a week, of whoever wants to be named (mechanism 7)."""

from datetime import date, datetime, timedelta

from handlers.context import Context
from handlers.feature import (
    Feature,
    Job,
    Line,
    Look,
    Record,
    Setting,
    Shown,
    Subject,
    Surface,
    TeamLook,
    TeamSection,
    Tells,
    Told,
)
from messages.coaching import recognition as views
from sales.coaching.recognition import CHOICE, PUBLIC, WEEK, Deed, choice_spec, chosen, deeds_of
from sales.language.dates.period import DaySpan, span, week_before
from sales.nudges.ledger import Nudge
from sales.nudges.schedule import CatchUp, Occurrence
from sales.people.audience import may_read
from sales.people.permission import Act
from storage.coaching import recognition as queries
from storage.coaching.recognition import RecognitionRow
from storage.goals.goal import find_goal
from storage.nudges.mute import mutes, set_mutes
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.member import reps_in
from storage.people.team import TeamRow, find_team
from storage.scope import Scope


async def in_digest(look: TeamLook) -> Told | None:
    """The behaviour worth naming, if there is one, and a goal that was reached; a day is too short for any."""
    if look.daily:
        return None
    deeds = await deeds_to_tell(look.scope, look.team, look.span)
    silent = await queries.unmentioned(look.scope, {one.user_id for one in deeds})
    here = [one for one in deeds if one.user_id in look.reps and one.user_id not in silent]
    lines = [Line(said, Tells.GOOD_NEWS) for one in here if (said := await worded(look, one))]
    return Told(paragraphs=[[one] for one in lines], says_something=True) if lines else None


async def worded(look: TeamLook, deed: Deed) -> str:
    """Return a deed in words; empty for a goal that is gone."""
    name = look.reps[deed.user_id].name
    if deed.goal_id is None:
        return views.line(name, deed)
    goal = await find_goal(look.scope, deed.goal_id)
    if goal is None:
        return ""
    period = span(goal.starts_on, goal.ends_on, look.team.fiscal_year_start)
    return views.reached(name, deed, goal, period, look.today)


async def deeds_to_tell(scope: Scope, team: TeamRow, days: DaySpan) -> list[Deed]:
    """Return what was chosen to be told of a week, or would be: a digest that is looked at early keeps nothing."""
    week = first_of(days)
    kept = await queries.named_for(scope, team.id, week)
    return list[Deed](kept) or await choice(scope, team, week)


def first_of(days: DaySpan) -> date:
    """Return the first day of the last week of some days."""
    return days.last - WEEK + timedelta(days=1)


async def choice(scope: Scope, team: TeamRow, week: date) -> list[Deed]:
    """Return what is worth telling of a week, of those here who want to be named."""
    here = {rep.user_id for rep in await reps_in(scope, team.id)}
    here -= await queries.unmentioned(scope, here)
    last = week + WEEK - timedelta(days=1)
    work = await queries.work_of(scope, here, week, last)
    deeds = deeds_of(work, await queries.reached_lately(scope, here, last))
    if not deeds:
        return []
    named = await queries.last_named(scope, here, week)
    return chosen(deeds, named, await queries.goals_told(scope, here), week)


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Choose and keep who is named, shortly before the digest, which tells it; nothing is sent by itself."""
    team = await find_team(scope, int(schedule.subject_id))
    if team is None or team.digest_channel is None:
        return []
    week = first_of(week_before(occurrence.local_date))
    told = may_read(team.audience, Tells.GOOD_NEWS)
    if told and not await queries.named_for(scope, team.id, week):
        await queries.keep_named(scope, team.id, week, await choice(scope, team, week))
    return []


# one's own choice


async def setting(look: Look) -> Shown | None:
    """Whether one is mentioned in public; nothing for who does not sell."""
    if not look.member.is_rep or look.team is None:
        return None
    return Shown([views.setting(is_on=PUBLIC not in await mutes(look.scope, look.member.user_id))])


async def keep_setting(context: Context) -> str:
    """Keep whether one is mentioned in public; return it in words where one is not."""
    if views.PUBLIC not in context.request.values:
        return ""
    is_on = views.ON in (context.request.values[views.PUBLIC] or ())
    await set_mutes(context.scope, context.member.user_id, [] if is_on else [PUBLIC], [PUBLIC])
    return "" if is_on else views.switched_off()


FEATURE = Feature(
    name="recognition",
    jobs=(Job(CHOICE, CatchUp.LEVEL, decide, of=Subject.CHANNEL, spec=choice_spec, accounts=False),),
    settings=(Setting(27, setting, keep_setting),),
    sections=(TeamSection(Surface.DIGEST, 40, in_digest, Act.SEE_TEAM),),
    records=(Record(RecognitionRow, exported=True, erased="user_id"),),
)
