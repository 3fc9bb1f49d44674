"""What stands of leads on Home, in the morning, on a team's card, in its digest and on the card of a deal."""

from collections.abc import Sequence
from datetime import datetime

from handlers.context import Context
from handlers.feature import Line, Look, Shown, TeamLook, Tells, Told
from handlers.pipeline.opportunity.shown import facts_in
from handlers.prospects.lead.listing import numbers_of
from handlers.reply import Reply
from messages.prospects import lead as views
from messages.prospects.lead import LeadShown, ReaderClock
from sales.prospects.first_call import concerns_rep, manager_limits, urgency
from sales.prospects.lead import LeadState
from storage.nudges.policy import hours_of
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow
from storage.people.team import find_team, teams_managed_by
from storage.prospects import lead as queries
from storage.prospects import team_leads
from storage.prospects.first_call import first_calls
from storage.prospects.lead import LeadRow
from storage.prospects.source import clocks_of_team
from storage.scope import Scope

MOST_LOOKED_AT = 50  # of a person's newest leads, on Home
TEAMS_TOLD = 4  # that one person leads
WORDS = frozenset({"lead", "leads", "my leads", "first call", "first calls", "the clock", "speed to lead"})


async def with_calls(
    scope: Scope, rows: Sequence[LeadRow], member: MemberRow, now: datetime
) -> list[LeadShown]:
    team = await find_team(scope, member.team_id)
    calls = await first_calls(scope, rows, member, team, now)
    return [LeadShown(row, call) for row, call in zip(rows, calls, strict=True)]


# to whose they are


async def on_home(look: Look) -> Shown | None:
    """Which new leads there are; nothing where there is none."""
    if not look.member.is_rep:
        return None
    counts = await queries.open_counts(look.scope, look.member.user_id)
    if not counts.get(LeadState.NEW):
        return None
    found = pressing(await newest(look))
    return Shown([views.home_line(found, counts[LeadState.NEW], clock_of_reader(look))])


async def in_morning(look: Look) -> Shown | None:
    """Whom nobody called though they are past their limit; a reason to write."""
    if look.team is None or not look.member.is_rep:
        return None
    hours = await hours_of(look.scope, look.team, look.member)
    late = [
        one
        for one in await newest(look)
        if concerns_rep(one.lead, one.call, hours.calendar, look.member.zone, look.today)
    ]
    return Shown([views.late_line(pressing(late))]) if late else None


async def newest(look: Look) -> list[LeadShown]:
    """Return the reader's newest leads that nobody decided on yet."""
    rows = await queries.open_leads_of(look.scope, look.member.user_id, MOST_LOOKED_AT, (LeadState.NEW,))
    return await with_calls(look.scope, rows, look.member, look.now)


def pressing(found: Sequence[LeadShown]) -> list[LeadShown]:
    """Return leads with those that press first."""
    return sorted(found, key=lambda one: urgency(one.lead, one.call))


def clock_of_reader(look: Look) -> ReaderClock:
    return ReaderClock(look.now, look.member.zone, look.today)


# to whoever leads


async def on_home_of_leads(look: Look) -> Shown | None:
    """Which leads of one's teams nobody has, and whose were left untouched; nothing where all is well."""
    teams = await teams_managed_by(look.scope, look.member.user_id) if look.member.is_manager else []
    found = [await numbers_of(look.scope, team, look.now) for team in teams[:TEAMS_TOLD]]
    blocks = views.for_leads(found, clock_of_reader(look), named=len(teams) > 1)
    return Shown(blocks) if blocks else None


async def on_team(look: Look) -> Shown | None:
    """The same on a team's card, to whoever leads it."""
    managed = await teams_managed_by(look.scope, look.member.user_id) if look.member.is_manager else []
    if look.team is None or not (look.member.administers or look.team.id in {one.id for one in managed}):
        return None
    found = await numbers_of(look.scope, look.team, look.now)
    blocks = views.for_leads([found], clock_of_reader(look), named=False)
    return Shown(blocks) if blocks else None


async def in_digest(look: TeamLook) -> Told | None:
    """How many leads were left untouched, in a week's digest, those that nobody has too; no name beside it."""
    if look.daily or not look.reps:
        return None
    scope, team = look.scope, look.team
    limits = manager_limits(look.today, team.zone, await calendar_of(scope, team))
    clocks = await clocks_of_team(scope, team.id)
    found = await team_leads.untouched_before(scope, list(look.reps), limits, clocks, nobodys_of=team.id)
    count = sum(one.total for one in found.values())
    if not count:
        return None
    tells = Tells.ALONE if len(found) == 1 and team_leads.NOBODY not in found else Tells.TEAM
    return Told(paragraphs=[[Line(views.untouched_total(count), tells)]], says_something=True)


# beside


async def on_deal(look: Look) -> Shown | None:
    """On the card of a deal: which lead it was, and how they are reached."""
    rows = await queries.leads_of_deal(look.scope, facts_in(look).deal.id)
    return Shown([views.from_lead(row, clock_of_reader(look)) for row in rows[:1]]) if rows else None


async def explain(context: Context) -> Reply | None:
    """`/why leads`: what the clock of the first call is; None for other words."""
    return Reply(say=views.why()) if context.text.strip().casefold() in WORDS else None
