"""A manager's Home and `/team progress`: each team in a line, who is worth a talk, everybody by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.ahead import answered_ahead
from handlers.coaching.one_on_one.page import page_as_modal
from handlers.coaching.one_on_one.pair import BETWEEN, known_pair
from handlers.context import Context
from handlers.feature import Look, Shown
from handlers.goals.team_progress import TeamStandings
from handlers.people.team import about_team, team_by_id
from handlers.reply import Reply
from messages.blocks import Block, divider, message_of, section
from messages.coaching import one_on_one as views
from messages.goals import team_progress as team_views
from messages.pipeline import freshness, gate
from messages.replies import as_modal
from messages.room import page_at
from messages.tables import PAGE, in_lines
from sales.coaching.one_on_one import (
    RepWeek,
    Talk,
    looked_at,
    shared_out,
    worth_a_talk,
)
from sales.goals.team_progress import TeamProgress
from sales.language.dates.instants import local_date
from sales.people.permission import Act
from sales.people.team import TEAMS_SHOWN
from sales.refusal import Refusal
from storage.coaching.one_on_one import rep_weeks, with_last_week, with_their_chances
from storage.people.member import MemberRow, find_member, reps_counted
from storage.people.team import TeamRow, teams_managed_by
from storage.pipeline.freshness import freshness_of
from storage.pipeline.integrity import integrity_of
from storage.scope import Scope


@dataclass(frozen=True)
class TeamWeek:
    """A team as its manager sees it: what it aims for, its people's week, who of them is worth a talk.

    `reps` are those it counts. Each team is judged by its own day, goals and record, whichever else its manager has.
    """

    team: TeamRow
    aims: list[TeamProgress]
    people: list[RepWeek]
    talks: list[Talk]
    reps: Mapping[str, MemberRow]


async def team_week(scope: Scope, team: TeamRow, now: datetime) -> TeamWeek:
    """Return a team as it stands on its own day."""
    today = local_date(now, team.zone)
    standings, people = await people_of(scope, team, today)
    near = await with_their_chances(scope, looked_at(people), team, today)
    known = {one.user_id: one for one in near}
    talks = worth_a_talk([known.get(one.user_id, one) for one in people])
    compared = await with_last_week(scope, [talk.rep for talk in talks], team, today)
    talks = [talk._replace(rep=rep) for talk, rep in zip(talks, compared, strict=True)]
    return TeamWeek(team, await standings.together(), people, talks, standings.reps)


async def people_of(scope: Scope, team: TeamRow, today: date) -> tuple[TeamStandings, list[RepWeek]]:
    """Return how a team stands, those who left counted in, and the week of those who are here."""
    everybody = {rep.user_id: rep for rep in await reps_counted(scope, team.id)}
    standings = await TeamStandings.of(scope, team, everybody, today)
    here: Mapping[str, MemberRow] = {user_id: rep for user_id, rep in everybody.items() if rep.active}
    return standings, await rep_weeks(scope, here, standings.found, today)


async def on_home(look: Look) -> Shown | None:
    """The teams somebody manages, a few lines each; five people in all who are worth a talk."""
    if not look.member.is_manager:
        return None
    managed = await teams_managed_by(look.scope, look.member.user_id)
    weeks = [await team_week(look.scope, team, look.now) for team in managed[:TEAMS_SHOWN]]
    return Shown(await glance(look.scope, weeks, look.now)) if weeks else None


async def glance(scope: Scope, weeks: Sequence[TeamWeek], now: datetime) -> list[Block]:
    """Return teams at a glance, one below the other, with how much of each pipeline is past the entry gate (27)."""
    chosen = shared_out([week.talks for week in weeks])
    blocks: list[Block] = []
    for week, talks in zip(weeks, chosen, strict=True):
        blocks += [divider()] if blocks else []
        ways = team_views.ways(week.aims, week.team.id)
        blocks.append(section(team_views.home_lines(week.aims, week.team), ways))
        if week.people:
            blocks += views.talk_blocks(talks, week.team.id, len(week.people))
        today = local_date(now, week.team.zone)
        counted = await integrity_of(scope, week.reps, today)
        blocks += gate.team_integrity({week.reps[user_id].name: one for user_id, one in counted.items()})
        blocks += freshness.blocks(await freshness_of(scope, week.team, week.reps, today), week.team)
    return blocks


@answered_ahead
async def command(context: Context) -> Reply:
    """`/team progress`: the teams somebody manages, as their App Home shows them, to them alone.

    Raises:
        PermissionRefusal: for whoever manages none; what their own team is told of itself they may read.
    """
    managed = await teams_managed_by(context.scope, context.member.user_id)
    if not managed:
        context.require(Act.SEE_TEAM_NUMBERS, otherwise=team_views.FOR_MANAGERS)
        raise Refusal("You manage no team. See what one's channel is told.", example="/team digest Field")
    weeks = [await team_week(context.scope, team, context.now) for team in managed[:TEAMS_SHOWN]]
    return Reply(say=message_of(await glance(context.scope, weeks, context.now)))


async def led(context: Context, team_id: str) -> TeamRow:
    """Return the team whose numbers a button asks for.

    Raises:
        Refusal: if it is gone, or not the asking person's to read.
    """
    team = await team_by_id(context, int(team_id) if team_id.isdigit() else 0)
    context.require(Act.SEE_TEAM_NUMBERS, await about_team(context.scope, team), team_views.FOR_MANAGERS)
    return team


@answered_ahead
async def team_details(context: Context) -> Reply:
    """Details beside a team: the arithmetic of its lines."""
    team = await led(context, context.request.value)
    today = local_date(context.now, team.zone)
    reps = {rep.user_id: rep for rep in await reps_counted(context.scope, team.id)}
    standings = await TeamStandings.of(context.scope, team, reps, today)
    fresh = await freshness_of(context.scope, team, reps, today)
    return Reply(view=team_views.details(await standings.together(), team, fresh))


@answered_ahead
async def everybody(context: Context) -> Reply:
    """All of a team by name, in a table; in a message, as Slack shows none elsewhere."""
    team_id, _, at = context.request.value.partition(":")
    team = await led(context, team_id)
    today = local_date(context.now, team.zone)
    standings, people = await people_of(context.scope, team, today)
    page = page_at(int(at) if at.isdigit() else 0, len(people), PAGE)
    shown = await with_their_chances(context.scope, people[page.start : page.end], team, today)
    fresh = await freshness_of(context.scope, team, standings.reps, today)
    said = views.everybody(shown, page, len(people), team, team.id, fresh)
    if at and (context.request.body.get("view") or {}).get("type") == "modal":
        return Reply(shown=as_modal(in_lines(said)))
    return Reply(edit=said) if at else Reply(say=said)


@answered_ahead
async def prepare(context: Context) -> Reply:
    """Prepare beside a rep: the page of the talk with them, to read.

    Raises:
        Refusal: if they are not in the team any more.
    """
    team_id, _, user_id = context.request.value.partition(":")
    team = await led(context, team_id)
    rep = await find_member(context.scope, user_id)
    if rep is None or rep.team_id != team.id:
        raise Refusal(f"They are not in {team.name} any more.", example="/team progress")
    known = await known_pair(context.scope, rep, context.member)
    if known is None:
        raise Refusal(BETWEEN, example="/team progress")
    return Reply(view=await page_as_modal(context, known))
