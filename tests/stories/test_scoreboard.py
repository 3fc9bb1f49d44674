"""The scoreboard: forecasts written down each morning, resolved when their period is over, and scored in public."""

import re
from datetime import date, timedelta

import pytest
from sqlmodel import select

from sales.followups.activity import Activity, ActivityKind
from sales.goals.goal import Goal, Metric
from sales.goals.outcome import ATTAINMENT_REVIEW
from sales.goals.scoreboard.log import FORECAST_LOG, LoggedForecast
from sales.language.dates.period import PeriodKind, quarter
from sales.people.team import Team
from sales.pipeline.opportunity import Opportunity, Stage
from sales.value import changed
from storage.followups.activity import add_activity
from storage.goals import calibration
from storage.goals.goal import add_goal, change_goal, close_goal, find_goal
from storage.goals.outcome import GoalOutcomeRow
from storage.goals.scoreboard import ForecastRow, claims, log_forecasts, resolve_claim
from storage.nudges.mute import set_mutes
from storage.nudges.schedule.due import find_schedule
from storage.nudges.schedule.specs import set_missing_schedules
from storage.people.team import add_team, find_team_named
from storage.pipeline.opportunity import add_opportunity
from tests.known import T0, WORKSPACE

Q3 = quarter(3, 2026)  # its last day is a Wednesday
LJUBLJANA = "Europe/Ljubljana"


async def won(town, owner, value, on, stage=Stage.WON):
    deal = Opportunity(
        name=f"Deal of {on}",
        owner_id=owner,
        stage=stage,
        value_minor=value,
        opened_on=on - timedelta(days=30),
        closed_on=on,
    )
    async with town.bot.database.write(WORKSPACE) as scope:
        await add_opportunity(scope, deal, town.clock.now())


async def set_goal(town, owner, target, period=Q3, **values):
    wanted = Goal(
        owner_id=owner,
        target=target,
        period_kind=PeriodKind.QUARTER,
        starts_on=period.start,
        ends_on=period.end,
        **{"metric": Metric.REVENUE, **values},
    )
    async with town.bot.database.write(WORKSPACE) as scope:
        return (await add_goal(scope, wanted, owner, town.clock.now())).id


async def log(town, goal_id=None):
    async with town.bot.database.read(WORKSPACE) as scope:
        asked = select(ForecastRow).order_by(ForecastRow.goal_id, ForecastRow.day)
        rows = list(await scope.session.exec(asked))
    return [row for row in rows if goal_id in (None, row.goal_id)]


async def outcome(town, goal_id):
    async with town.bot.database.read(WORKSPACE) as scope:
        return await scope.session.get(GoalOutcomeRow, goal_id)


def reviews(person):
    return [text for text in person.sees() if "of the target." in text]


@pytest.fixture
async def selling(team):
    """A win a week of Ana's and one every two weeks of Ben's, since the beginning of the year, and lost deals."""
    for week in range(36):
        day = date(2026, 1, 5) + timedelta(weeks=week)
        await won(team, "U1", 5_000_00, day)
        await won(team, "U1", 5_000_00, day + timedelta(days=1), Stage.LOST)
        if week % 2:
            await won(team, "U2", 5_000_00, day + timedelta(days=2))
    return team


async def test_each_morning_the_day_before_is_written_down_once_also_when_nobody_asks(selling):
    ana, ben = await set_goal(selling, "U1", 70_000_00), await set_goal(selling, "U2", 60_000_00)
    await selling.jump("2026-09-15 06:00", LJUBLJANA)
    await selling.jump("2026-09-15 18:00", LJUBLJANA)
    rows = await log(selling)
    assert [(row.goal_id, row.day) for row in rows] == [(ana, date(2026, 9, 14)), (ben, date(2026, 9, 14))]
    first = rows[0]
    assert (first.target, first.starts_on, first.ends_on) == (70_000_00, Q3.start, Q3.end)
    assert first.done == 50_000_00
    assert first.run_rate == 0  # 50,000 in 76 of 92 days carries on to 60,526
    assert 0 < first.soft < 1
    assert 0 < first.floor < 1
    assert first.chance == first.shown == pytest.approx((first.floor + first.survival) / 2)
    assert first.hit is None
    await selling.jump("2026-09-18 09:00", LJUBLJANA)  # days of silence: only the last day can still be known
    assert [row.day for row in await log(selling, ana)] == [date(2026, 9, 14), date(2026, 9, 17)]


async def test_a_goal_set_in_the_night_says_nothing_of_the_day_before(selling):
    await selling.jump("2026-09-15 01:00", LJUBLJANA)
    goal = await set_goal(selling, "U1", 70_000_00)
    await selling.jump("2026-09-15 06:00", LJUBLJANA)
    assert await log(selling, goal) == []
    await selling.jump("2026-09-16 06:00", LJUBLJANA)
    assert [row.day for row in await log(selling, goal)] == [date(2026, 9, 15)]


async def test_a_period_is_resolved_after_a_working_day_and_again_by_what_is_entered_late(selling):
    goal = await set_goal(selling, "U1", 55_000_00)
    await selling.jump("2026-09-29 06:00", LJUBLJANA)
    await selling.jump("2026-10-01 06:00", LJUBLJANA)
    assert [row.hit for row in await log(selling, goal)] == [None]
    assert await outcome(selling, goal) is None
    await selling.jump("2026-10-02 06:00", LJUBLJANA)
    (row,) = await log(selling, goal)
    assert (row.hit, row.attained, row.resolved_on) == (False, 50_000_00, date(2026, 10, 2))
    await won(selling, "U1", 6_000_00, date(2026, 9, 30))
    await selling.jump("2026-10-05 06:00", LJUBLJANA)
    (row,) = await log(selling, goal)
    assert (row.hit, row.attained) == (True, 56_000_00)
    assert (await outcome(selling, goal)).attained == 56_000_00
    await won(selling, "U1", 6_000_00, date(2026, 9, 29))
    await selling.jump("2026-10-20 06:00", LJUBLJANA)  # too late
    assert [row.attained for row in await log(selling, goal)] == [56_000_00]


async def test_a_forecast_belongs_to_the_target_it_was_made_for(selling):
    goal = await set_goal(selling, "U1", 80_000_00)
    await selling.jump("2026-09-15 06:00", LJUBLJANA)
    async with selling.bot.database.write(WORKSPACE) as scope:
        row = await find_goal(scope, goal)
        await change_goal(scope, row, changed(Goal, row, target=52_000_00), "U1", selling.clock.now())
    await selling.jump("2026-09-16 06:00", LJUBLJANA)
    async with selling.bot.database.write(WORKSPACE) as scope:
        await close_goal(scope, await find_goal(scope, goal), "U1", selling.clock.now())
    await won(selling, "U1", 5_000_00, date(2026, 9, 21))
    await selling.jump("2026-10-02 06:00", LJUBLJANA)
    assert [(row.target, row.hit) for row in await log(selling, goal)] == [
        (80_000_00, False),
        (52_000_00, True),
    ]
    assert await outcome(selling, goal) is None  # a goal that was closed is not reviewed
    assert reviews(selling.person("ana")) == []


async def test_a_period_that_ended_is_reviewed_once_in_private_with_what_chance_gives(selling):
    await set_goal(selling, "U1", 80_000_00)
    await set_goal(selling, "U2", 30_000_00)
    await selling.jump("2026-10-02 07:00", LJUBLJANA)
    ana, ben, mia = (selling.person(name) for name in ("ana", "ben", "mia"))
    assert reviews(ana) == []  # quiet hours
    await selling.jump("2026-10-02 08:30", LJUBLJANA)
    (said,) = reviews(ana)
    assert "Q3 2026 revenue came to $50,000 of $80,000, 62% of the target." in said
    assert "Your own record before was good for about $64,000" in said
    assert "$14,000 less came. Chance alone makes that much difference 1 time in" in said
    assert "Switch off: Period review" in said
    assert reviews(mia) == []
    await selling.jump("2026-10-02 08:30", "America/New_York")
    assert len(reviews(ben)) == 1
    await selling.jump("2026-10-06 12:00", LJUBLJANA)
    assert len(reviews(ana)) == 1


async def test_until_enough_goals_ended_the_scoreboard_says_why_not(selling):
    await set_goal(selling, "U1", 80_000_00)
    await selling.jump("2026-09-16 06:00", LJUBLJANA)
    mia = selling.person("mia")
    (said,) = await mia.says("/team scoreboard")
    assert "Not enough yet: no goal with forecasts has come to an end, of the 10 it takes" in said
    assert "1 goal with forecasts is under way; the next period ends Wed 30 Sep 2026." in said
    (refused,) = await selling.person("ana").says("/team scoreboard")
    assert "for managers and admins" in refused


# a year of forecasts, written down as if mornings had passed


async def forecast_before(town, goals_of_each, said, reps=6, halves=lambda n: (None, None)):
    """Forecasts of goals that ended in the spring, ten days of each; `said` gives (P(hit), run-rate, hit) of a goal."""
    async with town.bot.database.write(WORKSPACE) as scope:
        team = await find_team_named(scope, "Field")
        period = quarter(2, 2026)
        for number in range(goals_of_each * reps):
            owner, (chance, rate, hit) = f"U{1 + number % reps}", said(number)
            wanted = Goal(
                owner_id=owner,
                target=1_000_00 + number,
                metric=Metric.REVENUE,
                period_kind=PeriodKind.QUARTER,
                starts_on=period.start,
                ends_on=period.end,
            )
            row = await add_goal(scope, wanted, owner, town.clock.now())
            forecasts = [
                LoggedForecast(
                    **wanted.model_dump(include=set(LoggedForecast.model_fields)),
                    goal_id=row.id,
                    day=period.start + timedelta(days=day),
                    team_id=team.id,
                    done=0,
                    chance=chance,
                    shown=chance,
                    floor=halves(number)[0],
                    survival=halves(number)[1],
                    run_rate=rate,
                    soft=rate,
                    stages=rate,
                )
                for day in range(10)
            ]
            await log_forecasts(scope, forecasts)
            await log_forecasts(scope, forecasts)  # said once, kept once
            (claim,) = [
                one for one in await claims(scope, team.id, period.end, period.end) if one.goal_id == row.id
            ]
            await resolve_claim(scope, claim, wanted.target if hit else 0, date(2026, 7, 3))


async def test_the_scoreboard_says_who_was_better_by_how_much_and_how_surely(team):
    await forecast_before(team, 2, lambda n: (0.9 if n % 3 else 0.2, 0.0, n % 3 != 0))
    mia = team.person("mia")
    (said,) = await mia.says("/team scoreboard")
    assert "How good the chances were: Field" in said
    assert "120 forecasts of 12 goals of 6 reps, periods that ended Tue 30 Jun 2026." in said
    assert "8 of the 12 were reached." in said
    assert "The chance, as it was shown: 0.020 [0.010 to 0.030]" in said
    assert "Linear run-rate, yes or no: 0.667; the chance is better, −0.647 [" in said
    assert re.search(r"20% to 30%, on average 20% *\| *0% *\| *40\b", said)
    assert "Chances are shown as the model gives them" in said
    for name in ("Ana", "Ben", "U1"):
        assert name not in said


async def test_the_scoreboard_says_it_as_plainly_when_the_usual_guess_was_better(team):
    await forecast_before(team, 2, lambda n: (0.1 if n % 3 else 0.8, float(n % 3 != 0), n % 3 != 0))
    (said,) = await team.person("mia").says("/team scoreboard")
    assert "Linear run-rate, yes or no: 0.000; the chance is worse, +0." in said


async def test_with_few_reps_there_is_no_verdict(team):
    await forecast_before(team, 6, lambda n: (0.9 if n % 3 else 0.2, 0.0, n % 3 != 0), reps=2)
    (said,) = await team.person("mia").says("/team scoreboard")
    assert (
        "2 reps are too few to tell skill from luck (it takes 5), so nothing is called better or worse."
        in said
    )
    assert "Linear run-rate, yes or no: 0.667; not to be told apart, −0.647" in said


async def calibrated(town):
    async with town.bot.database.read(WORKSPACE) as scope:
        return await calibration.team_calibration(scope, await find_team_named(scope, "Field"))


async def test_past_two_hundred_forecasts_what_is_shown_is_put_right_and_said_to_be(selling):
    await forecast_before(selling, 4, lambda n: (0.8, 1.0, n % 2 == 0))  # 24 goals: said 80%, came 50%
    assert await calibrated(selling) is None
    await set_goal(selling, "U1", 80_000_00)
    await selling.jump("2026-09-29 06:00", LJUBLJANA)
    assert await calibrated(selling) is None  # nothing was resolved since
    await selling.jump("2026-10-02 06:00", LJUBLJANA)
    found = await calibrated(selling)
    assert found.of(0.8) == pytest.approx(0.5, abs=0.05)
    (said,) = await selling.person("mia").says("/team scoreboard")
    assert "Since 241 forecasts came out, what is shown is put right by them: 25% becomes" in said
    goal = await set_goal(selling, "U1", 60_000_00, quarter(4, 2026))
    await selling.jump("2026-10-05 06:00", LJUBLJANA)
    (row,) = await log(selling, goal)
    assert row.shown == pytest.approx(found.of(row.chance))
    assert row.shown != row.chance
    (told,) = await selling.person("ana").says("/why revenue")
    right = re.search(r"Put right by how 241 of the team's earlier forecasts came out, it is (<?\d+%)", told)
    assert right
    (card,) = await selling.person("ana").says("/goal")
    assert f"chance {right[1]}" in card.replace("*", "")


async def test_a_chance_leans_on_the_half_that_was_right_and_why_says_how_far(selling):
    """What each half weighs (#25) is learned on the morning a goal came out, and from then on blends and says it."""
    await forecast_before(
        selling,
        4,
        lambda n: (0.5, 1.0, n % 2 == 0),
        halves=lambda n: (0.1, 0.9) if n % 2 == 0 else (0.9, 0.1),
    )
    await set_goal(selling, "U1", 80_000_00)
    await selling.jump("2026-09-29 06:00", LJUBLJANA)
    (before,) = await selling.person("ana").says("/why revenue")
    assert "Both weigh the same until 200 of the team's forecasts have come out; 0 have so far." in before
    await selling.jump("2026-10-02 06:00", LJUBLJANA)
    goal = await set_goal(selling, "U1", 60_000_00, quarter(4, 2026))
    await selling.jump("2026-10-05 06:00", LJUBLJANA)
    (row,) = await log(selling, goal)
    (said,) = await selling.person("ana").says("/why revenue")
    found = re.search(r"By how 241 of the team's forecasts came out, open and new deals weigh (\d+)%", said)
    assert found
    assert int(found[1]) > 90
    assert row.chance == pytest.approx(
        row.floor + int(found[1]) / 100 * (row.survival - row.floor), abs=0.005
    )


async def test_fewer_than_twenty_goals_put_nothing_right_however_many_days_they_were_forecast(selling):
    await forecast_before(selling, 3, lambda n: (0.8, 1.0, n % 2 == 0))
    await set_goal(selling, "U1", 80_000_00)
    await selling.jump("2026-09-29 06:00", LJUBLJANA)
    await selling.jump("2026-10-02 06:00", LJUBLJANA)
    assert await calibrated(selling) is None


async def test_a_rep_looks_back_on_what_was_said_of_their_own_goals(selling):
    ana = selling.person("ana")
    (said,) = await ana.says("/goal scoreboard")
    assert "Nothing to look back on yet" in said
    await set_goal(selling, "U1", 56_000_00)
    for day in ("2026-09-15", "2026-09-24"):
        await selling.jump(f"{day} 06:00", LJUBLJANA)
    (said,) = await ana.says("/goal scoreboard")
    assert re.search(r"\$56,000 revenue in Q3 2026 *\| *\S.*% on Mon 14 Sep.*not settled yet", said)
    await selling.jump("2026-10-02 06:00", LJUBLJANA)
    (said,) = await ana.says("/goal scoreboard")
    assert "Wed 23 Sep" in said
    assert re.search(r"\| *not reached", said)


async def test_the_history_of_a_goal_says_what_chance_alone_gives(selling):
    await set_goal(selling, "U1", 80_000_00)
    await selling.jump("2026-10-02 06:00", LJUBLJANA)
    (said,) = await selling.person("ana").says("/goal history")
    assert "Your own record before was good for about $64,000; $14,000 less came. Chance alone makes" in said


async def test_what_was_never_said_to_be_won_before_is_no_miss_when_the_period_is_over(team):
    ana, ben = team.person("ana"), team.person("ben")
    await team.jump("2026-09-22 10:00", LJUBLJANA)
    for rep in (ana, ben):
        await rep.says("/goal 80k this quarter because of last year")
    await ben.clicks("Nothing yet")
    await team.jump("2026-10-02 08:30", LJUBLJANA)
    await team.jump("2026-10-02 08:30", "America/New_York")
    (hers,) = [text for text in ana.sees() if "came to" in text]
    assert "came to $0 of $80,000 without what was won before it was set. That was never said" in hers
    assert "0%" not in hers
    assert "on record" not in hers
    (his,) = reviews(ben)
    assert "came to $0 of $80,000, 0% of the target." in his
    (history,) = await ana.says("/goal history")
    assert "$0; what was won before it was set was not said" in history
    assert "0%" not in history
    await team.jump("2026-10-05 09:00", LJUBLJANA)
    (digest,) = [text for text in ana.sees("sales") if "week of 28 Sep" in text]
    assert "Q3 came to at least $0 of $160k: of 1 goal it was never said what was won before." in digest


async def test_the_next_digest_says_what_the_team_came_to_and_no_reps_result(selling):
    await set_goal(selling, "U1", 80_000_00)
    await set_goal(selling, "U2", 30_000_00)
    await selling.jump("2026-10-02 06:00", LJUBLJANA)
    await selling.jump("2026-10-05 09:00", LJUBLJANA)
    ana = selling.person("ana")
    (said,) = [text for text in ana.sees("sales") if "week of 28 Sep" in text]
    assert "Q3 came to $80k of $110k, 73% of the target." in said
    await ana.clicks("Details", where="sales")
    assert "The team's record before was good for about $" in ana.modal()
    for one in (said, ana.modal()):
        assert "$50,000" not in one
        assert "$30,000" not in one


async def test_one_reps_result_is_not_told_under_the_teams_name(selling):
    await set_goal(selling, "U1", 80_000_00)
    await selling.jump("2026-10-02 06:00", LJUBLJANA)
    await selling.jump("2026-10-05 09:00", LJUBLJANA)
    assert not [text for text in selling.person("ana").sees("sales") if "is over" in text]


async def test_goals_that_count_deals_or_activities_are_forecast_and_resolved_too(selling):
    deals = await set_goal(selling, "U1", 12, metric=Metric.DEALS_WON)
    calls = await set_goal(selling, "U1", 80, metric=Metric.ACTIVITIES, activity_kind=ActivityKind.CALL)
    opened = await set_goal(selling, "U1", 30, metric=Metric.OPPORTUNITIES_CREATED)
    async with selling.bot.database.write(WORKSPACE) as scope:
        for day in range(60):
            on = date(2026, 7, 1) + timedelta(days=day)
            made = Activity(owner_id="U1", kind=ActivityKind.CALL, count=1, on=on)
            await add_activity(scope, made, selling.clock.now())
    await selling.jump("2026-09-15 06:00", LJUBLJANA)
    found = {row.goal_id: row for row in await log(selling)}
    assert found[deals].done == 10
    assert found[deals].stages is not None
    assert found[calls].done == 60
    assert found[calls].stages is None
    assert found[calls].survival is None
    assert 0 < found[opened].chance < 1
    await selling.jump("2026-10-02 09:00", LJUBLJANA)
    assert (await outcome(selling, calls)).attained == 60
    assert (await outcome(selling, deals)).luck is not None
    assert "Q3 2026" in reviews(selling.person("ana"))[0]
    assert len(reviews(selling.person("ana"))) == 1  # three goals, one message


async def test_a_muted_review_does_not_come(selling):
    ana = selling.person("ana")
    async with selling.bot.database.write(WORKSPACE) as scope:
        await set_mutes(scope, "U1", [ATTAINMENT_REVIEW], [])
    await set_goal(selling, "U1", 80_000_00)
    await selling.jump("2026-10-02 09:00", LJUBLJANA)
    assert reviews(ana) == []
    assert "62%" in (await ana.says("/goal history"))[0]


async def test_a_team_from_before_the_record_is_written_down_too(database):
    async with database.write(WORKSPACE) as scope:
        row = await add_team(scope, Team(name="Old"))
        await set_missing_schedules(scope, T0)
        await set_missing_schedules(scope, T0)
        found = await find_schedule(scope, FORECAST_LOG, str(row.id))
    assert found.enabled
