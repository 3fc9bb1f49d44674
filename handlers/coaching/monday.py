"""The manager's Monday: one message as their week begins, and `/team monday` at any time (5)."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.ahead import answered_ahead
from handlers.coaching.one_on_one.overview import TeamWeek, team_week
from handlers.context import Context
from handlers.feature import Command, Feature, Job, Kind, Phrase, Rendered, Subject, routes
from handlers.pipeline import discount
from handlers.reply import Reply
from messages.blocks import Message
from messages.coaching import monday as views
from messages.coaching.monday import TeamMonday
from messages.goals import team_progress
from messages.pipeline import price_cut
from sales.coaching.monday import MONDAY, MONDAY_AT, WeekBehind, monday_spec, since_last, week_before
from sales.coaching.one_on_one import shared_out
from sales.coaching.pack import PACK_UNTIL, coming_morning
from sales.language.dates.instants import local_date, local_instant
from sales.language.dates.period import DaySpan
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import CatchUp, Occurrence
from sales.people.permission import Act
from sales.people.team import TEAMS_SHOWN
from sales.refusal import Refusal
from storage.coaching.monday import waiting_for, week_behind
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.policy import hours_of
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.member import MemberRow, find_member, find_members, reps_in
from storage.people.team import TeamRow, find_team, managers_of, teams_managed_by
from storage.scope import Scope


@answered_ahead
async def command(context: Context) -> Reply:
    """`/team monday`: the same at any time, to whoever manages a team.

    Raises:
        PermissionRefusal: for whoever manages none.
    """
    context.require(Act.SEE_TEAM_NUMBERS, otherwise=team_progress.FOR_MANAGERS)
    managed = await teams_managed_by(context.scope, context.member.user_id)
    if not managed:
        raise Refusal(views.no_team(), example="/team")
    today = local_date(context.now, context.member.zone)
    found = await page(context.scope, context.member, managed, context.now, DaySpan(since_last(today), today))
    if found is None:
        raise Refusal(views.no_reps(managed[0].name), example=f"/team people {managed[0].name}")
    return Reply(say=found)


async def page(
    scope: Scope, manager: MemberRow, managed: Sequence[TeamRow], now: datetime, span: DaySpan
) -> Message | None:
    """Return a manager's week as it stands, with what happened on some days; None where nobody sells in their teams.

    What waits is of all their teams, also of those that the message has no room for.
    """
    today = local_date(now, manager.zone)
    everybody, shown = dict[str, MemberRow](), []
    weeks: list[tuple[TeamWeek, WeekBehind]] = []
    for team in managed:
        reps = {rep.user_id: rep for rep in await reps_in(scope, team.id)}
        everybody |= reps
        if reps and len(weeks) < TEAMS_SHOWN:
            weeks.append((await team_week(scope, team, now), await week_behind(scope, reps, span)))
    if not weeks:
        return None
    talks = shared_out([week.talks for week, _ in weeks])
    for (week, behind), chosen in zip(weeks, talks, strict=True):
        theirs = [one for one in chosen if one.rep.user_id != manager.user_id]
        shown.append(TeamMonday(week.team, week.team.id, week.aims, behind, theirs, len(week.people)))
    everybody.pop(manager.user_id, None)  # who sells too waits for no decision of their own
    waiting = await waiting_for(scope, manager, everybody, span.first, today)
    return views.page(shown, waiting, span, today)


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for the message of whoever manages a team and begins their week on the coming morning."""
    found = []
    for manager in await find_members(scope, await managers_of(scope, int(schedule.subject_id))):
        day = coming_morning(now, manager.zone)
        hours = await hours_of(scope, await find_team(scope, manager.team_id), manager)
        if manager.active and hours.opens_week(day):
            found.append(nudge_of(scope, manager, day, now))
    return found


def nudge_of(scope: Scope, manager: MemberRow, day: date, now: datetime) -> Nudge:
    """Return the message of a week; one for all teams of a manager, whichever of them asks for it."""
    return Nudge(
        key=f"{MONDAY}:{scope.workspace_id}:{manager.user_id}:{since_last(day)}",
        kind=MONDAY,
        intent={"day": day.isoformat()},
        why=views.why(),
        not_before=max(now, local_instant(manager.zone, MONDAY_AT, day)),
        user_id=manager.user_id,
        expires_at=local_instant(manager.zone, PACK_UNTIL, day),
    )


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The week as it stands now."""
    manager = await find_member(scope, str(delivery.user_id))
    managed = await teams_managed_by(scope, manager.user_id) if manager is not None else []
    if manager is None or not managed:
        return Skip("they manage no team any more")
    found = await page(scope, manager, managed, now, week_before(local_date(now, manager.zone)))
    return found if found is not None else Skip("nobody sells in a team of theirs")


async def decide_price(context: Context) -> Reply:
    """Decide…: what is asked for, with yes and no, as a message of its own."""
    both = await discount.theirs(context, int(context.request.value))
    return Reply(say=await discount.shown(context.scope, *both) if both is not None else price_cut.gone())


FEATURE = Feature(
    name="monday",
    commands=(
        Command(
            "team monday",
            "",
            "your week as a manager: how your teams stand, who is worth a talk, what waits for you",
            "/team monday",
            command,
            Act.SEE_TEAM,
            order=65,
        ),
    ),
    phrases=(Phrase(r"(?:show (?:me )?)?(?:my|the) week(?: ahead)?(?: as a manager)?", "team", "monday"),),
    actions=routes(Act.SEE_TEAM_NUMBERS, {views.DECIDE: decide_price}),
    jobs=(Job(MONDAY, CatchUp.LEVEL, decide, of=Subject.TEAM, spec=monday_spec, accounts=False),),
    kinds=(
        Kind(
            NudgeKind(
                MONDAY,
                "Manager’s Monday",
                "as your week begins: how your teams stand, who is worth a talk, what waits",
                for_leads=True,
                bundles=False,
                topic=Topic.TEAM,
                order=131,
            ),
            render,
        ),
    ),
)
