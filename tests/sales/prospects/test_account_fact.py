"""One fact first: what tells something of somebody, what goes out, and how far the name of an account goes (#18)."""

import pytest

from sales.followups.activity import ActivityKind
from sales.prospects.account_fact import LoggedWords, goes_out, read_fact, says_something
from sales.prospects.account_fact_phrase import TypedFact, read_account_fact
from sales.refusal import Refusal

CALL, EMAIL, MEETING = ActivityKind.CALL, ActivityKind.EMAIL, ActivityKind.MEETING


@pytest.mark.parametrize(
    ("kind", "outcome", "told"),
    [
        (CALL, "they open a depot in May", True),
        (CALL, "spoke, wants a pilot", True),
        (MEETING, "saw the depot", True),
        (EMAIL, "they asked for the price", True),
        (CALL, "no answer", False),
        (CALL, "left a voicemail", False),
        (EMAIL, "sent the brochure", False),
        (CALL, "", False),
    ],
)
def test_words_of_a_touch_tell_of_them_or_only_of_us(kind, outcome, told):
    assert says_something(LoggedWords(kind, outcome)) is told


def test_what_begins_from_our_side_goes_out():
    assert goes_out([EMAIL])
    assert goes_out([MEETING, CALL])
    assert not goes_out([MEETING, ActivityKind.SERVICE])
    assert not goes_out([])


@pytest.mark.parametrize(
    ("typed", "known", "account", "says"),
    [
        ("Acme they open a plant in Graz", (), "Acme", "they open a plant in Graz"),
        ("Acme: a plant in Graz opens", (), "Acme", "a plant in Graz opens"),
        ("Acme – a plant in Graz opens", (), "Acme", "a plant in Graz opens"),
        ("Alder Yard a plant opens", ("Alder", "Alder Yard"), "Alder Yard", "a plant opens"),
        ("alder yard: a plant opens", ("Alder Yard",), "Alder Yard", "a plant opens"),
        ('"Alder Yard" a plant opens', (), "Alder Yard", "a plant opens"),
        ("Alder Yard", (), "Alder Yard", ""),
        ("Alder Yard", ("Alder Yard",), "Alder Yard", ""),
    ],
)
def test_the_name_ends_where_something_tells(typed, known, account, says):
    assert read_account_fact(typed, known) == TypedFact(account, says)


def test_where_nothing_tells_it_is_asked():
    with pytest.raises(Refusal) as asked:
        read_account_fact("Acme Works a plant opens in Graz", ())
    assert [one.label for one in asked.value.readings] == ["Acme", "Acme Works"]
    for one in asked.value.readings:
        found = read_account_fact(one.typed.removeprefix("/lead fact "), ())
        assert found.account == one.label
        assert found.says.endswith("a plant opens in Graz")


@pytest.mark.parametrize("typed", ["", " : ", "…"])
def test_a_fact_says_something(typed):
    with pytest.raises(Refusal):
        read_fact(typed, "says")
