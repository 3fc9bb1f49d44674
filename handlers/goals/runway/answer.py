"""`/runway`: the last day to open an opportunity, and the arithmetic behind it."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.context import Ask
from handlers.people import team as asked
from handlers.reply import Reply
from messages.goals import runway as told
from sales.goals.goal import period_of
from sales.goals.runway.additions import WeekLeft, needed_by_weeks
from sales.goals.runway.confidence import wanted_in
from sales.goals.runway.outlook import Outlook, has_runway
from sales.language.dates.period import Period, PeriodKind, next_period, period_containing
from sales.language.dates.period_phrase import parse_period
from sales.language.typed_text import shorten
from sales.refusal import Refusal
from storage.goals import goal as goals
from storage.goals.goal import GoalRow
from storage.goals.runway import bare_runway, deals_to_open, outlooks, team_outlooks
from storage.people.member import MemberRow
from storage.people.team import TeamRow, reps_of
from storage.pipeline.cycle import record_on

HIGHEST_NUMBER = 99  # of a goal in the list; a longer number is a year


async def show(ask: Ask) -> Reply:
    """Show the runway of each of the person's goals, of one of them, or of a period; with 80%, how many deals then."""
    team = ask.their_team
    ask, share = narrowed(ask)
    mine = await goals.open_goals(ask.scope, ask.member.user_id, ask.today)
    rows, period = chosen(ask, [row for row in mine if has_runway(row, ask.today)], team)
    if not rows:
        return await without_goal(ask, team, period, ask.member)
    found = await outlooks(ask.scope, rows, ask.member, team, ask.today)
    sure = await counted(ask, found, [ask.member.user_id], team, share, alone=True)
    return Reply(say=told.answer(found, team.fiscal_year_start, sure=sure, table=await table(ask, found)))


def narrowed(ask: Ask) -> tuple[Ask, float | None]:
    """Return the request without the sureness in its text, and that."""
    text, share = wanted_in(ask.text)
    return replace(ask, request=replace(ask.request, text=text)), share


async def counted(
    ask: Ask,
    found: Sequence[Outlook],
    owners: Sequence[str],
    team: TeamRow,
    share: float | None,
    *,
    alone: bool,
) -> told.Sure | None:
    """Return how many deals each aim takes to be that sure of it; None where nobody asked."""
    if share is None:
        return None
    counts = await deals_to_open(ask.scope, found, owners, team, share, alone=alone)
    return told.Sure(share, tuple(counts))


async def table(ask: Ask, found: Sequence[Outlook]) -> tuple[WeekLeft, ...]:
    """Return the need by weeks left of the only aim there is; of several none, as each would bury the others."""
    if len(found) != 1:
        return ()
    one = found[0]
    before = max(0, (one.aim.period.start - ask.today).days)
    cycle = (await record_on(ask.scope, ask.today)).cycle
    return needed_by_weeks(cycle, one.gap, one.runway.mean_won, one.runway.days_left, before)


async def show_team(ask: Ask) -> Reply:
    """Show the runway of a whole team: its reps' goals together; for its managers and admins."""
    ask, share = narrowed(ask)
    team = await asked.to_change(ask)
    rows = await goals.open_goals_of(ask.scope, await reps_of(ask.scope, team), ask.today)
    rows = [row for row in rows if has_runway(row, ask.today)]
    if not rows:
        return await without_goal(ask, team, None, None)
    found = await team_outlooks(ask.scope, rows, team, ask.today)
    owners = sorted({row.owner_id for row in rows})
    sure = await counted(ask, found, owners, team, share, alone=False)
    weeks = await table(ask, found)
    return Reply(say=told.answer(found, team.fiscal_year_start, team.name, sure=sure, table=weeks))


async def without_goal(ask: Ask, team: TeamRow, period: Period | None, member: MemberRow | None) -> Reply:
    """Show the date of a period nobody has a goal for, by default of this quarter and the next."""
    periods = [period]
    if period is None:
        current = period_containing(PeriodKind.QUARTER, ask.today, team.fiscal_year_start)
        periods = [current, next_period(current, team.fiscal_year_start)]
    dates = [await bare_runway(ask.scope, each, member, team, ask.today) for each in periods if each]
    return Reply(say=told.no_goal(dates, None if member else team.name))


def chosen(ask: Ask, rows: Sequence[GoalRow], team: TeamRow) -> tuple[list[GoalRow], Period | None]:
    """Return the goals that are asked about, and the period if one was named.

    Raises:
        Refusal: for a number without a goal, words that name no period, and a period that is over.
    """
    if not ask.text:
        return list(rows), None
    if ask.text.isascii() and ask.text.isdigit() and int(ask.text) <= HIGHEST_NUMBER:
        return [numbered(rows, int(ask.text))], None
    period = parse_period(ask.text, ask.today, team.fiscal_year_start)
    if period is None:
        raise Refusal(f"“{shorten(ask.text)}” names no period I know.", example="/runway next quarter")
    if period.end < ask.today:
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
