"""Lines about a contact's time, and plain words that can mean nothing else (#57)."""

import re

import pytest

from sales.pipeline.contact_phrase import PLAIN, read_contact
from sales.pipeline.deal_contact import StoredContact, contact_meant
from sales.refusal import Refusal

BEST = {"best": "tue 09:00-10:00"}


@pytest.mark.parametrize(
    ("typed", "name", "customer", "terms"),
    [
        ("Dana prefers Tue 9–10", "Dana", "", BEST),
        ("Dana Roe likes to be called Tue 9-10", "Dana Roe", "", BEST),
        ("best time to call Dana at Lockside is Tue 9-10", "Dana", "Lockside", BEST),
        ("Dana is best reached Tue 9-10.", "Dana", "", BEST),
        ("Dana is in New York", "Dana", "", {"zone": "America/New_York"}),
        ("Dana at Lockside is in London time", "Dana", "Lockside", {"zone": "Europe/London"}),
        ("never call Dana", "Dana", "", {"never_call": True}),
        ("don't call Dana Roe", "Dana Roe", "", {"never_call": True}),
        ("Dana wants no calls", "Dana", "", {"never_call": True}),
        ("Dana e-mail only", "Dana", "", {"email_only": True}),
        ("Dana may be called again", "Dana", "", {"never_call": False, "email_only": False}),
    ],
)
def test_what_is_read(typed, name, customer, terms):
    assert read_contact(typed) == (name, customer, terms)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Dana is in Atlantis", "no time zone"),
        ("Dana prefers mornings, only after 14:00", "contradict"),
        ("Dana", "Say who"),
        ("", "Say who"),
    ],
)
def test_what_is_refused(typed, said):
    with pytest.raises(Refusal, match=said):
        read_contact(typed)


@pytest.mark.parametrize(
    ("typed", "is_ours"),
    [
        ("Dana prefers Tue 9-10", True),
        ("Dana is in New York", True),
        ("never call Dana", True),
        ("Acme prefers a pilot", False),
        ("Acme is in negotiation", False),
        ("call Dana on Tuesday", False),
    ],
)
def test_plain_words(typed, is_ours):
    assert any(re.fullmatch(pattern, typed, re.IGNORECASE) for pattern in PLAIN) is is_ours


def people(*names):
    return [StoredContact(id=at, opportunity_id=1, name=name) for at, name in enumerate(names)]


@pytest.mark.parametrize(
    ("names", "text", "meant"),
    [
        (("Dana Roe",), "Lockside call about the quote", "Dana Roe"),
        (("Dana Roe", "Ola Berg"), "Lockside call Ola about it", "Ola Berg"),
        (("Dana Roe", "Ola Berg"), "Lockside call about it", None),
        (("Dana Roe", "Dana Low"), "Lockside call Dana", None),
        (("Dana Roe", "Dana Low"), "Lockside call dana low", "Dana Low"),
        (("Dana Roe", "Dana Roë"), "Lockside call", "Dana Roë"),
        ((), "Lockside call", None),
    ],
)
def test_who_is_meant(names, text, meant):
    one = contact_meant(people(*names), text)
    assert (one.name if one else None) == meant
