"""Content events: what senders may say, who did what, and whom nobody was in touch with since (#41)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.language.names.match import folded
from sales.prospects.content_event import ContentAction, StoredContentEvent, readers, untouched
from sales.prospects.content_event_phrase import read_event, read_events
from sales.refusal import Refusal
from tests.known import T0

SAID = {"id": "e-1", "email": "Dana@Alder.Example", "content": "Pricing guide"}


def event(number=1, content="Guide", **more):
    said = {
        "id": number,
        "event_id": f"e-{number}",
        "email": "dana@alder.example",
        "name": "Dana Roe",
        "account": "Alder Yard",
        "content": content,
        "happened_at": T0 + timedelta(minutes=number),
        "received_at": T0 + timedelta(minutes=number),
    }
    return StoredContentEvent.model_validate({**said, **more})


# as senders tell it


def test_an_event_as_the_docs_show_it():
    found = read_event(
        {**SAID, "account": "Alder", "action": "download", "at": "2026-09-14T10:30:00+02:00"}, T0
    )
    assert found.email == "dana@alder.example"
    assert found.action is ContentAction.DOWNLOADED
    assert found.happened_at == datetime(2026, 9, 14, 8, 30, tzinfo=UTC)


def test_what_is_not_said_has_its_meaning():
    found = read_event(SAID, T0)
    assert found.action is ContentAction.READ
    assert found.happened_at == T0


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({**SAID, "id": ""}, "id"),
        ({**SAID, "content": None}, "content"),
        ({"id": "e", "content": "Guide"}, "email"),
        ({**SAID, "email": "nobody"}, "email"),
        ({**SAID, "email": 5}, "email"),
        ({**SAID, "email": ["a@b.c"]}, "email"),
        ({**SAID, "action": "danced"}, "action"),
        ({**SAID, "at": "yesterday"}, "at"),
        ({**SAID, "at": "2026-09-14T10:30:00"}, "at"),
        ({**SAID, "at": "2027-01-01T00:00:00Z"}, "at"),
        ({**SAID, "id": "x" * 101}, "id"),
        ("Dana", "events"),
    ],
)
def test_what_is_no_event_is_refused_with_its_field(said, field):
    with pytest.raises(Refusal) as refused:
        read_event(said, T0)
    assert refused.value.field == field


def test_one_several_or_none():
    assert len(read_events(SAID, 2, T0)) == 1
    assert len(read_events([SAID, SAID], 2, T0)) == 2
    assert len(read_events({"events": [SAID]}, 2, T0)) == 1
    for wrong in ([], {"events": []}, [SAID] * 3, None, 5):
        with pytest.raises(Refusal):
            read_events(wrong, 2, T0)


FIELDS = st.sampled_from(["id", "email", "content", "at", "action", "account", "events"])
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(FIELDS, inner),
)


@given(ANY_JSON)
def test_whatever_json_comes_is_an_event_or_refused(said):
    try:
        found = read_events(said, 3, T0)
    except Refusal:
        return
    assert all(one.event_id and one.content and one.happened_at <= T0 for one in found)


# who did what


def test_who_reads_one_thing_three_times_is_told_of_it_once():
    (one,) = readers([event(1), event(2), event(3), event(4, "Prices")])
    assert [each.content for each in one.events] == ["Prices", "Guide"]
    assert one.who == "Dana Roe at Alder Yard"


def test_a_lead_is_one_person_under_two_addresses():
    found = readers(
        [event(1, lead_id=7), event(2, lead_id=7, email="roe@alder.example"), event(3, email="x@y.z")]
    )
    assert len(found) == 2


def test_whoever_was_spoken_to_since_is_left_out():
    found = readers([event(1)])
    name, earlier, later = folded("alder yard"), T0, T0 + timedelta(minutes=5)
    assert untouched(found, [(name, earlier)]) == found
    assert untouched(found, [(folded("Birch"), later)]) == found
    assert untouched(found, [(name, later)]) == []
    assert untouched(found, [(folded("Dana Roe"), later)]) == []


@given(st.lists(st.tuples(st.sampled_from(["a@x.y", "b@x.y", "c@x.y"]), st.sampled_from("GHI")), max_size=12))
def test_everybody_who_did_something_is_there_once_the_latest_first(pairs):
    found = readers([event(at, what, email=who) for at, (who, what) in enumerate(pairs, 1)])
    assert sorted(one.newest.email for one in found) == sorted({who for who, _ in pairs})
    times = [one.newest.happened_at for one in found]
    assert times == sorted(times, reverse=True)
