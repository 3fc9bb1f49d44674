"""When a CRM is asked, and when somebody hears that it cannot be."""

from datetime import timedelta

from sales.imports.sync.connection import CrmConnection, CrmState
from sales.imports.sync.record import Vendor
from tests.known import T0

MINUTE = timedelta(minutes=1)


def connection() -> CrmConnection:
    return CrmConnection(vendor=Vendor.SALESFORCE, secret="-", connected_at=T0)


def test_when_a_crm_may_be_read():
    row = connection()
    assert row.may_be_read(T0)
    row.failed("too many requests", T0, MINUTE)
    assert not row.may_be_read(T0)
    assert row.may_be_read(T0 + MINUTE)
    row.state = CrmState.NEEDS_TOKEN
    assert not row.may_be_read(T0 + 60 * MINUTE)


def test_trouble_is_told_once_it_lasts_and_a_long_pause_at_once():
    row = connection()
    told = []
    for at in range(4):
        row.failed("too many requests", T0 + at * 5 * MINUTE, MINUTE)
        told.append(row.is_told)
    assert told == [False, False, True, True]
    row.told_at = T0
    assert not row.is_told
    paused = connection()
    paused.failed("the day's requests are used", T0, 60 * MINUTE)
    assert paused.is_told
    refused = connection()
    refused.failed("refused", T0)
    refused.state = CrmState.NEEDS_TOKEN
    assert refused.is_told
