"""`/runway`: the last day to open an opportunity, and the arithmetic behind it."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.ahead import answered_ahead
from handlers.context import Context
from handlers.goals.team_progress import TeamStandings
from handlers.people.team import team_to_read
from handlers.reply import Reply
from messages.goals import runway as views
from sales.goals.goal import period_of
from sales.goals.runway.additions import WeekLeft, needed_by_weeks
from sales.goals.runway.confidence import wanted_in
from sales.goals.runway.outlook import Outlook, has_runway
from sales.goals.team_progress import outlooks_of
from sales.language.dates.deadline import named_period
from sales.language.dates.period import Period, PeriodKind, next_period, period_containing
from sales.language.typed_text import shorten
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.goals.goal import GoalRow, open_goals
from storage.goals.goal_chance import standing_outlooks
from storage.goals.runway import bare_runway, deals_to_open
from storage.people.member import MemberRow, reps_counted
from storage.people.team import TeamRow
from storage.pipeline.cycle import record_on

MINE, TEAM = "mine", "team"  # whose runway Details is asked for
HIGHEST_NUMBER = 99  # of a goal in the list; a longer number is a year


async def shown(context: Context, *, details: bool = False) -> Reply:
    """Show the runway of each of the person's goals, of one of them, or of a period; with 80%, how many deals then."""
    team, asked = context.their_team, context.text
    context, share = narrowed(context)
    mine = await open_goals(context.scope, context.member.user_id, context.today)
    rows, period = chosen(context, [row for row in mine if has_runway(row, context.today)], team)
    if not rows:
        return await without_goal(context, team, period, context.member)
    found = await standing_outlooks(context.scope, rows, context.member, team, context.today)
    sure = await counted(context, found, [context.member.user_id], team, share, alone=True)
    if not details:
        return Reply(say=views.answer(found, sure=sure, asked=f"{MINE} {asked}"))
    return await in_detail(context, found, team, sure)


async def shown_of_team(context: Context, *, details: bool = False) -> Reply:
    """Show the runway of a whole team: its reps' goals together; for its managers and admins."""
    asked = context.text
    context, share = narrowed(context)
    team = await team_to_read(context, "The runway")
    reps = {rep.user_id: rep for rep in await reps_counted(context.scope, team.id)}
    standings = await TeamStandings.of(context.scope, team, reps, context.today)
    found = outlooks_of(await standings.together())
    if not found:
        return await without_goal(context, team, None, None)
    owners = sorted({row.owner_id for row in standings.rows if has_runway(row, context.today)})
    sure = await counted(context, found, owners, team, share, alone=False)
    if not details:
        return Reply(say=views.answer(found, team.name, sure=sure, asked=f"{TEAM} {asked}"))
    return await in_detail(context, found, team, sure, team.name)


async def in_detail(
    context: Context, found: Sequence[Outlook], team: TeamRow, sure: views.Sure | None, team_name: str = ""
) -> Reply:
    """Show the arithmetic of what was asked for."""
    weeks = await table(context, found)
    return Reply(view=views.details(found, team.fiscal_year_start, team_name, sure=sure, table=weeks))


show = answered_ahead(shown)
show_team = answered_ahead(shown_of_team)


@answered_ahead
async def show_details(context: Context) -> Reply:
    """The Details button: what was asked is answered again, with its arithmetic."""
    what, _, text = context.request.value.partition(" ")
    again = replace(context, request=replace(context.request, text=text))
    if what != TEAM:
        return await shown(again, details=True)
    context.require(Act.SEE_TEAM_NUMBERS)
    return await shown_of_team(again, details=True)


def narrowed(context: Context) -> tuple[Context, float | None]:
    """Return the request without the sureness in its text, and that."""
    text, share = wanted_in(context.text)
    return replace(context, request=replace(context.request, text=text)), share


async def counted(
    context: Context,
    found: Sequence[Outlook],
    owners: Sequence[str],
    team: TeamRow,
    share: float | None,
    *,
    alone: bool,
) -> views.Sure | None:
    """Return how many deals each aim takes to be that sure of it; None where nobody asked."""
    if share is None:
        return None
    counts = await deals_to_open(context.scope, found, owners, team, share, alone=alone)
    return views.Sure(share, tuple(counts))


async def table(context: Context, found: Sequence[Outlook]) -> tuple[WeekLeft, ...]:
    """Return the need by weeks left of the only aim there is; of several none, as each would bury the others."""
    if len(found) != 1:
        return ()
    one = found[0]
    before = max(0, (one.aim.period.start - context.today).days)
    cycle = (await record_on(context.scope, context.today)).cycle
    return needed_by_weeks(cycle, one.gap, one.runway.mean_won, one.runway.days_left, before)


async def without_goal(
    context: Context, team: TeamRow, period: Period | None, member: MemberRow | None
) -> Reply:
    """Show the date of a period nobody has a goal for, by default of this quarter and the next."""
    periods = [period]
    if period is None:
        current = period_containing(PeriodKind.QUARTER, context.today, team.fiscal_year_start)
        periods = [current, next_period(current, team.fiscal_year_start)]
    dates = [await bare_runway(context.scope, each, member, team, context.today) for each in periods if each]
    return Reply(say=views.no_goal(dates, None if member else team.name))


def chosen(context: Context, rows: Sequence[GoalRow], team: TeamRow) -> tuple[list[GoalRow], Period | None]:
    """Return the goals that are asked about, and the period if one was named.

    Raises:
        Refusal: for a number without a goal, words that name no period, and a period that is over.
    """
    if not context.text:
        return list(rows), None
    if context.text.isascii() and context.text.isdigit() and int(context.text) <= HIGHEST_NUMBER:
        return [numbered(rows, int(context.text))], None
    period = named_period(context.text, context.today, team.fiscal_year_start, whole=True)
    if period is None:
        raise Refusal(f"“{shorten(context.text)}” names no period I know.", example="/runway next quarter")
    if period.end < context.today:
        raise Refusal(f"{period.label} is over; its runway is too.", example="/runway next quarter")
    same = [row for row in rows if period_of(row, team)[1:3] == period[1:3]]
    return same, period


def numbered(rows: Sequence[GoalRow], number: int) -> GoalRow:
    """Return the goal by its place in the list, from 1.

    Raises:
        Refusal: if there is none.
    """
    if not 1 <= number <= len(rows):
        have = f"You have {len(rows)} with a runway" if rows else "You have none with a runway"
        raise Refusal(f"There is no goal {number}. {have}; `/runway` lists them.", example="/runway")
    return rows[number - 1]
