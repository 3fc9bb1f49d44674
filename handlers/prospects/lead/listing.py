"""Lists of leads: one's own, a rep's for whoever leads them, and a team's with those that nobody has yet."""

from datetime import datetime, timedelta

from handlers.context import Context
from handlers.goals.goal.owner import rep_meant
from handlers.people.team import visible_teams
from handlers.prospects.lead.lookup import OTHERS, reader_clock, shown
from handlers.reply import Reply
from handlers.section import Look, Surface, collected
from messages.blocks import Block, Message
from messages.prospects import lead as views
from messages.prospects.lead import ListCounts, RepTold, TeamLeads
from messages.replies import as_modal
from messages.room import page_at
from sales.language.dates.instants import local_date
from sales.people.permission import About, Act
from sales.prospects.first_call import calls_kept, manager_limits
from sales.prospects.lead import LeadState
from sales.refusal import Refusal
from storage.people.calendar import calendar_of
from storage.people.member import reps_counted
from storage.people.team import TeamRow, find_team, managers_of, teams_managed_by
from storage.prospects import lead as queries
from storage.prospects import team_leads
from storage.prospects.first_call import first_calls
from storage.prospects.source import clocks_of_team
from storage.scope import Scope

A_WEEK = timedelta(days=7)
MEASURED = timedelta(days=30)  # in which first calls are told
MOST_MEASURED = 300
MOST_REJECTED = 3
EXAMPLE = "/lead list @ana"


async def show(context: Context) -> Reply:
    """`/lead list`: one's own open leads, the team's to whoever leads one; with a name, a rep's to their manager.

    Raises:
        PermissionRefusal: if they are not theirs to read.
        Refusal: for words that name nobody.
    """
    text = context.text.strip()
    owner = await rep_meant(context, text, OTHERS)
    if text and owner is None:
        raise Refusal("I read `/lead list` and `/lead list @ana`.", example=EXAMPLE)
    if owner is None:
        return Reply(say=await overview(context))
    if owner.shown is None:
        return Reply(say=await own_page(context, 0))
    return Reply(say=await page_of(context, owner.member.user_id, owner.member.name))


async def overview(context: Context) -> Message:
    """Return a rep's own leads, and to whoever leads a team and sells nothing that team's."""
    if context.member.is_rep:
        return await own_page(context, 0)
    team = await team_led(context)
    return await own_page(context, 0) if team is None else await team_page(context, team, 0)


async def team_led(context: Context) -> TeamRow | None:
    """Return the team whose leads somebody looks after: the first they manage, or to an admin their own."""
    managed = await teams_managed_by(context.scope, context.member.user_id)
    if managed:
        return managed[0]
    if not context.member.administers:
        return None
    return context.team or next(iter(await visible_teams(context)), None)


async def own_page(context: Context, at: int, note: str = "", undo_id: int | None = None) -> Message:
    """Return the page of the asking person's open leads that holds number `at`."""
    return await page_of(context, context.member.user_id, at=at, done=views.done(note, undo_id))


async def page_of(
    context: Context, owner_id: str, owner: str = "", at: int = 0, done: list[Block] | None = None
) -> Message:
    found = await queries.open_counts(context.scope, owner_id)
    counts = ListCounts(found.get(LeadState.NEW, 0), found.get(LeadState.ACCEPTED, 0))
    page = page_at(at, counts.total, views.LENGTH)
    rows = await queries.open_leads_of(context.scope, owner_id, page.end - page.start, at=page.start)
    rejected = await queries.decided_lately(
        context.scope, owner_id, LeadState.REJECTED, context.now - A_WEEK, MOST_REJECTED
    )
    told = [one._replace(owner="") for one in await shown(context, rows)]
    parts = [] if owner else await parts_below(context, None)
    return views.listing(told, counts, page, reader_clock(context), rejected, parts, owner, done or ())


async def parts_below(context: Context, team: TeamRow | None) -> list[Block]:
    """Return what features have to say below a list of leads; of a team's, below one's own for None."""
    look = Look(context.scope, context.member, context.team, context.now, context.today, about=team)
    found = await collected(context.declared.sections(Surface.LEADS), look)
    return [block for one in found for block in one.blocks]


async def turn(context: Context) -> Reply:
    """Show another page of one's own list; from Home, in a form of its own."""
    found = await own_page(context, int(context.request.value or 0))
    return Reply(view=as_modal(found, "My leads")) if context.request.is_on_home else Reply(edit=found)


# a team's


async def turn_nobodys(context: Context) -> Reply:
    """Show another page of those that nobody has; from Home, in a form of its own."""
    team_id, _, at = context.request.value.partition(":")
    found = await nobodys_page(context, int(team_id), int(at or 0))
    return Reply(view=as_modal(found, "Leads")) if context.request.is_on_home else Reply(edit=found)


async def nobodys_page(
    context: Context, team_id: int | None, at: int, note: str = "", undo_id: int | None = None
) -> Message:
    """Return a team's leads, the page that holds number `at` of those that nobody has.

    Raises:
        PermissionRefusal: if they are not theirs to read.
    """
    team = await find_team(context.scope, team_id) or await team_led(context)
    if team is None:
        return await own_page(context, 0, note, undo_id)
    context.require(Act.SEE_TEAM_NUMBERS, About(await managers_of(context.scope, team.id), team.id))
    return await team_page(context, team, at, note, undo_id)


async def team_page(
    context: Context, team: TeamRow, at: int, note: str = "", undo_id: int | None = None
) -> Message:
    found = await of_team(context.scope, team, context)
    page = page_at(at, found.nobodys, views.LENGTH)
    rows = await team_leads.nobodys(context.scope, [team.id], page.end - page.start, page.start)
    told = [one._replace(owner="") for one in await shown(context, rows)]
    parts = await parts_below(context, team)
    done = views.done(note, undo_id)
    return views.of_team(found, told, reader_clock(context), page, parts, done)


async def of_team(scope: Scope, team: TeamRow, context: Context) -> TeamLeads:
    """Return a team's leads in numbers, with how soon first calls were made."""
    found = await numbers_of(scope, team, context.now)
    reps = [one.user_id for one in await reps_counted(scope, team.id)]
    called = await team_leads.called_between(scope, reps, context.now - MEASURED, MOST_MEASURED)
    calls = await first_calls(scope, called, context.member, team, context.now)
    return found._replace(kept=calls_kept(calls))


async def numbers_of(scope: Scope, team: TeamRow, now: datetime) -> TeamLeads:
    """Return a team's leads in numbers: each rep's, those that nobody has, and those left untouched for too long."""
    reps = await reps_counted(scope, team.id)
    ids = [one.user_id for one in reps]
    counts = await team_leads.counts_by_rep(scope, ids)
    nobodys = await team_leads.count_nobodys(scope, [team.id])
    limits = manager_limits(local_date(now, team.zone), team.zone, await calendar_of(scope, team))
    clocks = await clocks_of_team(scope, team.id)
    old = await team_leads.untouched_before(scope, ids, limits, clocks)
    return TeamLeads(
        team.id,
        team.name,
        [
            RepTold(one.name, held.new, held.accepted, held.untouched)
            for one in reps
            if (held := counts.get(one.user_id)) is not None
        ],
        nobodys.total,
        nobodys.oldest,
        [(one.name, old[one.user_id].total) for one in reps if one.user_id in old],
    )
