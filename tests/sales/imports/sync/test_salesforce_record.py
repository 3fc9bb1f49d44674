"""What Salesforce's records and queries say: ids, amounts, days and whatever somebody typed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.imports.sync.record import CrmPlace
from sales.imports.sync.salesforce.record import (
    currency_of,
    domain_of,
    id18,
    instant,
    read_deal,
    read_stage,
    read_task,
)
from sales.imports.sync.salesforce.soql import quoted, within

AT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)


@given(st.text())
def test_nothing_typed_ends_its_quotes(typed):
    """Whatever stands in a text, it is read back as it was, and its quotes end at the end."""
    inside, at = quoted(typed)[1:-1], 0
    read = ""
    while at < len(inside):
        assert inside[at] != "'"
        step = 2 if inside[at] == "\\" else 1
        read += (
            inside[at + step - 1] if step == 1 else {"n": "\n", "r": "\r"}.get(inside[at + 1], inside[at + 1])
        )
        at += step
    assert read == typed


def test_ids_of_both_lengths_are_one():
    assert id18("001A000000k9Vq2") == id18(id18("001A000000k9Vq2"))
    assert id18("aaaaaaaaaaaaaaa") == "aaaaaaaaaaaaaaaAAA"
    assert id18("AAAAAaaaaaAaaaa") == "AAAAAaaaaaAaaaa5AB"
    assert id18("") == ""


@pytest.mark.parametrize(
    ("locale", "code"),
    [("en_US", "USD"), ("de_DE", "EUR"), ("en_GB", "GBP"), ("", ""), ("en", ""), ("xx_XX", "")],
)
def test_a_locale_has_a_currency(locale, code):
    assert currency_of(locale) == code


def test_a_field_that_did_not_come_says_nothing():
    deal = read_deal({"Id": "006A", "Name": "Lockside", "Amount": None}, "UTC", "USD")
    assert (deal.amount, deal.currency) == (None, None)
    assert deal.unread == {"close_on", "next_step", "owner_id", "stage_id", "account_id"}


@pytest.mark.parametrize("value", [True, "24000", Decimal("NaN"), [], None])
def test_what_is_no_amount(value):
    assert read_deal({"Id": "006A", "Amount": value}, "UTC", "USD").amount is None


def test_a_task_is_on_the_day_it_is_for():
    row = {"Id": "00T1", "IsClosed": True, "CompletedDateTime": "2026-09-15T01:00:00.000+0000"}
    assert read_task({**row, "ActivityDate": "2026-09-14"}, "America/Denver").at == datetime(
        2026, 9, 15, 1, tzinfo=UTC
    )
    other = read_task({**row, "ActivityDate": "2026-09-10"}, "America/Denver").at
    assert other.date() == date(2026, 9, 10)


def test_a_place_is_gone_on_behind():
    asked = within(CrmPlace(AT, "006X"), AT)
    assert asked.endswith("AND (SystemModstamp > 2026-09-14T09:00:00.000Z OR Id > '006X')")
    assert "OR" not in within(CrmPlace(AT), AT)


def test_odd_values():
    assert instant("2026-09-14T09:00:00.000+0000") == AT
    assert instant("yesterday") is None
    assert domain_of("https://www.Lock.example/x?y") == "lock.example"
    assert domain_of("lock.example") == "lock.example"
    assert read_stage({"ApiName": "Paper Out", "IsClosed": True, "IsWon": None}).kind == "lost"
