"""The webhook's signature: whoever has the secret, within five minutes, over the very bytes (#41)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.prospects.webhook import (
    GRACE,
    SIGNATURE,
    TIMESTAMP,
    WINDOW,
    WebhookSecret,
    is_genuine,
    next_secret,
    signature,
)
from tests.known import T0

SECRET, OTHER = "s" * 43, "o" * 43
BODY = b'{"id": "e-1"}'


def known(secret=SECRET, **more):
    return WebhookSecret(secret=secret, made_at=T0, made_by="U3", **more)


def headers(secret=SECRET, at=T0, body=BODY):
    stamp = str(int(at.timestamp()))
    return {TIMESTAMP: stamp, SIGNATURE: signature(secret, stamp, body)}


def test_what_the_secret_signed_now_is_genuine():
    assert is_genuine(known(), headers(), BODY, T0)


def test_the_scheme_is_the_documented_one():
    """As a sender works it out that has never seen our code."""
    worked_out = "47e0bf615aca6ab4977ea2e86ee4dc19afb7cd0ad216d75b7fcf79397399fb60"
    assert signature("k" * 32, "1789376400", b"{}") == f"v0={worked_out}"


@pytest.mark.parametrize("off", [WINDOW + timedelta(seconds=1), -WINDOW - timedelta(seconds=1)])
def test_what_is_signed_too_early_or_too_late_is_not(off):
    assert not is_genuine(known(), headers(at=T0 + off), BODY, T0)
    assert is_genuine(known(), headers(at=T0 + off), BODY, T0 + off)


@pytest.mark.parametrize(
    "given_headers",
    [
        {},
        {TIMESTAMP: "soon", SIGNATURE: "v0=00"},
        {TIMESTAMP: "9" * 13, SIGNATURE: "v0=00"},
        {TIMESTAMP: str(int(T0.timestamp())), SIGNATURE: "é"},
        {TIMESTAMP: str(int(T0.timestamp()))},
    ],
)
def test_what_is_no_signature_is_refused_in_peace(given_headers):
    assert not is_genuine(known(), given_headers, BODY, T0)


def test_where_nobody_may_send_nothing_is_genuine():
    assert not is_genuine(None, headers(), BODY, T0)
    assert not is_genuine(None, headers("nobody has this one"), BODY, T0)


def test_a_new_secret_ends_the_old_one_at_once_or_after_a_day():
    ended = next_secret(known(), OTHER, T0, "U3", at_once=True)
    assert not is_genuine(ended, headers(), BODY, T0)
    overlaps = next_secret(known(), OTHER, T0, "U3", at_once=False)
    assert is_genuine(overlaps, headers(), BODY, T0)
    assert is_genuine(overlaps, headers(OTHER), BODY, T0)
    later = T0 + GRACE
    assert not is_genuine(overlaps, headers(at=later), BODY, later)


@given(body=st.binary(max_size=80), place=st.integers(min_value=0), other=st.integers(1, 255))
def test_one_bit_more_or_less_is_another_body(body, place, other):
    signed = headers(body=body)
    changed = bytearray(body or b"\x00")
    changed[place % len(changed)] ^= other
    assert is_genuine(known(), signed, body, T0)
    assert not is_genuine(known(), signed, bytes(changed), T0)
