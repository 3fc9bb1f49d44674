"""The runway: published dates and amounts, honest words, and one alert a threshold a crossing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.goals.runway.estimate import OpenDeal, Runway, expected_from_open, gap_after_open, needed, runway
from sales.goals.runway.warning import PASSED_WITHIN, THRESHOLDS, RunwayMemory, RunwaySaid, alert
from sales.language.dates.period import Period, PeriodKind, quarter
from sales.people.calendar import WorkCalendar
from sales.pipeline.cycle import DealSpan, cycle_as_of

Q4 = quarter(4, 2017)
US = WorkCalendar(country="US")
EVERY_DAY = WorkCalendar(workdays=0b1111111)
DAY = date(2017, 1, 2)
GAP = 100_000_00
MEAN_WON = 2360_91


def history(ages: list[int], lost: int = 0, today: date = date(2017, 9, 1)) -> list[DealSpan]:
    """Deals won at these ages, and as many lost at age 20 as asked for; all closed before `today`."""
    opened = today - timedelta(days=400)
    won = [DealSpan(opened, opened + timedelta(age), True) for age in ages]
    return won + [DealSpan(opened, opened + timedelta(20), False)] * lost


def at(today: date, *, gap: float = GAP, last: date | None = None, period: Period = Q4) -> Runway:
    """A runway with a given last create date, found from a history in which every win takes as long."""
    last = last or date(2017, 9, 26)
    days = (period.end - last).days
    cycle = cycle_as_of(history([days] * 30 + [days + 1] * 7), date(2017, 9, 1), delayed_entry=False)
    found = runway(period, today, cycle, 0.8, US, gap=gap, mean_won=MEAN_WON, cycle_days=90)
    assert found.last_create_on == last
    return found


def run(days: list[Runway], memory: RunwayMemory | None = None) -> list[tuple[date, RunwaySaid, int, int]]:
    """What a rep hears over these days."""
    memory, heard = memory or RunwayMemory(), []
    for found in days:
        said, memory = alert(found, memory)
        if said is not None:
            heard.append((found.today, said.said, said.threshold, said.crossing))
    return heard


def days(first: date, last: date) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize(
    ("as_of", "entry", "calendar", "last"),
    [
        (date(2017, 9, 20), True, US, date(2017, 9, 26)),
        (date(2017, 9, 20), False, US, date(2017, 9, 22)),
        (date(2017, 9, 1), True, US, date(2017, 9, 26)),
        (date(2017, 6, 30), True, US, date(2017, 9, 22)),  # 24 September is a Sunday
        (date(2017, 6, 30), True, EVERY_DAY, date(2017, 9, 24)),
        (date(2017, 12, 31), False, US, date(2017, 9, 28)),
    ],
)
def test_the_published_last_day_to_create_for_the_year_end(spans, as_of, entry, calendar, last):
    cycle = cycle_as_of(spans, as_of, delayed_entry=entry)
    found = runway(Q4, as_of, cycle, 0.8, calendar, gap=GAP, mean_won=MEAN_WON, cycle_days=90)
    assert found.last_create_on == last
    assert found.from_history


def test_on_20_september_there_are_four_working_days_left(spans):
    cycle = cycle_as_of(spans, date(2017, 9, 20))
    found = runway(Q4, date(2017, 9, 20), cycle, 0.8, US, gap=GAP, mean_won=MEAN_WON, cycle_days=90)
    assert found.working_days_left == 4
    assert found.days_left == 102


@pytest.mark.parametrize(
    ("days_left", "value", "deals"), [(30, 456_632, 194), (60, 377_739, 160), (90, 251_880, 107)]
)
def test_the_published_pipeline_that_a_gap_needs(spans, days_left, value, deals):
    cycle = cycle_as_of(spans, date(2017, 12, 31), delayed_entry=False)
    need = needed(cycle, GAP, MEAN_WON, days_left)
    assert need is not None
    assert round(need.value / 100) == value
    assert need.deals == deals
    assert GAP / (need.win_rate * need.in_time) == pytest.approx(need.value)
    assert need.win_rate == pytest.approx(0.5194, abs=5e-5)


def test_the_published_value_of_the_open_pipeline_by_age(crm, spans, list_prices):
    today = date(2017, 12, 31)
    cycle = cycle_as_of(spans, today, delayed_entry=False)
    deals = [
        OpenDeal(deal.opened_on, list_prices[deal.product])
        for deal in crm
        if deal.stage == "Engaging" and deal.opened_on
    ]
    assert len(deals) == 1589
    assert round(expected_from_open(deals, cycle, today, date(2018, 12, 31)) / 100) == 171_705


def test_the_needed_parts_are_said_apart_with_the_arithmetic(spans):
    cycle = cycle_as_of(spans, date(2017, 12, 31), delayed_entry=False)
    found = runway(Q4, date(2017, 11, 1), cycle, 0.8, US, gap=GAP, mean_won=MEAN_WON, cycle_days=90)
    assert found.why(lambda minor: f"${minor / 100:,.0f}") == (
        "80% of the deals that are won are won within 94 days. Sun 31 Dec 2017 − 94 days = Thu 28 Sep 2017.",
        "Missing after wins and what open deals should bring: $100,000.",
        "Of deals opened today 52% are won in the end, and 51% of those within the 60 days left: "
        "together 26%.",
        "$100,000 ÷ 26% = $377,739 of new pipeline, about 160 deals at a mean win of $2,361.",
    )


def test_goals_in_deals_need_deals():
    cycle = cycle_as_of(history([40] * 30, lost=30), date(2017, 9, 1), delayed_entry=False)
    found = runway(Q4, date(2017, 10, 2), cycle, 0.8, US, gap=7, mean_won=None, cycle_days=90)
    assert found.needed is not None
    assert found.needed.deals == 14
    assert found.why()[-1] == "7 ÷ 50% = 14 new deals."


def test_a_rolled_back_date_says_so(spans):
    cycle = cycle_as_of(spans, date(2017, 6, 30))
    found = runway(Q4, date(2017, 7, 3), cycle, 0.8, US, gap=GAP, mean_won=MEAN_WON, cycle_days=90)
    assert "= Sun 24 Sep 2017, which is no working day, so Fri 22 Sep 2017." in found.why()[0]


def test_with_few_closed_deals_the_team_cycle_holds_and_no_amount_is_claimed():
    cycle = cycle_as_of(history([10] * 12), date(2017, 9, 1), delayed_entry=False)
    found = runway(Q4, date(2017, 9, 1), cycle, 0.8, US, gap=GAP, mean_won=MEAN_WON, cycle_days=90)
    assert not found.from_history
    assert found.last_create_on == date(2017, 10, 2)
    assert found.needed is None
    assert "12 of the 30 closed deals" in found.why()[0]
    assert "90 days" in found.why()[0]
    assert "not estimated" in found.why()[1]
    assert expected_from_open([OpenDeal(date(2017, 8, 1), GAP)], cycle, date(2017, 9, 1), Q4.end) == 0


def test_thirty_losses_and_no_win_are_no_history_either():
    cycle = cycle_as_of(history([], lost=40), date(2017, 9, 1), delayed_entry=False)
    found = runway(Q4, date(2017, 9, 1), cycle, 0.8, US, gap=GAP, mean_won=MEAN_WON, cycle_days=60)
    assert (found.from_history, found.days, found.needed) == (False, 60, None)


def test_too_late_for_any_new_deal_says_to_work_what_is_open():
    found = at(date(2017, 12, 29))
    assert found.needed is None
    assert found.why()[-1] == "No deal was ever won within 2 days of opening: work what is open."


def test_without_a_gap_nothing_is_needed():
    found = at(date(2017, 9, 1), gap=0)
    assert found.needed is None
    assert found.why()[-1] == "There is no gap: wins and open deals reach the target."
    assert gap_after_open(100, 80, 30) == 0
    assert gap_after_open(100, 50, 30.5) == 19.5


def test_open_deals_bring_what_their_age_allows():
    cycle = cycle_as_of(history([40] * 30, lost=30), date(2017, 9, 1), delayed_entry=False)
    today = date(2017, 9, 1)
    young, past, unborn = today - timedelta(25), today - timedelta(41), today + timedelta(1)
    assert expected_from_open([(young, 1000)], cycle, today, today + timedelta(15)) == pytest.approx(1000)
    assert expected_from_open([(young, 1000)], cycle, today, today + timedelta(14)) == 0
    assert expected_from_open([(past, 1000), (unborn, 1000)], cycle, today, today + timedelta(90)) == 0
    assert expected_from_open([(young, 1000)], cycle, today, today - timedelta(1)) == 0


def test_each_threshold_is_announced_once():
    heard = run([at(day) for day in days(date(2017, 8, 25), date(2017, 12, 31))])
    assert heard == [
        (date(2017, 9, 6), RunwaySaid.DAYS_LEFT, 14, 1),
        (date(2017, 9, 15), RunwaySaid.DAYS_LEFT, 7, 1),
        (date(2017, 9, 25), RunwaySaid.DAYS_LEFT, 1, 1),
        (date(2017, 9, 26), RunwaySaid.LAST_DAY, 0, 1),
    ]


def test_after_downtime_only_the_latest_threshold_is_announced():
    assert run([at(date(2017, 9, 5)), at(date(2017, 9, 20)), at(date(2017, 9, 21))]) == [
        (date(2017, 9, 20), RunwaySaid.DAYS_LEFT, 7, 1)
    ]


def test_a_date_that_moves_repeats_no_threshold():
    moving = [
        at(date(2017, 9, 15)),
        at(date(2017, 9, 18), last=date(2017, 10, 2)),
        at(date(2017, 9, 19), last=date(2017, 9, 27)),
        at(date(2017, 9, 25)),
        at(date(2017, 9, 26), last=date(2017, 9, 27)),
        at(date(2017, 9, 27), last=date(2017, 9, 27)),
    ]
    assert [(said, threshold) for _, said, threshold, _ in run(moving)] == [
        (RunwaySaid.DAYS_LEFT, 7),
        (RunwaySaid.DAYS_LEFT, 1),
        (RunwaySaid.LAST_DAY, 0),
    ]


def test_a_passed_date_is_news_for_five_working_days():
    passed = [at(day) for day in days(date(2017, 10, 3), date(2017, 10, 31))]
    assert passed[0].working_days_left == -PASSED_WITHIN
    assert run(passed) == [(date(2017, 10, 3), RunwaySaid.PASSED, 0, 1)]
    assert run(passed[1:]) == []


def test_a_passed_date_is_not_repeated_after_its_own_day():
    assert len(run([at(date(2017, 9, 26)), at(date(2017, 9, 27)), at(date(2017, 9, 28))])) == 1


def test_a_gap_that_opens_again_is_a_new_crossing():
    story = [
        at(date(2017, 9, 15)),
        at(date(2017, 9, 18), gap=0),
        at(date(2017, 9, 20)),
        at(date(2017, 9, 21)),
        at(date(2017, 9, 25)),
    ]
    assert run(story) == [
        (date(2017, 9, 15), RunwaySaid.DAYS_LEFT, 7, 1),
        (date(2017, 9, 20), RunwaySaid.REOPENED, 7, 2),
        (date(2017, 9, 25), RunwaySaid.DAYS_LEFT, 1, 2),
    ]


def test_a_gap_that_opens_again_past_the_date_is_said_differently():
    memory = RunwayMemory(crossing=1, threshold=0, last_alert_on=date(2017, 9, 26), gap_is_open=False)
    found, memory = alert(at(date(2017, 11, 1)), memory)
    assert found is not None
    assert found.said is RunwaySaid.REOPENED_LATE
    assert found.key("U1") == "runway:U1:0:2"
    assert run([at(day) for day in days(date(2017, 11, 2), date(2017, 12, 31))], memory) == []


def test_a_gap_that_flickers_is_announced_after_a_rest_unless_a_threshold_was_reached():
    story = [
        at(date(2017, 9, 15)),
        at(date(2017, 9, 16), gap=0),
        at(date(2017, 9, 17)),
        at(date(2017, 9, 18)),
    ]
    assert [today for today, *_ in run(story)] == [date(2017, 9, 15), date(2017, 9, 18)]
    story = [at(date(2017, 9, 24)), at(date(2017, 9, 25), gap=0), at(date(2017, 9, 26))]
    assert [(today, threshold) for today, _, threshold, _ in run(story)] == [
        (date(2017, 9, 24), 7),
        (date(2017, 9, 26), 0),
    ]


def test_without_a_gap_or_after_the_period_nothing_is_said():
    assert run([at(day, gap=0) for day in days(date(2017, 9, 1), date(2017, 10, 5))]) == []
    assert run([at(date(2018, 1, 2))]) == []


def test_every_alert_says_why_it_came():
    found, _ = alert(at(date(2017, 9, 15)), RunwayMemory())
    assert found is not None
    assert found.why()[:-1] == found.runway.why()
    assert found.why()[-1] == (
        "You hear of it 14, 7, 1 and 0 working days before that day, once each, while there is a gap."
    )


@given(
    ages=st.lists(st.integers(0, 300), min_size=30, max_size=60),
    shares=st.tuples(st.floats(0.5, 0.95), st.floats(0.5, 0.95)),
    today=st.dates(date(2017, 9, 1), date(2018, 1, 31)),
    gap=st.floats(0, 1e9),
)
def test_more_certainty_never_gives_a_later_date(ages, shares, today, gap):
    cycle = cycle_as_of(history(ages, lost=10), date(2017, 9, 1), delayed_entry=False)
    sure, less = (
        runway(Q4, today, cycle, share, US, gap=gap, mean_won=MEAN_WON, cycle_days=90)
        for share in (max(shares), min(shares))
    )
    assert sure.last_create_on <= less.last_create_on <= Q4.end
    assert sure.working_days_left <= less.working_days_left
    assert US.is_working(sure.last_create_on)
    if sure.needed is not None:
        assert sure.needed.value >= gap


@given(
    moves=st.lists(st.tuples(st.integers(0, 6), st.integers(-4, 4), st.booleans()), min_size=1, max_size=40)
)
def test_no_threshold_is_ever_announced_twice_in_a_crossing(moves):
    today, memory, keys = date(2017, 8, 21), RunwayMemory(), []
    cycle = cycle_as_of([], today)
    for step, shift, has_gap in moves:
        today += timedelta(step)
        found = runway(
            Period(PeriodKind.CUSTOM, DAY, Q4.end, "Q4"), today, cycle, 0.8, EVERY_DAY,
            gap=GAP if has_gap else 0, mean_won=MEAN_WON, cycle_days=96 + shift,
        )  # fmt: skip
        said, memory = alert(found, memory)
        if said is not None:
            assert has_gap
            assert said.threshold in THRESHOLDS
            keys.append((said.crossing, -said.threshold))
    assert keys == sorted(set(keys)), "crossings go up, thresholds within one go down, none repeats"
