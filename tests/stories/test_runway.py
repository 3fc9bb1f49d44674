"""The runway, as a rep meets it: asked for, warned of once a threshold, silent when there is no gap."""

from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.imports.files.run import bring_in
from playground.faults import Fault
from sales.goals.goal import Goal, Metric
from sales.language.dates.period import PeriodKind, quarter
from sales.nudges.ledger import DeliveryState
from sales.people.team import Team
from sales.pipeline.opportunity import Stage, closed_lost
from storage.goals.goal import add_goal
from storage.nudges.ledger.lookup import recent_deliveries
from storage.people.leave import add_leave
from storage.people.member import save_member
from storage.people.team import add_team, set_people
from storage.pipeline.opportunity import OpportunityRow, change_opportunity, find_opportunity
from tests.known import T0, WORKSPACE
from tests.sales.conftest import CRM, NOT_AT_HAND
from tests.sales_story import by_hand

Q4 = quarter(4, 2026)  # ends on Thursday 31 December 2026
CYCLE = 96  # days every won deal of the made-up history took: the last create date is Fri 25 Sep 2026


def deal(owner, opened, closed=None, stage=Stage.OPEN, value=1000_00):
    return {
        "workspace_id": WORKSPACE,
        "name": "A deal",
        "owner_id": owner,
        "stage": stage,
        "value_minor": value,
        "opened_on": opened,
        "closed_on": closed,
        "updated_at": T0,
    }


def past(count=40, days=CYCLE):
    """Won deals of somebody who is in no team: they make the workspace's cycle and nobody's attainment."""
    opened = date(2025, 6, 2)
    return [deal("U9", opened, opened + timedelta(days), Stage.WON) for _ in range(count)]


async def stored(town, *values):
    async with town.bot.database.write(WORKSPACE) as scope:
        rows = [OpportunityRow.model_validate(value) for value in values]
        scope.session.add_all(rows)
        await scope.session.flush()
        return [row.id for row in rows]


async def set_goal(town, owner="U1", target=20_000_00, metric=Metric.REVENUE, period=Q4):
    wanted = Goal(
        owner_id=owner,
        metric=metric,
        target=target,
        period_kind=PeriodKind.QUARTER,
        starts_on=period.start,
        ends_on=period.end,
    )
    async with town.bot.database.write(WORKSPACE) as scope:
        row = await add_goal(scope, wanted, owner, town.clock.now())
        return row.id


async def alerts(town, user="U1"):
    """Everything the ledger ever held of alerts to a person, the oldest first."""
    async with town.bot.database.read(WORKSPACE) as scope:
        rows = await recent_deliveries(scope, user, datetime(2000, 1, 1, tzinfo=UTC))
    return [row for row in reversed(rows) if row.kind == "runway_alert"]


def heard(town, person="ana"):
    """The runway alerts a person has in their direct messages."""
    return [
        text for text in town.person(person).sees() if "still close in" in text or "Work what is open" in text
    ]


async def mornings(town, first, last, zone="Europe/Ljubljana"):
    """Live through the mornings of these days, as a running bot does."""
    day = first
    while day <= last:
        await town.jump(f"{day} 09:11", zone)
        day += timedelta(days=1)


@pytest.fixture
async def field(team):
    """The team with a cycle of its own: forty wins, each 96 days after opening."""
    await stored(team, *past())
    return team


# the warning


async def test_the_first_warning_comes_at_five_past_nine_on_the_reps_own_clock(field):
    goal_id = await set_goal(field)
    await set_goal(field, "U2")
    await field.jump("2026-09-15 08:59", "Europe/Ljubljana")
    assert heard(field) == []
    await field.jump("2026-09-15 09:11", "Europe/Ljubljana")  # 09:05, and up to five minutes of their own
    (said,) = heard(field)
    assert "by Fri 25 Sep, or work what is open" in said
    assert "8 working days left to open deals that can still close in Q4." in said
    assert heard(field, "ben") == []
    await field.jump("2026-09-15 09:11", "America/New_York")
    assert len(heard(field, "ben")) == 1
    (row,) = await alerts(field)
    assert row.occurrence_key == f"runway:{WORKSPACE}:U1:{goal_id}:14:1"
    assert row.state is DeliveryState.SENT


async def test_each_threshold_is_said_once_and_the_last_day_is_today(field):
    await set_goal(field)
    await mornings(field, date(2026, 9, 15), date(2026, 10, 5))
    said = heard(field)
    assert [row.intent["threshold"] for row in await alerts(field)] == [14, 7, 1, 0]
    assert "8 working days left" in said[0]
    assert "7 working days left" in said[1]
    assert "1 working day left" in said[2]
    assert "Today is the last day to open deals that can still close in Q4." in said[3]
    assert "today, or work what is open" in said[3]
    assert len(said) == 4
    assert "below plan" not in "".join(said)


async def test_a_warning_says_for_how_long_the_goal_is_below_plan(team):
    """A short runway leaves no room for an early warning, so its own says it, once two whole weeks are over."""
    await stored(team, *past(days=60))
    await set_goal(team)
    await team.jump("2026-10-19 09:11", "Europe/Ljubljana")
    (said,) = heard(team)
    assert "9 working days left to open deals that can still close in Q4." in said
    assert "Q4 revenue has been below plan for two weeks: $0 so far, $" in said
    await team.jump("2026-10-22 09:11", "Europe/Ljubljana")
    _, said = heard(team)
    assert "6 working days left" in said
    assert "below plan" not in said


async def test_after_days_down_only_the_latest_threshold_is_said(field):
    await set_goal(field)
    await field.jump("2026-09-24 09:11", "Europe/Ljubljana")
    (said,) = heard(field)
    assert "1 working day left" in said
    assert [row.occurrence_key[-4:] for row in await alerts(field)] == [":1:1"]


async def test_a_rep_who_was_away_hears_of_the_date_once_on_coming_back(field):
    await set_goal(field)
    async with field.bot.database.write(WORKSPACE) as scope:
        await add_leave(scope, "U1", date(2026, 9, 15), date(2026, 9, 27))
    await mornings(field, date(2026, 9, 15), date(2026, 9, 29))
    (said,) = heard(field)
    assert said.count("Work what is open for Q4") == 1
    assert "was Mon 14 Sep;" in said  # her last working day before the date
    assert "mostly counts towards Q1 2027" in said


async def test_a_gap_that_closed_before_the_message_left_is_not_spoken_of(field):
    await set_goal(field)
    await field.jump("2026-09-15 08:45", "Europe/Ljubljana")  # what comes to the manager is there
    field.server.faults.plan("chat.postMessage", Fault("ratelimited", seconds=3600))
    await field.jump("2026-09-15 09:11", "Europe/Ljubljana")
    assert heard(field) == []
    await stored(field, *[deal("U1", date(2026, 9, 1), value=3000_00) for _ in range(20)])
    await field.jump("2026-09-15 11:00", "Europe/Ljubljana")
    (row,) = await alerts(field)
    assert (row.state, row.last_error) == (DeliveryState.SKIPPED, "the gap closed meanwhile")
    assert heard(field) == []


async def test_without_a_gap_nothing_is_said_and_a_gap_that_opens_again_is(field):
    await set_goal(field)
    await field.jump("2026-09-15 09:11", "Europe/Ljubljana")
    ids = await stored(field, *[deal("U1", date(2026, 9, 1), value=3000_00) for _ in range(20)])
    await mornings(field, date(2026, 9, 16), date(2026, 9, 21))
    assert len(heard(field)) == 1  # T-7 was the sixteenth, and there was no gap then
    async with field.bot.database.write(WORKSPACE) as scope:
        for deal_id in ids:
            row = await find_opportunity(scope, deal_id)
            await change_opportunity(
                scope, row, closed_lost(row, date(2026, 9, 21)), by_hand(field.clock.now())
            )
    await field.jump("2026-09-22 09:11", "Europe/Ljubljana")
    assert heard(field)[-1].count("The gap for Q4 is open again.") == 1
    assert (await alerts(field))[-1].intent["crossing"] == 2


async def test_a_late_warning_says_what_is_true_when_it_is_read(field):
    await field.jump("2026-09-21 10:00", "Europe/Ljubljana")
    await set_goal(field)
    await field.jump("2026-09-22 08:45", "Europe/Ljubljana")  # what comes to the manager is there
    field.server.faults.plan("chat.postMessage", Fault("ratelimited", seconds=26 * 3600))
    await field.jump("2026-09-22 09:11", "Europe/Ljubljana")
    assert heard(field) == []
    await stored(field, deal("U1", date(2026, 9, 21), value=3000_00))
    await field.jump("2026-09-23 11:30", "Europe/Ljubljana")
    (said,) = heard(field)
    assert "2 working days left" in said
    assert "Missing: $17,000 of $20,000. " in said


async def test_a_warning_that_a_later_one_overtook_is_not_read(field):
    await field.jump("2026-09-21 10:00", "Europe/Ljubljana")
    await set_goal(field)
    await field.jump("2026-09-22 08:45", "Europe/Ljubljana")  # what comes to the manager is there
    field.server.faults.plan("chat.postMessage", Fault("ratelimited", seconds=3 * 86400))
    await field.jump("2026-09-22 09:11", "Europe/Ljubljana")
    await field.jump("2026-09-25 09:30", "Europe/Ljubljana")
    (said,) = heard(field)
    assert "Today is the last day" in said
    overtaken, sent = await alerts(field)
    assert overtaken.state in {DeliveryState.SUPERSEDED, DeliveryState.SKIPPED}
    assert overtaken.last_error == "a later one says it"
    assert sent.state is DeliveryState.SENT


async def test_two_goals_take_turns_but_a_last_day_is_said_of_both(field):
    await set_goal(field)
    await set_goal(field, target=30, metric=Metric.DEALS_WON)
    await field.jump("2026-09-15 09:11", "Europe/Ljubljana")
    assert len(heard(field)) == 1
    await field.jump("2026-09-16 09:11", "Europe/Ljubljana")
    assert len(heard(field)) == 2
    await field.jump("2026-09-25 09:11", "Europe/Ljubljana")
    assert [row.intent["threshold"] for row in await alerts(field)][-2:] == [0, 0]


async def test_goals_that_new_deals_do_not_bring_have_no_runway(field):
    await set_goal(field, target=10, metric=Metric.OPPORTUNITIES_CREATED)
    await mornings(field, date(2026, 9, 15), date(2026, 9, 25))
    assert await alerts(field) == []


async def test_why_gives_the_arithmetic(field):
    await set_goal(field)
    await field.jump("2026-09-15 09:11", "Europe/Ljubljana")
    (row,) = await alerts(field)
    assert (
        "Thu 31 Dec 2026 − 96 days = Sat 26 Sep 2026, which is no working day, so Fri 25 Sep 2026." in row.why
    )
    assert "$20,000 ÷ 100% = $20,000 of new pipeline, about 20 deals at a mean win of $1,000." in row.why


# the command


async def test_the_command_shows_the_date_first_and_both_parts_of_the_yield(field):
    await set_goal(field)
    await stored(field, *[deal("U9", date(2025, 6, 2), date(2025, 9, 6), Stage.LOST) for _ in range(40)])
    ana = field.person("ana")
    (short,) = await ana.says("/runway")
    assert short.endswith(
        "Q4 revenue  9 working days left to open deals that can still close in Q4. Needed: 40 deals.\n"
        "$20k, from 1 Oct · chance under 1%\n[Details]"
    )
    await ana.clicks("Details")
    said = ana.modal()
    assert said.splitlines()[1] == "Last day to open a deal for Q4 2026: Fri 25 Sep 2026, 9 working days left"
    assert "80% of the deals that get won were won within 96 days." in said
    assert "$20,000 − $0 won − $0 expected from 0 open deals = $20,000 missing" in said
    assert "To close it with what is opened today: 40 deals" in said
    assert (
        "$20,000 ÷ 50% ÷ $1,000 an average win: 50% of new deals are won in the end, 100% of those in Q4 2026."
        in said
    )
    assert "As of Mon 14 Sep 2026, from 80 closed deals of the whole workspace." in said


async def test_with_few_closed_deals_the_teams_cycle_holds_and_no_amount_is_claimed(team):
    await stored(team, *past(count=29))
    await set_goal(team)
    ana = team.person("ana")
    (short,) = await ana.says("/runway")
    assert "14 working days left" in short
    assert "Needed" not in short
    await ana.clicks("Details")
    said = ana.modal()
    assert "Fri 2 Oct 2026" in said  # 31 December less the ninety days that teams start with
    assert "your team's usual cycle of 90 days. 29 deals have closed so far; from 30 on" in said
    assert "not estimated from so few closed ones" in said
    assert "To close it" not in said


async def test_without_a_goal_the_dates_are_shown_and_how_to_set_one(field):
    (said,) = await field.person("ana").says("/runway")
    assert "for Q3 2026: Fri 26 Jun 2026, 54 working days ago" in said
    assert "for Q4 2026: Fri 25 Sep 2026, 9 working days left" in said
    assert "/goal 120k this quarter" in said
    (said,) = await field.person("ana").says("/runway Q1 2027")
    assert "for Q1 2027: Thu 24 Dec 2026" in said


async def test_a_period_or_a_number_chooses_among_the_goals(field):
    await set_goal(field)
    await set_goal(field, target=5_000_00, period=quarter(3, 2026))
    ana = field.person("ana")
    (said,) = await ana.says("/runway")
    assert "Q3 revenue  Until it is said what is already won, nothing tells what is missing." in said
    await ana.says("/goal")
    await ana.clicks("Enter what is won")
    await ana.fills("Won before 14 Sep", "nothing")
    await ana.submits()
    await ana.closes(everything=True)
    (said,) = await ana.says("/runway")
    assert "Q3 revenue  Work what is open: a deal opened now mostly counts later." in said
    assert "Q4 revenue  9 working days left" in said
    for words in ("2", "Q4 2026", "next quarter"):
        (said,) = await ana.says(f"/runway {words}")
        assert "Q4 revenue" in said
        assert "Q3" not in said
        await ana.clicks("Details")
        assert "$20,000 revenue in Q4 2026" in ana.modal()
        assert "What closes $20,000 if it is opened with so many weeks left" in ana.modal()
        assert "$5,000" not in ana.modal()
        await ana.closes()
    (said,) = await ana.says("/runway 3")
    assert "There is no goal 3. You have 2 with a runway" in said
    (said,) = await ana.says("/runway bananas")
    assert "names no period I know" in said
    (said,) = await ana.says("/runway Q1 2026")
    assert "Q1 2026 is over" in said


async def test_a_manager_sees_the_teams_runway_and_a_rep_does_not(field):
    await set_goal(field)
    await set_goal(field, "U2", target=10_000_00)
    await stored(field, deal("U2", date(2026, 9, 1), value=4_000_00))
    mia = field.person("mia")
    (said,) = await mia.says("/runway team")
    assert "Q4 revenue, Field together  9 working days left" in said
    await mia.clicks("Details")
    said = mia.modal()
    assert "$30,000 revenue in Q4 2026, Field together" in said
    assert "$30,000 − $0 won − $4,000 expected from 1 open deal = $26,000 missing" in said
    (said,) = await field.person("ana").says("/runway team")
    assert "for managers and admins" in said


# the published data


@pytest.mark.large
@pytest.mark.engines("sqlite")
@pytest.mark.skipif(not CRM.exists(), reason=NOT_AT_HAND)
async def test_imported_deals_and_a_goal_give_the_published_warning(town):
    """As of 20 September 2017, at 80%, the last day to open for Q4 2017 is Tuesday 26 September."""
    await town.jump("2017-09-19 12:00")
    reps = {"ana": ("U1", "Anna Snelling"), "ben": ("U2", "Boris Faz")}
    for person in (*reps, "mia"):
        await town.known(person)
    async with town.bot.database.write(WORKSPACE) as scope:
        for user_id, name in reps.values():
            await save_member(scope, user_id, name=name)
        team = await add_team(scope, Team(name="Field", zone="Europe/Ljubljana"))
        await set_people(scope, team.id, ["U1", "U2"], ["U3"])
        await town.set_rhythm(scope, team)
    await bring_in(town.bot.database, WORKSPACE, CRM, town.clock.now)
    for person in reps:
        await town.person(person).says("/goal 250k Q4 2017 because two regions were merged")
    await town.jump("2017-09-20 09:11", "Europe/Ljubljana")
    await town.jump("2017-09-20 09:11", "America/New_York")
    for person in reps:
        said = heard(town, person)[-1]
        assert "4 working days left to open deals that can still close in Q4." in said
    mia = town.person("mia")
    await mia.says("/runway team")
    await mia.clicks("Details")
    answer = mia.modal()
    assert "Tue 26 Sep 2017, 4 working days left" in answer
    assert "$500,000 revenue in Q4 2017, Field together" in answer
    assert "from 4,517 closed deals of the whole workspace" in answer
