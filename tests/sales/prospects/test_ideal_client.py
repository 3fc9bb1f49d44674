"""Ideal clients: two scores of ten, what is not known counts neither way, price is no fault by itself."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sales.pipeline.account import MarketReach
from sales.prospects.account_family import parents_of, with_parent
from sales.prospects.attitude import (
    BUYS_ON,
    MOST_STATEMENTS,
    AttitudeAnswer,
    SellingPoint,
    attitude_fit,
    read_statements,
)
from sales.prospects.client_census import census, standing_of
from sales.prospects.ideal_client import (
    Criterion,
    Firmographics,
    IdealClient,
    SizeRange,
    client_fit,
    size_fit,
    within,
)
from sales.refusal import Refusal

WANTED = IdealClient(
    sells_on="value service",
    least_employees=50,
    most_employees=500,
    reaches="national",
    sectors="Logistics, Retail",
    statements="They plan a year ahead\nThey let suppliers advise them",
)
ALDER = Firmographics(employees=120, reach=MarketReach.NATIONAL, sector="logistics")
VALUE, PRICE, SERVICE = SellingPoint.VALUE, SellingPoint.PRICE, SellingPoint.SERVICE


def noted(question, says):
    return AttitudeAnswer(account="Alder", question=question, says=says, on=date(2026, 9, 14))


@pytest.mark.parametrize(
    ("firm", "points", "missing"),
    [
        (ALDER, 10, []),
        (ALDER._replace(sector="Food"), 7, []),
        (ALDER._replace(employees=45), 9, []),
        (ALDER._replace(employees=25), 7, []),
        (ALDER._replace(employees=1000), 7, []),
        (ALDER._replace(employees=None), 10, [Criterion.EMPLOYEES]),
        (Firmographics(sector="Food"), 0, [Criterion.EMPLOYEES, Criterion.REACH]),
        (Firmographics(), None, [Criterion.EMPLOYEES, Criterion.REACH, Criterion.SECTOR]),
    ],
)
def test_size_is_the_mean_of_what_is_known(firm, points, missing):
    found = size_fit(WANTED, firm)
    assert (found.points, found.missing) == (points, missing)


def test_what_the_team_does_not_state_measures_nothing():
    assert size_fit(IdealClient(), ALDER).points is None
    assert size_fit(IdealClient(sectors="Food"), ALDER).points == 0


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_degree_is_whole_inside_and_falls_outside(value, one, other):
    least, most = sorted((one, other))
    degree = within(SizeRange(least, most), value)
    assert 0 <= degree <= 1
    assert (degree == 1) is (least <= value <= most)
    if value <= least / 2 or value >= most * 2:
        assert degree == 0


@pytest.mark.parametrize(
    ("sells_on", "answers", "points"),
    [
        ((VALUE,), [], None),
        ((VALUE,), [(BUYS_ON, "price")], 0),
        ((PRICE,), [(BUYS_ON, "price")], 10),
        ((VALUE, SERVICE), [(BUYS_ON, "value price")], 5),
        ((VALUE,), [(BUYS_ON, "price"), ("They plan a year ahead", "yes")], 3),
        ((VALUE,), [(BUYS_ON, "value"), ("they plan a year AHEAD", "no")], 7),
        ((), [(BUYS_ON, "price")], None),
        ((), [("They plan a year ahead", "partly")], 5),
        ((VALUE,), [("Some other statement", "yes")], None),
    ],
)
def test_attitude_is_against_the_way_the_team_sells(sells_on, answers, points):
    found = attitude_fit(sells_on, WANTED.asked_statements, [noted(*one) for one in answers])
    assert found.points == points


@given(
    st.lists(st.sampled_from(["yes", "partly", "no"]), max_size=2), st.sampled_from(["", "price", "value"])
)
def test_scores_stay_within_ten_and_a_better_answer_never_lowers_one(stances, buys):
    texts = WANTED.asked_statements
    answers = [noted(text, says) for text, says in zip(texts, stances, strict=False)]
    answers += [noted(BUYS_ON, buys)] if buys else []
    points = attitude_fit(WANTED.selling_points, texts, answers).points
    assert points is None or 0 <= points <= 10
    better = [noted(one.question, "yes") if one.stance else one for one in answers]
    raised = attitude_fit(WANTED.selling_points, texts, better).points
    assert points is None or (raised is not None and raised >= points)


def test_both_stand_side_by_side_and_are_never_added():
    found = client_fit(WANTED, ALDER, [noted(BUYS_ON, "price")])
    assert (found.size.points, found.attitude.points, found.attitude.against) == (10, 0, (PRICE,))


def test_a_range_that_ends_before_it_begins_is_no_ideal_client():
    with pytest.raises(ValidationError):
        IdealClient(least_employees=500, most_employees=50)


def test_statements_are_each_once_and_not_too_many():
    assert read_statements("- They plan.\n\n* they PLAN\nThey ask") == ("They plan", "They ask")
    with pytest.raises(Refusal):
        read_statements("\n".join(f"Statement {one}" for one in range(MOST_STATEMENTS + 1)))
    with pytest.raises(Refusal):
        read_statements("x" * 141)


def test_a_circle_of_parents_is_found_and_ends():
    circle = {"alder": "Birch", "birch": "Cedar", "cedar": "Alder"}
    found = parents_of("Alder", circle)
    assert found.above == ["Birch", "Cedar"]
    assert list(found.circle) == ["Alder", "Birch", "Cedar"]
    assert parents_of("Elm", {**circle, "elm": "Alder"}).circle == ["Alder", "Birch", "Cedar"]
    assert parents_of("Fir", {"fir": "FIR"}).circle == ["Fir"]
    assert parents_of("Oak", {"oak": "Pine"}) == (["Pine"], ())


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdefg"), max_size=6),
    st.sampled_from("abcdef"),
)
def test_no_family_walks_round_for_ever(parents, name):
    found = parents_of(name, parents)
    assert len(set(found.above)) == len(found.above)
    assert name not in found.above


def test_a_branch_takes_its_parents_sector_and_never_its_size():
    above = Firmographics(employees=9_000, reach=MarketReach.NATIONAL, sector="Retail")
    firm = with_parent(Firmographics(sector="Food"), "Globex", above)
    assert (firm.sector, firm.reach, firm.employees) == ("Food", MarketReach.NATIONAL, None)
    assert (firm.borrowed, firm.parent) == ({Criterion.REACH}, "Globex")


def test_a_census_says_which_criterion_fits_nobody():
    wanted = IdealClient(least_employees=5_000, sectors="Retail")
    firms = [
        (Firmographics(employees=90, sector="Retail"), 14),
        (Firmographics(employees=9_000, sector="Food"), 2),
        (Firmographics(employees=90, sector="Food"), 69),
        (Firmographics(), 15),
    ]
    found = census(wanted.criteria, [(standing_of(wanted, firm), count) for firm, count in firms])
    assert (found.accounts, found.known, found.measured, found.fit) == (100, 85, 85, 0)
    assert found.fits_nobody
    assert (found.strictest, found.without[Criterion.EMPLOYEES]) == (Criterion.EMPLOYEES, 14)
    assert (found.meets[Criterion.EMPLOYEES], found.knows[Criterion.EMPLOYEES]) == (2, 85)


def test_no_accounts_are_no_census():
    found = census(WANTED.criteria, [])
    assert (found.coverage, found.fits_nobody, found.strictest, found.rarest) == (0, False, None, None)
