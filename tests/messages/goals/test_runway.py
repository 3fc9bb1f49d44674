"""The runway in words: the date with its share first, what to do before why, and never blame."""

from datetime import date, timedelta

import pytest

from messages.goals import runway as views
from playground import limits
from sales.goals.goal import Metric, target_in
from sales.goals.runway.outlook import Aim, outlook
from sales.goals.runway.warning import RunwayMemory, alert
from sales.language.dates.period import custom_period, quarter
from sales.people.calendar import WorkCalendar
from sales.pipeline.cycle import DealAhead, DealSpan, cycle_as_of

Q4 = quarter(4, 2017)
US = WorkCalendar(country="US")
TODAY = date(2017, 9, 20)
LONG_AGO = date(2016, 1, 4)
HISTORY = [96] * 40
HALF_LOST = [DealSpan(LONG_AGO, LONG_AGO + timedelta(97), False)] * 40


def look(
    today=TODAY, ages=HISTORY, metric=Metric.REVENUE, target=20_000_00, won=0, deals=(), period=Q4, pace=0.0
):
    won_ones = [DealSpan(LONG_AGO, LONG_AGO + timedelta(age), True) for age in ages]
    cycle = cycle_as_of(won_ones + HALF_LOST[: len(ages)], today, delayed_entry=False)
    aim = Aim(target_in(period, metric, target), won, period)
    mean = 2_000_00 if ages else None
    return outlook(aim, deals, cycle, today, 0.8, US, mean_won=mean, cycle_days=90, pace=pace)


def texts(message):
    """Every text of a message's blocks, a line each."""
    blocks = message["blocks"] if isinstance(message, dict) else message.blocks
    found = []
    for block in blocks:
        parts = [block.get("text"), *block.get("elements", ())]
        found += [part["text"] for part in parts if part and part["type"] == "mrkdwn"]
    return "\n".join(found)


def warned(found):
    news, _ = alert(found.runway, RunwayMemory())
    assert news is not None
    return views.alert(found, news)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (look(), "4 working days left to open deals that can still close in Q4. Needed: 20 deals."),
        (
            look(date(2017, 9, 26)),
            "Today is the last day to open deals that can still close in Q4. Needed: 20 deals.",
        ),
        (look(date(2017, 9, 27)), "Work what is open: a deal opened now mostly counts later."),
        (look(won=25_000_00), "Nothing more is needed: the target is reached."),
        (
            look(deals=[DealAhead("U1", date(2017, 9, 1), 60_000_00, "USD")]),
            "4 working days left to open deals that can still close in Q4. "
            "On average what is open brings the rest.",
        ),
        (
            look(pace=1.0),  # twice that in the 7 days to the last one is 14 deals, not 20
            "4 working days left to open deals that can still close in Q4. "
            "More deals are missing than can be opened in time. Work what is open, and talk about the target.",
        ),
    ],
)
def test_a_runway_is_one_line_and_never_asks_for_what_nobody_can_open(found, said):
    message = views.answer([found])
    assert texts(message) == f"*Q4 revenue*  {said}"
    assert message.text == f"Q4 revenue  {said}"
    assert ("20 deals" in texts(views.details([found]))) == ("20 deals" in said)


def test_the_date_comes_first_and_its_share_beside_it():
    lines = texts(views.details([look()])).splitlines()
    assert lines[0] == "Last day to open a deal for Q4 2017: *Tue 26 Sep 2017*, 4 working days left"
    assert lines[1] == "80% of the deals that get won were won within 96 days."
    assert lines[2] == "*$20,000 revenue in Q4 2017*"


def test_the_gap_and_what_closes_it_with_both_parts():
    deals = [DealAhead("U1", date(2017, 9, 1), 5_000_00, "USD"), DealAhead("U1", date(2017, 9, 1), 0, "USD")]
    said = texts(views.details([look(deals=deals)]))
    assert "$20,000 − $0 won − $3,500 expected from 2 open deals = *$16,500 missing*" in said
    assert "To close it with what is opened today: *17 deals*" in said
    assert (
        "$16,500 ÷ 50% ÷ $2,000 an average win: 50% of new deals are won in the end, 100% of those in Q4 2017."
        in said
    )
    assert "After Tue 26 Sep a new deal mostly counts towards Q1 2018" in said
    assert "1 open deal without a value counts as an average win of its product." in said


def test_goals_in_deals_speak_of_deals():
    said = texts(views.details([look(metric=Metric.DEALS_WON, target=7)]))
    assert "*7 deals won in Q4 2017*" in said
    assert "7 deals − 0 won − 0 expected from 0 open deals = *7 deals missing*" in said
    assert "*14 deals*" in said
    assert "$" not in said


def test_without_a_gap_nothing_is_asked_for():
    said = texts(views.details([look(won=25_000_00)]))
    assert "No gap on average: $25,000 won" in said
    assert "To close it" not in said


def test_with_few_closed_deals_it_says_so_and_needs_nothing():
    said = texts(views.details([look(ages=[96] * 10)]))
    assert "Mon 2 Oct 2017" in said
    assert "your team's usual cycle of 90 days. 20 deals have closed so far; from 30 on" in said
    assert "not estimated from so few closed ones" in said
    assert "To close it" not in said
    assert "No deal has closed yet" in texts(views.details([look(ages=[])]))


def test_past_the_date_what_is_open_is_the_work():
    said = texts(views.details([look(date(2017, 10, 3))]))
    assert "Tue 26 Sep 2017*, 5 working days ago" in said
    assert "A deal opened now mostly counts towards Q1 2018. For Q4 2017, work what is open." in said
    assert "No deal was ever won within 89 days of opening: work what is open." in said


def test_a_period_of_ones_own_has_no_successor_by_name():
    said = texts(views.details([look(period=custom_period(date(2017, 10, 1), date(2017, 12, 31)))]))
    assert "mostly counts towards the time after it" in said


@pytest.mark.parametrize(
    ("found", "first"),
    [
        (
            look(),
            "*Open 20 deals by Tue 26 Sep*, or work what is open.",
        ),
        (look(target=1_000_00), "*Open 1 deal by Tue 26 Sep*"),
        (look(metric=Metric.DEALS_WON, target=7), "*Open 14 deals by Tue 26 Sep*, or work"),
        (look(date(2017, 9, 26)), "*Open 20 deals today*, or work"),
        (
            look(pace=0.5),
            "More deals are missing than can be opened in time. Work what is open, and talk about the target.",
        ),
        (look(date(2017, 9, 27)), "*Work what is open for Q4*: agree the next step"),
        (
            look(date(2017, 9, 22), ages=[96] * 10),
            "*Open new deals by Mon 2 Oct*, or work what is open.",
        ),
    ],
)
def test_an_alert_begins_with_what_to_do(found, first):
    message = warned(found)
    assert texts(message).startswith(first)
    assert texts(message).startswith(first)


def test_why_an_alert_came_always_says_its_share_or_cycle():
    for found, said in (
        (look(), "80% of the deals that are won are won within 96 days."),
        (look(date(2017, 9, 22), ages=[96] * 10), "the team's cycle of 90 days"),
    ):
        news, _ = alert(found.runway, RunwayMemory())
        assert said in views.why(found, news)


def test_the_line_for_a_team_and_for_home_stands_while_it_is_open():
    left = "Runway: 4 working days left to open deals that can still close in Q4."
    assert views.team_line(look()) == f"{left} Still needed: 20 deals."
    assert views.team_line(look(pace=0.5)).startswith(
        f"{left} More deals are missing than can be opened in time."
    )
    assert views.home_line(look()) == left
    assert views.team_line(look(won=20_000_00)) == ""
    assert views.team_line(look(date(2017, 10, 3))) == ""


def test_a_currency_without_cents_is_not_divided():
    yen = Aim(target_in(Q4, Metric.REVENUE, 1, "JPY"), 0, Q4)
    assert views.spelled(yen, 120_000.4) == "¥120,000"


def test_many_goals_fit_a_message():
    message = views.answer([look()] * 30)
    assert limits.message_faults(message.blocks) == []
    assert texts(message).count("*Q4 revenue*") == 8
    assert limits.view_faults(views.details([look()] * 30)) == []
