"""Looking back on a month: what one's losses taught, and to managers how their teams' months end. One message."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from handlers.feature import Feature, Job, Kind, Look, Made, Rendered, Section, Subject, Surface
from handlers.section import Sections, collected
from messages.blocks import Block, Message
from messages.nudges.bundle import not_now
from messages.pipeline import month_review as views
from sales.language.dates.instants import local_date
from sales.language.dates.period import DaySpan
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import CatchUp, Occurrence
from sales.people.calendar import WorkCalendar
from sales.people.team import TEAMS_SHOWN
from sales.pipeline.debrief import MonthOfLosses, month_of_losses
from sales.pipeline.month_review import (
    MONTH_REVIEW,
    is_quarter_end,
    is_review_day,
    month_before,
    month_ends,
    month_review_spec,
)
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow, find_member, reps_counted
from storage.people.team import TeamRow, find_team, teams_managed_by
from storage.pipeline.debrief import look_backs, losses_between
from storage.pipeline.win_rate import closed_between
from storage.scope import Scope

WORTH_READING = timedelta(days=7)
YEAR = timedelta(days=364)
FIRST = 20  # the order of a section, below which it stands before all else: a quarter that ended is the news
NOTHING = "nothing of the month is worth a word"


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for one message in the first days of a month, where there is anything to look back on."""
    member = await find_member(scope, schedule.subject_id)
    if member is None:
        return []
    today = occurrence.local_date
    team = await find_team(scope, member.team_id)
    calendar = await calendar_of(scope, team, member) if team is not None else WorkCalendar()
    if not is_review_day(today, calendar):
        return []
    first, last = month_before(today)
    own, teams = await own_losses(scope, member, first, last), await team_months(scope, member, first, last)
    quarter = await ends_a_quarter(scope, member, last)
    if own is None and not teams and not quarter:
        return []
    nudge = Nudge(
        key=f"{MONTH_REVIEW}:{scope.workspace_id}:{member.user_id}:{first.isoformat()}",
        kind=MONTH_REVIEW,
        intent={"first": first.isoformat(), "last": last.isoformat()},
        why=views.why(leads=bool(teams), quarter=quarter),
        not_before=now,
        user_id=member.user_id,
        expires_at=now + WORTH_READING,
    )
    return [nudge]


async def ends_a_quarter(scope: Scope, member: MemberRow, last: date) -> bool:
    """Say whether a quarter of a team that somebody manages ended with the month."""
    managed = await teams_managed_by(scope, member.user_id) if member.is_manager else []
    return any(is_quarter_end(last, team) for team in managed)


def collecting(sections: Sections) -> Made:
    """Return how the look back is made from what features have to say."""
    every = sections.sections(Surface.REVIEW)
    return Made(partial(render, every), partial(show_again, every))


async def show_again(
    sections: Sequence[Section], scope: Scope, delivery: DeliveryRow, ids: Sequence[int], now: datetime
) -> Message:
    """The month as it stands after an answer, with what was done last and its way back."""
    found = await render(sections, scope, delivery, now, is_again=True)
    return found if isinstance(found, Message) else not_now(found.reason)


async def render(
    sections: Sequence[Section],
    scope: Scope,
    delivery: DeliveryRow,
    now: datetime,
    *,
    is_again: bool = False,
) -> Rendered:
    """The month as it is known now: what was answered since is in it."""
    member = await find_member(scope, str(delivery.user_id))
    if member is None:
        return Skip("this person is not known any more")
    first, last = (date.fromisoformat(str(delivery.intent[one])) for one in ("first", "last"))
    own, teams = await own_losses(scope, member, first, last), await team_months(scope, member, first, last)
    team = await find_team(scope, member.team_id)
    look = Look(
        scope,
        member,
        team,
        now,
        local_date(now, member.zone),
        is_again=is_again,
        about=DaySpan(first, last),
    )
    before = await said_by([one for one in sections if one.order < FIRST], look)
    more = await said_by([one for one in sections if one.order >= FIRST], look)
    if own is None and not teams and not before and not more:
        return Skip(NOTHING)
    return views.review(own, teams, first, last, before, more)


async def said_by(sections: Sequence[Section], look: Look) -> list[Block]:
    return [block for shown in await collected(sections, look) for block in shown.blocks]


async def own_losses(scope: Scope, member: MemberRow, first: date, last: date) -> MonthOfLosses | None:
    """Return what somebody's own losses of a month taught; None without any."""
    if not member.is_rep:
        return None
    rows = await losses_between(scope, [member.user_id], first, last)
    return month_of_losses(await look_backs(scope, rows))


async def team_months(scope: Scope, member: MemberRow, first: date, last: date) -> list[views.TeamMonth]:
    """Return the month of each team that somebody manages and that closed anything in it."""
    managed = await teams_managed_by(scope, member.user_id) if member.is_manager else []
    found = [await team_month(scope, team, first, last) for team in managed[:TEAMS_SHOWN]]
    return [one for one in found if one.losses is not None or one.ends is not None]


async def team_month(scope: Scope, team: TeamRow, first: date, last: date) -> views.TeamMonth:
    reps = [rep.user_id for rep in await reps_counted(scope, team.id)]
    losses = month_of_losses(await look_backs(scope, await losses_between(scope, reps, first, last)))
    closed = await closed_between(scope, reps, last - YEAR, last)
    return views.TeamMonth(team.name, losses, month_ends(closed, team, first, last))


FEATURE = Feature(
    name="month review",
    jobs=(
        Job(MONTH_REVIEW, CatchUp.LEVEL, decide, of=Subject.MEMBER, spec=month_review_spec, accounts=False),
    ),
    kinds=(
        Kind(
            NudgeKind(
                MONTH_REVIEW,
                "Last month",
                "once a month: what losses taught; for managers, month ends and the quarter",
                for_reps=True,
                for_leads=True,
                topic=Topic.DEALS,
                order=145,
            ),
            collects=collecting,
        ),
    ),
)
