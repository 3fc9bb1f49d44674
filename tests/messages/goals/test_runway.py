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


def look(today=TODAY, ages=HISTORY, metric=Metric.REVENUE, target=20_000_00, won=0, deals=(), period=Q4):
    won_ones = [DealSpan(LONG_AGO, LONG_AGO + timedelta(age), True) for age in ages]
    cycle = cycle_as_of(won_ones + HALF_LOST[: len(ages)], today, delayed_entry=False)
    aim = Aim(target_in(period, metric, target), won, period)
    mean = 2_000_00 if ages else None
    return outlook(aim, deals, cycle, today, 0.8, US, mean_won=mean, cycle_days=90)


def texts(message):
    """Every text of a message's blocks, a line each."""
    found = []
    for block in message.blocks:
        found += [
            part["text"]
            for part in [block.get("text"), *block.get("elements", ())]
            if part and "text" in part
        ]
    return "\n".join(found)


def warned(found):
    news, _ = alert(found.runway, RunwayMemory())
    assert news is not None
    return views.alert(found, news)


def test_the_date_comes_first_and_its_share_beside_it():
    lines = texts(views.answer([look()])).splitlines()
    assert lines[0] == "Last day to open an opportunity for Q4 2017: *Tue 26 Sep 2017* — 4 working days left"
    assert lines[1] == "80% of the deals that get won were won within 96 days."
    assert lines[2] == "*$20,000 revenue in Q4 2017*"


def test_the_gap_and_what_closes_it_with_both_parts():
    deals = [DealAhead("U1", date(2017, 9, 1), 5_000_00, "USD"), DealAhead("U1", date(2017, 9, 1), 0, "USD")]
    said = texts(views.answer([look(deals=deals)]))
    assert "$20,000 − $0 won − $3,500 expected from 2 open deals = *$16,500 missing*" in said
    assert "To close it with what is opened today: *$33,000 in new opportunities, about 17 deals*" in said
    assert "$16,500 ÷ 50%: 50% of new deals are won in the end, 100% of those in Q4 2017." in said
    assert "A win is worth $2,000 on average." in said
    assert "After Tue 26 Sep a new opportunity mostly counts towards Q1 2018" in said
    assert "1 open deal without a value counts as an average win of its product." in said


def test_goals_in_deals_speak_of_deals():
    said = texts(views.answer([look(metric=Metric.DEALS_WON, target=7)]))
    assert "*7 deals won in Q4 2017*" in said
    assert "7 deals − 0 won − 0 expected from 0 open deals = *7 deals missing*" in said
    assert "*14 deals*" in said
    assert "$" not in said


def test_without_a_gap_nothing_is_asked_for():
    said = texts(views.answer([look(won=25_000_00)]))
    assert "No gap: $25,000 won" in said
    assert "To close it" not in said


def test_with_few_closed_deals_it_says_so_and_needs_nothing():
    said = texts(views.answer([look(ages=[96] * 10)]))
    assert "Mon 2 Oct 2017" in said
    assert "your team's usual cycle of 90 days. 20 deals have closed so far; from 30 on" in said
    assert "not estimated from so few closed ones" in said
    assert "To close it" not in said
    assert "No deal has closed yet" in texts(views.answer([look(ages=[])]))


def test_past_the_date_what_is_open_is_the_work():
    said = texts(views.answer([look(date(2017, 10, 3))]))
    assert "Tue 26 Sep 2017* — 5 working days ago" in said
    assert "An opportunity opened now mostly counts towards Q1 2018. For Q4 2017, work what is open." in said
    assert "No deal was ever won within 89 days of opening: work what is open." in said


def test_a_period_of_ones_own_has_no_successor_by_name():
    said = texts(views.answer([look(period=custom_period(date(2017, 10, 1), date(2017, 12, 31)))]))
    assert "mostly counts towards the time after it" in said


@pytest.mark.parametrize(
    ("found", "first"),
    [
        (
            look(),
            "*Open 20 more opportunities worth about $40,000 in all by Tue 26 Sep*, or work what is open.",
        ),
        (look(target=1_000_00), "*Open 1 more opportunity worth about $2,000 in all by Tue 26 Sep*"),
        (look(metric=Metric.DEALS_WON, target=7), "*Open 14 more opportunities by Tue 26 Sep*, or work"),
        (look(date(2017, 9, 26)), "*Open 20 more opportunities worth about $40,000 in all today*, or work"),
        (look(date(2017, 9, 27)), "*Work what is open for Q4 2017*: agree the next step"),
        (
            look(date(2017, 9, 22), ages=[96] * 10),
            "*Open new opportunities by Mon 2 Oct*, or work what is open.",
        ),
    ],
)
def test_an_alert_begins_with_what_to_do(found, first):
    message = warned(found)
    assert texts(message).startswith(first)
    assert message.text.startswith(first)


def test_an_alert_always_says_its_share_or_cycle():
    assert "(80% of wins in time)" in texts(warned(look()))
    assert "(80% of wins in time)" in texts(warned(look(date(2017, 9, 27))))
    assert "(a 90-day cycle)" in texts(warned(look(date(2017, 9, 22), ages=[96] * 10)))


def test_the_line_for_a_team():
    assert views.team_line(look()) == (
        "Runway: Tue 26 Sep 2017 is the last day to open an opportunity for Q4 2017 (80% of wins in time). "
        "Still needed: about $40,000 in new opportunities, 20 deals."
    )
    assert views.team_line(look(won=20_000_00)) == "Runway: no gap, if open deals bring what they should."
    assert "was Tue 26 Sep" in views.team_line(look(date(2017, 10, 3)))


@pytest.mark.parametrize(
    ("amount", "said"),
    [(27_412_00, "$28,000"), (100, "$1"), (99_999_99, "$100,000"), (1, "$1"), (1_234_567_00, "$1,300,000")],
)
def test_about_rounds_up_to_two_figures(amount, said):
    assert views.about(Aim(target_in(Q4, Metric.REVENUE, 1), 0, Q4), amount) == said


def test_a_currency_without_cents_is_not_divided():
    yen = Aim(target_in(Q4, Metric.REVENUE, 1, "JPY"), 0, Q4)
    assert views.spelled(yen, 120_000.4) == "¥120,000"
    assert views.about(yen, 27_412) == "¥28,000"


def test_many_goals_fit_a_message():
    message = views.answer([look()] * 30)
    assert limits.message_faults(message.blocks) == []
    assert len(message.blocks) <= 50
    assert "8. *" in texts(message)
    assert "9. *" not in texts(message)
