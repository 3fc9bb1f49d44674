"""Facts with their days: what came in time counts, what the outcome told does not, and both are said."""

from datetime import date, timedelta

from sales.prospects.score.fact import (
    KNOWN_WITHIN,
    DatedCase,
    KnownFact,
    LeakyField,
    fields_of,
    leaky,
    learnable,
)

BEGAN, ENDED = date(2026, 3, 2), date(2026, 5, 4)
DAY = timedelta(days=1)


def case(won: bool = False, **facts: KnownFact) -> DatedCase:
    return DatedCase(facts, BEGAN, ENDED, won)


def test_what_holds_from_the_start_counts():
    (found,) = learnable([case(source=KnownFact("Web form"))])
    assert found.facts == {"source": "Web form"}


def test_what_was_known_early_counts_and_what_came_later_is_not_known():
    early, later = KnownFact("price", BEGAN + KNOWN_WITHIN), KnownFact("price", BEGAN + KNOWN_WITHIN + DAY)
    assert [one.facts for one in learnable([case(buys=early), case(buys=later)])] == [{"buys": "price"}, {}]
    assert leaky([case(buys=later)]) == []  # it was known before the end, only too late for a score


def test_the_day_of_the_outcome_is_too_late_however_short_it_was():
    short = DatedCase({"buys": KnownFact("price", BEGAN + DAY)}, BEGAN, BEGAN + DAY, won=False)
    assert learnable([short])[0].facts == {}
    assert leaky([short]) == [LeakyField("buys", 1, 1)]


def test_a_fact_that_mostly_came_with_the_outcome_is_left_out_altogether():
    early, late = KnownFact("price", BEGAN), KnownFact("price", ENDED)
    cases = [case(cause=early), case(cause=late)]
    (found,) = leaky(cases)
    assert found.is_left_out
    assert found.why == "cause: left out, as it was noted after the outcome 1 of 2 times"
    assert fields_of(learnable(cases, [found])) == []


def test_a_fact_that_seldom_came_late_stays_without_what_came_late():
    early, late = KnownFact("price", BEGAN), KnownFact("price", ENDED + DAY)
    cases = [case(buys=early), case(buys=early), case(buys=late)]
    (found,) = leaky(cases)
    assert not found.is_left_out
    assert found.why == "buys: noted after the outcome 1 of 3 times, which are not counted"
    assert [one.facts for one in learnable(cases, [found])] == [{"buys": "price"}, {"buys": "price"}, {}]


def test_what_was_never_known_in_time_says_so():
    late = KnownFact("price", ENDED)
    assert (
        leaky([case(cause=late)] * 4)[0].why
        == "cause: left out, as it was noted after the outcome each time (4)"
    )
    assert (
        leaky([case(cause=late)])[0].why
        == "cause: left out, as it was noted after the outcome the only time (1)"
    )


def test_nothing_known_is_no_fact_that_came_late():
    assert leaky([case(cause=KnownFact("", ENDED))]) == []
