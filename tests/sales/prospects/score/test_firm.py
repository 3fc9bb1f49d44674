"""What of a firm and a person goes into a score, in words."""

from datetime import date

import pytest

from sales.prospects.attitude import BUYS_ON, AttitudeAnswer
from sales.prospects.ideal_client import Firmographics
from sales.prospects.score.fact import KnownFact
from sales.prospects.score.firm import (
    EMPLOYEE_BANDS,
    MANY_EMPLOYEES,
    History,
    attitude_facts,
    band_of,
    firm_facts,
    history_of_firm,
    rank_of,
)

DAY = date(2026, 5, 4)


@pytest.mark.parametrize(
    ("count", "band"),
    [
        (None, ""),
        (0, "under 10"),
        (9, "under 10"),
        (10, "10 to 49"),
        (249, "50 to 249"),
        (1_000, "1,000 or more"),
    ],
)
def test_sizes_are_told_in_bands(count, band):
    assert band_of(count, EMPLOYEE_BANDS, MANY_EMPLOYEES) == band


def test_only_what_is_known_of_a_firm_is_a_fact():
    assert firm_facts(Firmographics(), "") == {}
    found = firm_facts(Firmographics(employees=120, revenue_minor=3_000_000_00, sector=" Retail "), "Graz")
    assert found == {
        "employees": KnownFact("50 to 249"),
        "revenue": KnownFact("2 to 10 million"),
        "sector": KnownFact("Retail"),
        "where they are": KnownFact("Graz"),
    }


@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("", ""),
        ("CFO", "decides"),
        ("Chief of Staff", "decides"),
        ("Head of Procurement", "decides"),
        ("Geschäftsführer", "decides"),
        ("Purchasing Manager", "manages"),
        ("Team-Leiterin", "other"),
        ("Buyer", "other"),
    ],
)
def test_what_a_title_says_of_somebodys_say(title, rank):
    assert rank_of(title) == rank


def test_a_firm_was_a_customer_only_before_it_began():
    assert history_of_firm(date(2026, 1, 1), None, DAY) is History.CUSTOMER
    assert history_of_firm(DAY, None, DAY) is History.NEW
    assert history_of_firm(DAY, date(2026, 1, 1), DAY) is History.LOST


def test_an_attitude_is_known_from_the_day_it_was_noted():
    answers = [
        AttitudeAnswer(account="Acme", question=BUYS_ON, says="price", on=DAY),
        AttitudeAnswer(account="Acme", question="They try new things", says="no", on=DAY),
    ]
    assert attitude_facts(answers) == {
        "buys on": KnownFact("price", DAY),
        "“They try new things”": KnownFact("no", DAY),
    }
