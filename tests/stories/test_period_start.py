"""A new quarter: who has no goal in it is asked once, in the morning, with what their own last one suggests."""

from datetime import date, timedelta

import pytest

from sales.goals.suggestion import is_asked_on
from sales.language.dates.period import quarter
from sales.people.calendar import WorkCalendar
from sales.pipeline.opportunity import Stage
from storage.people.leave import add_leave
from tests.known import WORKSPACE
from tests.sales_story import deal, sold

CLOSED = date(2026, 9, 1)
QUESTION = "Q4 has begun. What is your goal for it?"


@pytest.fixture
async def seller(team):
    """Ana won $20,000 in the third quarter."""
    await sold(team, [deal("U1", CLOSED - timedelta(90), CLOSED, Stage.WON, 20_000_00)])
    return team


def questions(town, person="ana"):
    return [text for text in town.person(person).sees() if "has begun" in text]


async def mornings(town, *days):
    for day in days:
        await town.jump(f"2026-{day} 09:11", "Europe/Ljubljana")


async def test_who_has_no_goal_is_asked_once_and_one_press_sets_it(seller):
    await mornings(seller, "09-30", "10-01", "10-02", "10-05", "10-06")
    (said,) = questions(seller)
    assert QUESTION in said
    assert "Q3 2026 brought $20,000; a tenth more is about $22,000." in said
    ana = seller.person("ana")
    await ana.clicks("Set $22,000")
    assert "Goal saved: $22,000 revenue in Q4 2026." in ana.sees()[-1]
    assert questions(seller, "ben") == []  # nothing tells what he could aim for


async def test_who_was_away_on_the_first_day_is_asked_when_they_are_back(seller):
    async with seller.bot.database.write(WORKSPACE) as scope:
        await add_leave(scope, "U1", date(2026, 10, 1), date(2026, 10, 4))
    await mornings(seller, "10-01", "10-02", "10-05", "10-06")
    assert len(questions(seller)) == 1


async def test_who_has_a_goal_that_runs_is_not_asked(seller):
    await seller.person("ana").says("/goal 50k this year because the year is what counts")
    await mornings(seller, "10-01", "10-05")
    assert questions(seller) == []


def test_the_days_are_the_first_and_the_third_working_ones():
    days = [date(2026, 9, 30) + timedelta(n) for n in range(9)]
    asked = [day.day for day in days if is_asked_on(quarter(4, 2026), day, WorkCalendar())]
    assert asked == [1, 5]
