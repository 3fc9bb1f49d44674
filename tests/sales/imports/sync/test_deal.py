"""A deal of a CRM as ours: money by its currency, days as they are there, and why one waits."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sales.imports.files.worth import KnownRates
from sales.imports.sync.deal import KnownThere, NotYet, OwnerHere, deal_said, in_minor
from sales.imports.sync.record import CrmDeal, CrmStage, CrmStageKind
from sales.people.currency_rate import CurrencyRate, by_code
from sales.pipeline.opportunity import Stage
from sales.pipeline.stage import USUAL_STAGES

AT = datetime(2026, 9, 14, 9, tzinfo=UTC)
TODAY = date(2026, 9, 14)
STAGES = {
    "1": CrmStage("1", "Qualified", CrmStageKind.OPEN),
    "8": CrmStage("8", "Closed won", CrmStageKind.WON),
    "9": CrmStage("9", "Closed lost", CrmStageKind.LOST),
}
EURO = by_code([CurrencyRate(currency="EUR", counted_in="USD", rate=Decimal("1.08"))])
KNOWN = KnownThere(
    currency="USD",
    account_currency="USD",
    rates=KnownRates(lambda owner: EURO, TODAY),
    stages=STAGES,
    matched={},
    ours=USUAL_STAGES,
    owners={"7": OwnerHere("Ana Kovač", "U1"), "8": OwnerHere("Gone Person")},
    accounts={"a": "Harbour"},
)
DEAL = CrmDeal(
    "70011",
    "Lockside",
    "1",
    AT,
    Decimal("24000.5"),
    "USD",
    date(2026, 10, 14),
    date(2026, 9, 1),
    "7",
    "a",
    "call Dana",
)


def test_an_open_deal():
    said = deal_said(DEAL, KNOWN)
    assert (said["stage"], said["stage_label"]) == (Stage.OPEN, "Qualified")
    assert (said["value_minor"], said["converted_minor"]) == (2_400_050, None)
    assert (said["expected_on"], said["closed_on"]) == (date(2026, 10, 14), None)
    assert (said["owner_id"], said["account"], said["next_step"]) == ("U1", "Harbour", "call Dana")


def test_a_won_deal_says_when_and_not_when_it_was_expected():
    said = deal_said(DEAL._replace(stage_id="8", close_on=date(2026, 9, 10)), KNOWN)
    assert (said["stage"], said["closed_on"]) == (Stage.WON, date(2026, 9, 10))
    assert "expected_on" not in said


@pytest.mark.parametrize(
    ("close", "since", "on"),
    [
        (
            date(2026, 10, 14),
            date(2026, 9, 11),
            date(2026, 9, 11),
        ),  # won early, and the day left where it was
        (date(2026, 9, 11), date(2026, 8, 3), date(2026, 8, 3)),  # so also once that day has passed
        (date(2026, 9, 3), date(2026, 9, 11), date(2026, 9, 3)),  # put in order later
        (date(2026, 9, 14), date(2026, 9, 13), date(2026, 9, 14)),  # closed where it is a day later
        (date(2026, 9, 15), date(2026, 9, 14), date(2026, 9, 14)),  # nothing was won tomorrow
        (date(2026, 10, 14), None, date(2026, 10, 14)),
        (None, date(2026, 9, 11), date(2026, 9, 11)),
    ],
)
def test_a_deal_was_won_no_later_than_its_stage_says(close, since, on):
    said = deal_said(DEAL._replace(stage_id="8", close_on=close, stage_since=since), KNOWN)
    assert said["closed_on"] == on


def test_no_amount_is_not_zero():
    assert "value_minor" not in deal_said(DEAL._replace(amount=None), KNOWN)
    assert deal_said(DEAL._replace(amount=Decimal(0)), KNOWN)["value_minor"] == 0


def test_another_currency_is_taken_by_its_rate():
    said = deal_said(DEAL._replace(amount=Decimal("1000"), currency="EUR"), KNOWN)
    assert (said["value_minor"], said["converted_minor"]) == (108_000, 108_000)


def test_without_a_rate_it_stays_in_its_own():
    said = deal_said(DEAL._replace(amount=Decimal("1000"), currency="GBP"), KNOWN)
    assert (said["value_minor"], said["converted_minor"], said["currency"]) == (100_000, None, "GBP")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"currency": "LOL"}, "which is none"),
        ({"amount": Decimal("-1")}, "below zero"),
        ({"amount": Decimal("NaN")}, "below zero"),
        ({"amount": Decimal("1e40")}, "more than one deal"),
        ({"stage_id": "404"}, "none that there is any more"),
        ({"stage_id": "9", "close_on": None}, "without a close date"),
    ],
)
def test_why_one_waits(change, why):
    with pytest.raises(NotYet, match="(?s)" + why.replace("…", ".")):
        deal_said(DEAL._replace(**change), KNOWN)


def test_what_may_not_be_read_says_nothing():
    said = deal_said(
        DEAL._replace(
            amount=None, close_on=None, next_step="", unread=frozenset({"amount", "close_on", "next_step"})
        ),
        KNOWN,
    )
    assert not said.keys() & {"value_minor", "expected_on", "next_step"}
    assert said["name"] == "Lockside"


def test_closed_before_it_began():
    said = deal_said(DEAL._replace(stage_id="8", close_on=date(2026, 8, 1)), KNOWN)
    assert (said["opened_on"], said["closed_on"]) == (None, date(2026, 8, 1))


def test_an_owner_who_left_keeps_their_name():
    said = deal_said(DEAL._replace(owner_id="8"), KNOWN)
    assert (said["owner_name"], said["owner_id"]) == ("Gone Person", None)


def test_words_there_are_words_here():
    said = deal_said(DEAL._replace(name=" Lock\n\u202eside "), replace(KNOWN, accounts={"a": "\x00Harbour"}))
    assert (said["name"], said["account"]) == ("Lock side", "Harbour")


@pytest.mark.parametrize(
    ("amount", "currency", "minor"), [("1.005", "USD", 100), ("1.015", "USD", 102), ("7", "JPY", 7)]
)
def test_minor_units(amount, currency, minor):
    assert in_minor(Decimal(amount), currency) == minor
