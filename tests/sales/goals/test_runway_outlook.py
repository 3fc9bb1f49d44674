"""The outlook of an aim, and which of several alerts is said."""

from datetime import date, timedelta

import pytest

from sales.goals.goal import Metric, target_in
from sales.goals.runway.estimate import expected_from_open, expected_in, needed
from sales.goals.runway.outlook import Aim, outlook
from sales.goals.runway.warning import RunwayAlert, RunwayMemory, RunwaySaid, alert, said_today
from sales.language.dates.period import quarter
from sales.people.calendar import WorkCalendar
from sales.pipeline.cycle import DealAhead, DealSpan, cycle_as_of

Q4 = quarter(4, 2017)
US = WorkCalendar(country="US")
TODAY = date(2017, 9, 20)
LONG_AGO = date(2016, 1, 4)


def cycle(*ages, lost=0):
    won = [DealSpan(LONG_AGO, LONG_AGO + timedelta(age), True) for age in ages]
    return cycle_as_of(
        won + [DealSpan(LONG_AGO, LONG_AGO + timedelta(5), False)] * lost, TODAY, delayed_entry=False
    )


def look(aim, deals=(), today=TODAY, known=None, mean_won=1000_00):
    known = known or cycle(*[96] * 40)
    return outlook(aim, deals, known, today, 0.8, US, mean_won=mean_won, cycle_days=90)


def revenue(target=20_000_00, won=0, period=Q4):
    return Aim(target_in(period, Metric.REVENUE, target), won, period)


def test_the_gap_is_what_wins_and_open_deals_leave():
    deals = [
        DealAhead("U1", date(2017, 9, 1), 4_000_00, "USD"),
        DealAhead("U1", date(2017, 9, 1), 9_00, "EUR"),
    ]
    found = look(revenue(won=3_000_00), deals)
    assert (found.expected, found.gap, found.open_deals) == (4_000_00, 13_000_00, 1)
    assert found.runway.last_create_on == date(2017, 9, 26)


def test_a_deal_without_a_value_counts_as_a_typical_win():
    deals = [
        DealAhead("U1", date(2017, 9, 1), 0, "USD"),
        DealAhead("U1", date(2017, 9, 1), 0, "USD", typical_minor=250_00),
    ]
    found = look(revenue(), deals)
    assert (found.expected, found.unvalued) == (1_250_00, 2)


def test_deals_are_counted_whatever_their_worth_and_currency():
    aim = Aim(target_in(Q4, Metric.DEALS_WON, 5), 1, Q4)
    deals = [DealAhead("U1", date(2017, 9, 1), 0, "EUR"), DealAhead("U1", date(2017, 9, 1), 9_00, "USD")]
    found = look(aim, deals)
    assert (found.expected, found.gap, found.unvalued) == (2, 2, 0)
    assert found.runway.in_deals
    assert found.runway.needed is not None
    assert found.runway.needed.deals == 2


def test_what_is_won_before_a_period_starts_does_not_count_towards_it():
    half_early = cycle(*[5] * 20, *[60] * 20)  # a new deal is won on day 5 or on day 60
    opened_today = [(TODAY, 100.0)]
    assert expected_from_open(opened_today, half_early, TODAY, Q4.end) == pytest.approx(100)
    assert expected_in(opened_today, half_early, TODAY, Q4) == pytest.approx(50)
    assert expected_in(opened_today, half_early, Q4.start, Q4) == pytest.approx(100)
    assert needed(half_early, 20_000_00, 1000_00, 102, 11).in_time == pytest.approx(0.5)
    ahead = look(revenue(), known=half_early).runway
    assert ahead.opens_on == date(2017, 9, 26)  # what is opened earlier is half won before the period
    assert (ahead.needed.in_time, ahead.needed.value) == (pytest.approx(1), pytest.approx(20_000_00))


def test_seen_from_afar_a_period_asks_for_as_much_as_later(spans):
    known = cycle_as_of(spans, date(2017, 12, 31), delayed_entry=False)
    period = quarter(1, 2019)
    first = look(revenue(200_000_00, period=period), known=known, today=date(2018, 6, 1), mean_won=2360_91)
    last = first.runway.last_create_on
    for weeks in range(28):
        day = date(2018, 6, 1) + timedelta(7 * weeks)
        if day > last:
            break
        seen = look(revenue(200_000_00, period=period), known=known, today=day, mean_won=2360_91).runway
        assert 0.85 < seen.needed.deals / first.runway.needed.deals < 1.3
        assert day <= seen.opens_on <= last
    assert first.runway.days_to_open == (last - first.runway.begins_on).days + 1 < 100
    assert not first.runway.has_begun


def test_the_first_day_of_the_period_counts():
    eleven = cycle(*[11] * 40)  # 20 September and 11 days is 1 October
    assert expected_in([(TODAY, 100.0)], eleven, TODAY, Q4) == pytest.approx(100)
    assert expected_in([(TODAY, 100.0)], cycle(*[10] * 40), TODAY, Q4) == pytest.approx(0)


def test_the_words_for_an_upcoming_period_name_its_days():
    fast = cycle(*[60] * 40)
    ahead, running = look(revenue(), known=fast), look(revenue(), known=fast, today=date(2017, 10, 2))
    assert "those from Sun 1 Oct 2017 to Sun 31 Dec 2017" in " ".join(ahead.runway.why())
    assert "those within the 90 days left" in " ".join(running.runway.why())


def news(today, period=Q4, target=20_000_00):
    found, _ = alert(look(revenue(target, period=period), today=today).runway, RunwayMemory())
    assert found is not None
    return found


def test_of_several_alerts_the_most_urgent_is_said():
    soon, later = (
        news(date(2017, 9, 20)),
        news(date(2017, 9, 20), quarter(1, 2018)._replace(end=date(2018, 1, 8))),
    )
    assert soon.runway.working_days_left < later.runway.working_days_left
    assert said_today([later, soon]) == [soon]
    passed = news(date(2017, 9, 28))
    assert passed.said is RunwaySaid.PASSED
    assert said_today([passed, later]) == [later]
    assert said_today([]) == []


def test_a_last_day_is_said_of_every_goal():
    last = [news(date(2017, 9, 26)), news(date(2017, 9, 26), target=1_00)]
    assert said_today([*last, news(date(2017, 9, 20))]) == last


@pytest.mark.parametrize(
    ("said", "today", "again"),
    [
        (RunwaySaid.DAYS_LEFT, date(2017, 9, 22), RunwaySaid.DAYS_LEFT),
        (RunwaySaid.DAYS_LEFT, date(2017, 9, 26), RunwaySaid.LAST_DAY),
        (RunwaySaid.LAST_DAY, date(2017, 9, 27), RunwaySaid.PASSED),
        (RunwaySaid.REOPENED, date(2017, 9, 27), RunwaySaid.REOPENED_LATE),
        (RunwaySaid.REOPENED, date(2017, 11, 27), RunwaySaid.REOPENED_LATE),
        (RunwaySaid.LAST_DAY, date(2017, 10, 9), None),
        (RunwaySaid.REOPENED, date(2018, 1, 2), None),
    ],
)
def test_a_late_alert_says_what_is_true_now_or_nothing(said, today, again):
    before = RunwayAlert(look(revenue()).runway, said, 7, 1)
    found = before.retold(look(revenue(), today=today).runway)
    assert (found.said if found else None) is again


def test_a_late_alert_is_not_told_once_the_gap_has_closed():
    before = RunwayAlert(look(revenue()).runway, RunwaySaid.DAYS_LEFT, 7, 1)
    assert before.retold(look(revenue(won=20_000_00)).runway) is None


def test_a_lower_threshold_overtakes_an_alert():
    before = RunwayAlert(look(revenue()).runway, RunwaySaid.DAYS_LEFT, 7, 1)
    assert not before.is_overtaken(look(revenue(), today=date(2017, 9, 22)).runway)
    assert not before.is_overtaken(look(revenue(), today=date(2017, 8, 1)).runway)
    assert before.is_overtaken(look(revenue(), today=date(2017, 9, 25)).runway)
    assert before.is_overtaken(look(revenue(), today=date(2017, 9, 28)).runway)
