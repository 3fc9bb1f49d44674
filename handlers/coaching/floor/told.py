"""What is told of floors: the rep in mid-week, in the evening and on Home; managers on the first morning after it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from handlers.coaching.asked import person_meant, said_of
from handlers.context import Context
from handlers.feature import Look, Rendered, Shown
from handlers.people.news import TeamJoined
from handlers.reply import Reply
from messages.coaching import floor as views
from sales.coaching.floor import FLOORS, QUIET_WEEKS, RepFloor, is_told_on, middle_of
from sales.language.dates.instants import local_date
from sales.language.dates.weekday import monday_of
from sales.nudges.end_of_day import prompt_key
from sales.nudges.ledger import Nudge, delivery_id
from sales.nudges.policy import Skip
from sales.nudges.schedule import Occurrence
from sales.people.calendar import WorkCalendar
from storage.coaching.floor import TeamFloors, floor_now, is_measured, team_floors
from storage.nudges.ledger.lookup import earlier_digests
from storage.nudges.ledger.rows import DeliveryRow, deliveries
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow, find_member, members_in, save_member
from storage.people.team import TeamRow, find_team, teams_managed_by
from storage.scope import Scope

CALLED = ("my floor", "the floor", "my role", "floors", "floor", "role")
TEAMS_TOLD = 4  # that one person manages
WORTH_READING = timedelta(days=2)
NOTHING = "nobody stayed below the floor"


async def in_evening(look: Look) -> Shown | None:
    """In mid-week, that the week is below the floor, while there is time; a reason to write by itself."""
    day = look.day or look.today
    if await middle(look, day) != day:
        return None
    found = await below(look, day)
    if found is None:
        return None
    left = await days_left(look, day)
    return Shown([views.below(found, left)], why=views.why_evening())


async def on_home(look: Look) -> Shown | None:
    """The same from the day after on, until it is made up for or the week is over."""
    middle_day = await middle(look, look.today)
    if middle_day is None or look.today < middle_day:
        return None
    found = await below(look, look.today)
    if found is None:
        return None
    return Shown([views.below(found, await days_left(look, look.today))])


async def middle(look: Look, day: date) -> date | None:
    """Return the day on which a rep may hear of the week that a day is in; None for whoever hears of none."""
    if look.team is None or not look.member.is_rep:
        return None
    return middle_of(monday_of(day), await calendar_of(look.scope, look.team, look.member))


async def below(look: Look, day: date) -> RepFloor | None:
    """Return a rep's floor where less than half of it was done in mid-week and it is not made up for since."""
    assert look.team is not None
    found = await floor_now(look.scope, look.team, look.member, day)
    if not (found.was_behind and found.left):
        return None
    return found if await is_measured(look.scope, look.team, day) else None


async def days_left(look: Look, day: date) -> int:
    """Return how many of somebody's working days of a week are left after a day."""
    assert look.team is not None
    calendar = await calendar_of(look.scope, look.team, look.member)
    return calendar.working_days(day + timedelta(days=1), monday_of(day) + timedelta(days=6))


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for one message on the first working day of a week, where there is anything a manager may hear."""
    member = await find_member(scope, schedule.subject_id)
    if member is None or not await is_due(scope, member, occurrence.local_date):
        return []
    monday = monday_of(occurrence.local_date)
    told = await told_lately(scope, member, monday)
    found = await teams_of(scope, member, occurrence.local_date, told)
    if not found:
        return []
    keys = [key for _, one in found for key in one.keys]
    nudge = Nudge(
        key=f"{prefix(scope, member)}{monday.isoformat()}",
        kind=FLOORS,
        intent={"told": keys, "but": sorted(told), "day": occurrence.local_date.isoformat()},
        why=views.why(),
        not_before=now,
        user_id=member.user_id,
        expires_at=now + WORTH_READING,
    )
    return [nudge]


async def is_due(scope: Scope, member: MemberRow, today: date) -> bool:
    team = await find_team(scope, member.team_id)
    calendar = await calendar_of(scope, team, member) if team is not None else WorkCalendar()
    return is_told_on(today, calendar)


def prefix(scope: Scope, member: MemberRow) -> str:
    """Return what the keys of a manager's messages begin with; the week's Monday follows."""
    return f"{FLOORS}:{scope.workspace_id}:{member.user_id}:"


async def told_lately(scope: Scope, member: MemberRow, monday: date) -> set[str]:
    """Return which facts a manager was told in the weeks before, by key, so that none is told again so soon."""
    since, begins = monday - timedelta(weeks=QUIET_WEEKS), prefix(scope, member)
    rows = await earlier_digests(scope, begins, f"{begins}{monday.isoformat()}")
    return {
        str(key)
        for row in rows
        if date.fromisoformat(row.occurrence_key.removeprefix(begins)) > since
        for key in row.intent.get("told", ())
    }


async def teams_of(
    scope: Scope, member: MemberRow, today: date, but: set[str]
) -> list[tuple[TeamRow, TeamFloors]]:
    """Return what is to be told of the teams somebody manages."""
    managed = await teams_managed_by(scope, member.user_id) if member.is_manager else []
    found = [(team, await team_floors(scope, team, today, but)) for team in managed[:TEAMS_TOLD]]
    return [(team, one) for team, one in found if one.has_news]


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The week as it is known now: what was logged since counts."""
    member = await find_member(scope, str(delivery.user_id))
    if member is None:
        return Skip("this person is not known any more")
    today = date.fromisoformat(str(delivery.intent["day"]))
    found = await teams_of(scope, member, today, set(delivery.intent.get("but", ())))
    if not found:
        return Skip(NOTHING)
    told = [
        views.TeamBelow(team.name, one.below, one.opened, one.service, await heard(scope, one.below))
        for team, one in found
    ]
    return views.of_teams(told, monday_of(today) - timedelta(weeks=1), today)


async def heard(scope: Scope, below: Sequence[RepFloor]) -> set[str]:
    """Return whom the evening of their week's middle reached: a message that was held back told nobody anything."""
    by_id = {
        delivery_id(prompt_key(scope.workspace_id, one.user_id, one.middle)): one.user_id
        for one in below
        if one.middle is not None
    }
    found = await deliveries(scope, list(by_id))
    bundles = await deliveries(scope, [one.superseded_by for one in found if one.superseded_by])
    together = {one.id for one in bundles if one.sent_at is not None}
    return {by_id[one.id] for one in found if one.sent_at is not None or one.superseded_by in together}


async def explain(context: Context) -> Reply | None:
    """`/why floor`, `/why @ana floor` for whoever leads her: what a week asks for and why; None for other words."""
    said = said_of(context.text, CALLED)
    owner = await person_meant(context, said) if said is not None else None
    if owner is None or not owner.member.is_rep:
        return None
    found = await floor_now(context.scope, owner.team, owner.member, owner.today)
    name = owner.member.name if owner.shown else ""
    return Reply(say=views.own(found, owner.team, owner.today, owner.member.role, name))


async def hear_joined(context: Context, news: TeamJoined) -> None:
    """Note since when somebody is a rep of a team that was there already; who was in it from its start is not new."""
    joined = {one.user_id for one in news.people}
    there = [one for one in await members_in(context.scope, news.team.id) if one.is_rep]
    if all(one.user_id in joined for one in there):
        return
    for one in there:
        if one.user_id in joined:
            today = local_date(context.now, one.zone)
            await save_member(context.scope, one.user_id, rep_since=today)
