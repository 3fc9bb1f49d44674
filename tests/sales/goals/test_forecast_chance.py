"""P(hit): sensible for any record, in words that hold, and never against common sense."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sales.goals.forecast.chance import LEAST_DAYS, LEAST_EVENTS, forecast, forecast_of_gains, p_hit
from sales.goals.forecast.changes import is_loose, quiet_days
from sales.goals.forecast.drivers import Stand, in_points, moved
from sales.goals.forecast.reach import Reach, reach
from sales.goals.forecast.record import DealRecord, Gain, OwnOpenDeal, past_of, since_silence
from sales.goals.forecast.snapshot import snapshot_on
from sales.goals.forecast.what_if import Step, chance_if_opened, moves
from sales.goals.runway.additions import deals_for_confidence
from sales.language.dates.period import PeriodKind, custom_period, period_containing, quarter
from sales.language.figures import chance_percent
from sales.pipeline.cycle import cycle_as_of
from sales.pipeline.opportunity import Stage

Q4 = quarter(4, 2017)
TODAY = date(2017, 10, 20)
START = date(2017, 3, 1)


def deal(
    rep: str = "Ana",
    opened: date | None = START,
    days: int | None = None,
    stage: Stage = Stage.OPEN,
    value: float = 10_000_00,
    product: str | None = None,
) -> DealRecord:
    closed = opened + timedelta(days) if opened is not None and days is not None else None
    return DealRecord(rep, product, opened, closed, stage, value)


def history(reps: tuple[str, ...] = ("Ana", "Ben", "Cleo"), every: int = 6) -> list[DealRecord]:
    """Deals opened every few days since March: two of three are won after 20 to 50 days, the third lost."""
    made = []
    for number, rep in enumerate(reps):
        for place, day in enumerate(range(0, 230, every + number)):
            stage = Stage.LOST if place % 3 == 2 else Stage.WON
            made.append(deal(rep, START + timedelta(day), 20 + 7 * (place % 5), stage))
    return made


def p(deals: list[DealRecord], target: float = 200_000_00, done: float = 20_000_00, rep: str = "Ana", **more):
    return forecast(snapshot_on(deals, TODAY), rep, target, done, Q4, **more)


def test_a_forecast_says_what_it_rests_on():
    found = p(history())
    assert 0 < found.chance < 1
    assert found.is_blended
    assert found.chance == pytest.approx((found.floor + found.survival) / 2)
    assert found.basis.since == START + timedelta(20)
    assert found.basis.reps == 3
    why = found.why(lambda minor: f"${minor / 100:,.0f}")
    assert why[0] == "$20,000 of $200,000 is won; $180,000 is missing."
    assert any(f"{found.basis.own} wins in {found.basis.own_days} days on record" in line for line in why)
    assert why[-1].startswith(f"The mean of both is {found.figure}. Both weigh the same until 200 ")


def test_the_same_record_gives_the_same_figure_in_any_order():
    assert p(history()).chance == p(list(reversed(history()))).chance


def test_a_target_that_is_reached_is_certain():
    found = p(history(), target=20_000_00, done=20_000_00)
    assert (found.chance, found.figure, found.reach) == (1, "over 99%", Reach.TOO_EASY)
    assert found.why() == ("2,000,000 of 2,000,000 is won: the target is reached.",)


def test_after_the_period_nothing_is_left_to_chance():
    late = snapshot_on(history(), date(2018, 1, 5))
    assert forecast(late, "Ana", 10, 5, Q4).chance == 0
    assert forecast(late, "Ana", 10, 5, Q4).why() == ("Q4 2017 ended on Sun 31 Dec 2017, 5 short.",)
    assert forecast(late, "Ana", 10, 10, Q4).chance == 1


def test_on_the_last_day_the_day_decides():
    found = forecast(snapshot_on(history(), Q4.end), "Ana", 10_00, 0, Q4)
    assert found.chance is None
    assert found.not_yet == "Q4 2017 ends today: what comes in today decides it."


def test_a_period_of_one_day_has_a_chance_before_it_and_none_on_it():
    one_day = custom_period(TODAY + timedelta(1), TODAY + timedelta(1))
    known = snapshot_on(history(), TODAY)
    before = forecast(known, "Ana", 10_000_00, 0, one_day)
    assert 0 < before.chance < 0.5
    on_it = forecast(known, "Ana", 10_000_00, 0, custom_period(TODAY, TODAY))
    assert on_it.chance is None


@pytest.mark.parametrize(
    ("deals", "reason"),
    [
        ([], "no win is on record"),
        ([deal()], "no win is on record"),
        ([deal(days=30, stage=Stage.WON)], "1 win on record of the 5 it takes"),
        ([deal(days=30, stage=Stage.LOST)] * 50, "no win is on record"),
        ([deal(opened=TODAY + timedelta(5))] * 50, "no win is on record"),
        ([deal(days=30, stage=Stage.WON, value=0)] * 50, "no win on record carries a value"),
        ([deal(opened=TODAY - timedelta(9), days=3, stage=Stage.WON)] * 50, "days of record"),
    ],
    ids=[
        "no history",
        "one deal",
        "one win",
        "only lost",
        "all in the future",
        "no values",
        "a week of record",
    ],
)
def test_too_little_is_said_plainly(deals, reason):
    found = p(deals)
    assert found.chance is None
    assert found.figure == ""
    assert found.reach is None
    assert found.not_yet.startswith("Not enough yet: ")
    assert reason in found.not_yet
    assert found.why() == (found.not_yet,)


def test_deals_won_are_counted_even_without_values():
    free = [one._replace(value=0) for one in history()]
    found = p(free, target=8, done=2, in_deals=True)
    assert 0 < found.chance < 1


def test_a_deal_that_closes_before_it_opens_counts_as_a_win_and_tells_no_cycle():
    odd = [deal(opened=date(2017, 6, 10), days=-3, stage=Stage.WON)] * 3
    known = snapshot_on(history() + odd, TODAY)
    assert len(known.book.spans) == len(history())
    assert known.wins.counts["Ana"] == snapshot_on(history(), TODAY).wins.counts["Ana"] + 3
    assert known.cycle.closed == snapshot_on(history(), TODAY).cycle.closed


def test_what_is_not_known_yet_changes_nothing():
    later = [deal(opened=TODAY + timedelta(1)), deal(opened=TODAY + timedelta(1), days=4, stage=Stage.WON)]
    assert p(history() + later).chance == p(history()).chance
    won_later = deal(opened=date(2017, 9, 1), days=60, stage=Stage.WON)
    still_open = deal(opened=date(2017, 9, 1))
    assert p([*history(), won_later]).chance == p([*history(), still_open]).chance


def test_suspects_and_parked_deals_are_in_no_forecast():
    for stage in (Stage.SUSPECT, Stage.PARKED):
        assert snapshot_on([deal(stage=stage)], TODAY).book.open_deals == {}


def test_a_team_of_one_has_a_forecast():
    found = p(history(("Ana",)))
    assert 0 < found.chance < 1
    assert found.basis.is_shared
    assert any("in " in line and "days on record, since" in line for line in found.why())


def test_somebody_new_is_taken_to_be_like_the_team():
    found = p(history(), rep="Dev", done=0)
    assert 0 < found.chance < 1
    assert "Nothing of this rep is on record yet" in found.why()[1]


def test_without_opening_dates_there_is_the_floor():
    undated = [
        DealRecord("Ana", None, None, START + timedelta(3 * n), Stage.WON, 10_000_00) for n in range(60)
    ]
    found = p(undated)
    assert not found.is_blended
    assert found.chance == found.floor


def test_many_thousand_open_deals_are_a_number():
    crowd = [deal(opened=TODAY - timedelta(n % 200), value=100_000.0 + n % 977) for n in range(50_000)]
    found = p(history() + crowd)
    assert 0 < found.chance < 1
    assert found.basis.open_deals > 50_000


@pytest.mark.parametrize("kind", [PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.FISCAL_YEAR])
@pytest.mark.parametrize("ahead", [0, 40, 400])
def test_every_period_has_a_chance_also_one_to_come(kind, ahead):
    period = period_containing(kind, TODAY + timedelta(ahead), 2)
    found = forecast(snapshot_on(history(), TODAY), "Ana", 60_000_00, 0, period, fiscal_year_start=2)
    assert 0 < found.chance <= 1


def test_a_later_month_leaves_out_what_is_won_before_it():
    known = snapshot_on([*history(), *[deal(opened=TODAY - timedelta(15))] * 6], TODAY)
    november, both = (
        custom_period(date(2017, 11, 25), date(2017, 12, 31)),
        custom_period(TODAY, date(2017, 12, 31)),
    )
    part = forecast(known, "Ana", 60_000_00, 0, november)
    assert part.basis.open_wins < forecast(known, "Ana", 60_000_00, 0, both).basis.open_wins


def test_activities_and_openings_have_the_floor_alone():
    gains = [Gain("Ana", START + timedelta(n), 1 + n % 4) for n in range(0, 230, 2)]
    past = past_of(gains, TODAY)
    found = forecast_of_gains(past, "Ana", 120, 20, Q4, TODAY, what="done")
    assert 0 < found.chance < 1
    assert found.chance == found.floor
    assert forecast_of_gains(None, "Ana", 9, 0, Q4, TODAY).not_yet == "Not enough yet: no entry is on record."
    few = past_of(gains[:1], TODAY)
    assert "1 entry on record" in forecast_of_gains(few, "Ana", 9, 0, Q4, TODAY).not_yet
    assert (
        "2 entries on record" in forecast_of_gains(past_of(gains[:2], TODAY), "Ana", 9, 0, Q4, TODAY).not_yet
    )


@pytest.mark.parametrize(
    ("chance", "word", "figure"),
    [
        (0.0, Reach.UNREALISTIC, "under 1%"), (0.14, Reach.UNREALISTIC, "14%"), (0.15, Reach.HARD, "15%"),
        (0.38, Reach.STRETCH, "38%"), (0.7, Reach.LIKELY, "70%"), (0.85, Reach.LIKELY, "85%"),
        (0.146, Reach.HARD, "15%"), (0.144, Reach.UNREALISTIC, "14%"), (0.346, Reach.STRETCH, "35%"),
        (0.696, Reach.LIKELY, "70%"), (0.854, Reach.LIKELY, "85%"), (0.856, Reach.TOO_EASY, "86%"),
        (0.86, Reach.TOO_EASY, "86%"), (0.99, Reach.TOO_EASY, "99%"),
        (0.994, Reach.TOO_EASY, "over 99%"), (0.9951, Reach.TOO_EASY, "over 99%"),
    ],
)  # fmt: skip
def test_words_and_figures_of_a_chance(chance, word, figure):
    assert reach(chance) is word
    assert chance_percent(chance) == figure
    assert word.wants_reason == (word in {Reach.UNREALISTIC, Reach.TOO_EASY})


def test_what_moved_it_adds_up():
    then, now = date(2017, 10, 5), date(2017, 10, 27)
    fresh = [deal(opened=date(2017, 10, 15)), deal(opened=date(2017, 10, 1))]
    old, new = snapshot_on(history() + fresh, then), snapshot_on(history() + fresh, now)
    parts = moved(Stand(old, 150_000_00, 10_000_00), Stand(new, 180_000_00, 60_000_00), "Ana", Q4)
    assert parts[0].before == pytest.approx(forecast(old, "Ana", 150_000_00, 10_000_00, Q4).chance)
    assert parts[-1].after == pytest.approx(forecast(new, "Ana", 180_000_00, 60_000_00, Q4).chance)
    assert all(one.after == other.before for one, other in pairwise(parts))
    by = {part.driver.name: part.by for part in parts}
    assert by["TIME"] < 0 < by["WINS"]
    assert by["TARGET"] < 0
    assert by["OPENED"] > 0
    for off in (-1, 0, 1):  # as far as two rounded figures can be from the difference of what they round
        difference = round(100 * (parts[-1].after - parts[0].before)) + off
        changes = in_points(parts, difference)
        assert sum(one.points for one in changes) == difference
        assert all(abs(one.points - 100 * part.by) < 2 for one, part in zip(changes, parts, strict=True))
        assert all(one.points == 0 for one, part in zip(changes, parts, strict=True) if not part.by)
    assert moved(Stand(snapshot_on([], then), 9, 0), Stand(new, 9, 0), "Ana", Q4) == ()


def test_the_step_that_moves_it_most_comes_first():
    fresh = [deal(opened=TODAY - timedelta(n), value=20_000_00) for n in (5, 12, 19, 26, 33)]
    known = snapshot_on(history() + fresh, TODAY)
    found = moves(known.ahead(Q4), "Ana", 150_000_00, by=date(2017, 11, 10), quiet=fresh[:4])
    assert {move.step for move in found} == set(Step)
    assert [move.gain for move in found] == sorted((move.gain for move in found), reverse=True)
    called = next(move for move in found if move.step is Step.CALL)
    assert len(called.deals) == 3
    assert moves(known.ahead(Q4), "Ana", 150_000_00, by=date(2017, 11, 10), quiet=fresh[:4]) == found
    late = moves(known.ahead(Q4), "Ana", 150_000_00, by=TODAY - timedelta(1))
    assert Step.OPEN not in {move.step for move in late}
    assert moves(known.ahead(Q4), "Ana", 0) == ()


def test_the_deals_for_a_confidence_are_the_fewest():
    ahead = snapshot_on(history(), TODAY).ahead(Q4)

    def with_(count: int) -> float:
        return chance_if_opened(ahead, "Ana", 90_000_00, count)

    needed = deals_for_confidence(with_, 0.8)
    assert with_(needed) >= 0.8 > with_(needed - 1)
    assert deals_for_confidence(with_, 0.5) <= needed <= deals_for_confidence(with_, 0.95)
    assert deals_for_confidence(lambda _: 0.2, 0.9) is None
    assert deals_for_confidence(lambda _: 0.9, 0.9) == 0


def test_a_team_is_forecast_as_one():
    whole = [one._replace(rep="team") for one in history()]
    found = p(whole, target=600_000_00, done=60_000_00, rep="team")
    assert 0 < found.chance < 1
    assert found.basis.reps == 1


def test_asking_again_on_one_day_works_nothing_out_anew():
    known = snapshot_on(history(), TODAY)
    assert known.ahead(Q4) is known.ahead(Q4)
    chances = known.ahead(Q4).chances
    known.ahead(Q4).bets(known.book.open_deals["Ana"])
    ages = len(chances._known)
    known.ahead(Q4).bets(known.book.open_deals["Ana"] * 20)
    assert len(chances._known) == ages


HISTORY = history()
RECORDS = st.lists(
    st.builds(
        deal,
        rep=st.sampled_from(["Ana", "Ben"]),
        opened=st.dates(date(2017, 2, 1), date(2017, 12, 1)),
        days=st.one_of(st.none(), st.integers(-5, 200)),
        stage=st.sampled_from([Stage.OPEN, Stage.WON, Stage.LOST, Stage.PARKED]),
        value=st.integers(0, 90_000_00),
    ).map(
        lambda one: (
            one
            if one.closed_on or one.stage in (Stage.OPEN, Stage.PARKED)
            else one._replace(stage=Stage.OPEN)
        )
    ),
    max_size=40,
)


@settings(max_examples=40, deadline=None)
@given(deals=RECORDS, target=st.integers(1, 10**9), done=st.integers(0, 10**8), in_deals=st.booleans())
def test_any_record_gives_a_chance_or_a_reason(deals, target, done, in_deals):
    found = p(deals, target, done, in_deals=in_deals)
    assert (found.chance is None) == bool(found.not_yet)
    if found.chance is not None:
        assert 0 <= found.chance <= 1
    assert found.why()


@settings(max_examples=25, deadline=None)
@given(
    targets=st.tuples(*[st.integers(1, 600_000_00)] * 2), dones=st.tuples(*[st.integers(0, 200_000_00)] * 2)
)
def test_a_higher_target_is_never_likelier_and_more_won_never_less(targets, dones):
    (low, high), (less, more) = sorted(targets), sorted(dones)
    assert p(HISTORY, high, less).chance <= p(HISTORY, low, less).chance + 1e-9
    assert p(HISTORY, low, less).chance <= p(HISTORY, low, more).chance + 1e-9


@settings(max_examples=25, deadline=None)
@given(age=st.integers(0, 300), value=st.integers(0, 80_000_00), target=st.integers(30_000_00, 400_000_00))
def test_another_open_deal_never_lowers_it(age, value, target):
    known = snapshot_on(HISTORY, TODAY)
    ahead, open_deals = known.ahead(Q4), known.book.open_deals["Ana"]
    extra = deal(opened=TODAY - timedelta(age), value=value)
    gap = target - 20_000_00
    before = p_hit(ahead, "Ana", gap, ahead.bets(open_deals))
    assert p_hit(ahead, "Ana", gap, ahead.bets([*open_deals, extra])) >= before - 1e-9


@given(
    value=st.integers(0, 10**15),
    opened=st.integers(0, 200),
    count=st.integers(1, 3),
    rep=st.sampled_from(["Ana", "Ben"]),
)
@settings(max_examples=40)
def test_what_was_only_typed_moves_nobodys_chance_more_than_typical_deals_do(value, opened, count, rep):
    record, day = history(), TODAY - timedelta(opened)
    typical = snapshot_on(record, TODAY).typical[None]
    typed = [deal("Ana", day, value=value)._replace(is_bare=True)] * count
    usual = [deal("Ana", day, value=typical)] * count
    assert p(record + typed, rep=rep).chance <= p(record + usual, rep=rep).chance + 1e-9
    won = [one._replace(closed_on=TODAY, stage=Stage.WON) for one in typed]
    if value >= 10 * typical and count == 1:
        as_usual = [one._replace(closed_on=TODAY, stage=Stage.WON) for one in usual]
        assert p(record + won, rep=rep).chance == pytest.approx(p(record + as_usual, rep=rep).chance)


def test_a_deal_that_counts_as_a_typical_one_says_so():
    huge = deal(opened=TODAY - timedelta(25), value=24_000_000_00)
    bare = huge._replace(is_bare=True)

    def spell(minor: float) -> str:
        return f"${minor / 100:,.0f}"

    line = (
        "1 open deal counts as a typical one, $10,000: the larger value was typed, and nothing else stands behind "
        "it yet."
    )
    assert line in p([*history(), bare]).why(spell)
    assert line not in p([*history(), huge]).why(spell)
    assert line not in p([*history(), bare._replace(value=9_000_00)]).why(spell)
    assert p([*history(), huge]).chance > p([*history(), bare]).chance > p(history()).chance
    assert p([*history(), bare], 30, 2, in_deals=True) == p([*history(), huge], 30, 2, in_deals=True)


def test_a_deal_lost_on_its_first_day_does_not_end_the_lives_of_older_ones():
    older = [deal(opened=date(2017, 2, 1), days=40 + n, stage=Stage.WON) for n in range(LEAST_EVENTS)]
    young = deal(opened=date(2017, 3, 13), days=0, stage=Stage.LOST)
    found = cycle_as_of(snapshot_on([*older, young], TODAY).book.spans, TODAY)
    assert found.won_eventually == pytest.approx(LEAST_EVENTS / (LEAST_EVENTS + 1))
    assert found.days_for(0.5) == 40 + LEAST_EVENTS // 2


@settings(max_examples=30, deadline=None)
@given(deals=RECORDS, more=RECORDS)
def test_more_history_never_takes_the_last_create_date_away(deals, more):
    def days(records: list[DealRecord]) -> int | None:
        return cycle_as_of(snapshot_on(records, TODAY).book.spans, TODAY).days_for(0.8)

    if days(deals) is not None:
        assert days(deals + more) is not None


def test_the_least_it_takes_is_enough():
    wins = [
        deal(opened=TODAY - timedelta(LEAST_DAYS + 10), days=10 + n, stage=Stage.WON)
        for n in range(LEAST_EVENTS)
    ]
    wins[0] = replace_close(wins[0], TODAY - timedelta(LEAST_DAYS - 1))
    assert p(wins).chance is not None
    assert p(wins[:-1]).chance is None


def replace_close(one: DealRecord, closed: date) -> DealRecord:
    return one._replace(closed_on=closed)


def test_a_forecast_is_a_value():
    found = p(history())
    assert found == replace(found)


def test_weeks_in_which_somebody_logged_nothing_deny_nothing_of_what_they_do_now():
    monday = date(2017, 11, 6)
    before = [Gain("Ana", monday - timedelta(60 + n), 10) for n in range(20)]
    now = [Gain("Ana", monday + timedelta(n), 10) for n in range(3)]
    others = [Gain("Ben", monday - timedelta(n), 10) for n in range(0, 80, 2)]
    assert sorted(since_silence([*before, *others, *now])) == sorted([*others, *now])
    assert sorted(since_silence([*before, *others])) == sorted(
        [*before, *others]
    )  # who is silent stays counted so
    week = custom_period(monday, monday + timedelta(6))
    today = monday + timedelta(2)
    asked = ("Ana", 40, 30, week, today)
    with_pause, since = (
        forecast_of_gains(past_of(gains, today), *asked)
        for gains in ([*before, *others, *now], since_silence([*before, *others, *now]))
    )
    assert with_pause.chance < since.chance
    assert since.chance > 0.5


def test_what_is_agreed_already_and_what_closes_later_is_not_advised():
    fresh = [deal(opened=TODAY - timedelta(n), value=20_000_00) for n in (5, 12, 19, 26, 33)]
    ahead = snapshot_on(history() + fresh, TODAY).ahead(Q4)
    loose = fresh[3:]
    (advanced,) = [one for one in moves(ahead, "Ana", 150_000_00, loose=loose) if one.step is Step.ADVANCE]
    assert set(advanced.deals) <= set(loose)
    assert Step.ADVANCE not in {one.step for one in moves(ahead, "Ana", 150_000_00, loose=())}


@pytest.mark.parametrize(
    ("has_step", "expected", "loose"),
    [
        (False, None, True),
        (False, Q4.end, True),
        (False, Q4.end + timedelta(1), False),
        (True, None, False),
    ],
)
def test_a_deal_is_loose_until_something_is_agreed_and_as_long_as_it_can_come_in_time(
    has_step, expected, loose
):
    own = OwnOpenDeal(deal(opened=TODAY), "Acme", None, None, has_step, expected)
    assert is_loose(own, Q4.end) is loose


def test_silence_counts_from_the_import_that_brought_a_deal():
    old = deal(opened=TODAY - timedelta(66))
    assert quiet_days(OwnOpenDeal(old, "Acme", None), TODAY) == 66
    assert quiet_days(OwnOpenDeal(old, "Acme", None, TODAY), TODAY) == 0
    assert quiet_days(OwnOpenDeal(old, "Acme", TODAY - timedelta(3), TODAY - timedelta(20)), TODAY) == 3
