"""What HubSpot's properties say: strings, nulls, instants, days in the account's zone."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.imports.sync.hubspot.instant import at_milliseconds, instant, milliseconds
from sales.imports.sync.hubspot.record import (
    DealLinks,
    amount,
    day,
    instant_of_day,
    links_of,
    matched_by_merge,
    read_deal,
    refused_fields,
    stage_kind,
    zone_named,
)
from sales.imports.sync.record import CrmStageKind

ZONES = ("UTC", "America/Denver", "Asia/Kolkata", "Pacific/Auckland", "Europe/Ljubljana", "Pacific/Apia")
instants = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
days = st.dates(date(2000, 1, 2), date(2098, 12, 30))


@given(instants)
def test_milliseconds_are_exact(at):
    whole = at.replace(microsecond=at.microsecond // 1000 * 1000)
    assert at_milliseconds(milliseconds(at)) == whole
    assert instant(str(milliseconds(at))) == whole
    assert instant(at.isoformat().replace("+00:00", "Z")) == at


@pytest.mark.parametrize(
    "value", [None, "", "soon", "9" * 29, "2026-13-01", "-", "0001-01-01T00:00:00+23:00"]
)
def test_what_is_no_instant(value):
    assert instant(value) is None
    assert day(value, "UTC") is None


def test_a_day_is_the_accounts():
    late = "2027-01-16T04:30:00Z"
    assert day(late, "America/Denver") == date(2027, 1, 15)
    assert day(late, "Asia/Kolkata") == date(2027, 1, 16)
    assert day("2026-10-14", "UTC") == date(2026, 10, 14)


@given(days, st.none() | instants, st.sampled_from(ZONES))
def test_a_day_that_is_written_is_read_as_that_day(on, before, zone):
    """Whatever time of day stood there, and whatever the clocks do that night: the day stays the day."""
    if zone == "Pacific/Apia" and on == date(2011, 12, 30):
        return  # there was none
    was = before.isoformat() if before else None
    assert day(instant_of_day(on, was, zone), zone) == on


def test_the_time_of_day_stays():
    written = instant_of_day(date(2026, 12, 1), "2026-07-01T22:15:00Z", "America/Denver")
    assert instant(written) == datetime(2026, 12, 1, 16, 15, tzinfo=ZoneInfo("America/Denver"))


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("18400.50", Decimal("18400.50")),
        ("0", Decimal(0)),
        ("1E+3", Decimal(1000)),
        (None, None),
        ("", None),
        ("n/a", None),
        ("NaN", None),
        ("Infinity", None),
    ],
)
def test_an_amount_is_exact(value, read):
    assert amount(value) == read


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_no_cent_is_lost(value):
    assert amount(str(value)) == value


def deal(**properties):
    said = {"dealname": "Lockside", "dealstage": "s", "amount": "1", "closedate": None, "hs_next_step": None}
    said |= {"hubspot_owner_id": "7", "hs_lastmodifieddate": "2026-09-14T09:00:00.120Z", **properties}
    row = {"id": "7", "properties": {name: value for name, value in said.items() if value != "absent"}}
    return read_deal(row, DealLinks(), "UTC", "usd")


def test_empty_is_not_unread():
    assert deal(amount=None).unread == frozenset()
    assert (deal(amount=None).amount, deal(amount=None).currency) == (None, None)
    assert deal(amount="absent").unread == {"amount"}
    assert deal(amount="a lot").unread == {"amount"}
    assert deal(closedate="absent", hs_next_step="absent").unread == {"close_on", "next_step"}
    assert deal(closedate="whenever").unread == {"close_on"}
    assert deal().currency == "USD"


@pytest.mark.parametrize(
    ("metadata", "kind"),
    [
        ({"probability": "1.0", "isClosed": "true"}, CrmStageKind.WON),
        ({"probability": "1.0"}, CrmStageKind.WON),
        ({"probability": "0.0", "isClosed": "true"}, CrmStageKind.LOST),
        ({"probability": "0.0", "isClosed": "false"}, CrmStageKind.OPEN),
        ({"probability": "1.0", "isClosed": "false"}, CrmStageKind.OPEN),
        ({"probability": "0.9", "isClosed": "false"}, CrmStageKind.OPEN),
        ({"probability": 1, "isClosed": True}, CrmStageKind.WON),
        ({"probability": "0.3", "isClosed": "true"}, CrmStageKind.LOST),
        ({}, CrmStageKind.OPEN),
    ],
)
def test_what_a_stage_is(metadata, kind):
    assert stage_kind(metadata) is kind


def test_the_primary_account_comes_first():
    usual, primary = {"typeId": 341}, {"typeId": 5}
    to = [
        {"toObjectId": 3, "associationTypes": [usual]},
        {"toObjectId": 20, "associationTypes": [usual, primary]},
        {"toObjectId": 1, "associationTypes": []},
    ]
    assert links_of({"to": to}) == ["20", "1", "3"]


def test_merged_ids_lead_to_what_they_became():
    rows = [
        {"id": "9", "properties": {"hs_merged_object_ids": "1;2; 3"}},
        {"id": "4", "properties": {"hs_merged_object_ids": None}},
    ]
    found = matched_by_merge(["1", "3", "4", "9", "5"], rows)
    assert {asked: row["id"] for asked, row in found.items()} == {"1": "9", "3": "9", "9": "9", "4": "4"}


@pytest.mark.parametrize(
    "body", [None, "", [], {}, {"errors": None}, {"errors": ["x"]}, {"errors": [{"context": None}]}]
)
def test_a_refusal_that_names_no_field(body):
    assert refused_fields(body) == []


def test_a_refusal_names_fields_in_words():
    errors = [
        {"context": {"propertyName": ["closedate", "hs_next_step"]}},
        {"context": {"propertyName": "a_{b}"}},
    ]
    assert refused_fields({"errors": errors}) == ["close date", "next step", "a b"]


def test_a_zone_that_there_is_not():
    assert zone_named("Mars/Olympus") == zone_named("../etc/passwd") == "UTC"
    assert zone_named("US/Eastern") == "US/Eastern"
