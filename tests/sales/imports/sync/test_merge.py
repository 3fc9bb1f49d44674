"""Two sides of a deal: what they changed comes, what somebody here changed stays, what both changed is shown."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sales.imports.sync.merge import merge, plain
from sales.pipeline.opportunity import Stage

BASE = {
    "name": "Lockside",
    "account": "Harbour",
    "owner_name": "Ana Kovač",
    "owner_id": "U1",
    "stage": Stage.OPEN,
    "stage_label": "Talking",
    "closed_on": None,
    "opened_on": date(2026, 9, 1),
    "value_minor": 2_400_000,
    "converted_minor": None,
    "currency": "USD",
    "expected_on": date(2026, 10, 14),
}


def kept(values):
    return {name: None if value is None else plain(value) for name, value in values.items()}


def test_what_they_changed_is_taken():
    theirs = {**BASE, "value_minor": 3_150_000}
    assert merge(kept(BASE), theirs, BASE).news["value_minor"] == 3_150_000


def test_what_somebody_here_changed_stays_while_they_say_what_they_said():
    ours = {**BASE, "expected_on": date(2026, 10, 23)}
    found = merge(kept(BASE), {**BASE, "value_minor": 1}, ours)
    assert "expected_on" not in found.news
    assert found.contested == {}


def test_what_both_changed_is_theirs_and_ours_is_kept_beside_it():
    ours = {**BASE, "expected_on": date(2026, 10, 23)}
    found = merge(kept(BASE), {**BASE, "expected_on": date(2026, 11, 20)}, ours)
    assert found.news == {"expected_on": date(2026, 11, 20)}
    assert found.contested == {"close": {"expected_on": date(2026, 10, 23)}}


def test_it_is_shown_until_somebody_decides():
    theirs, held = {**BASE, "expected_on": date(2026, 11, 20)}, {"close": {"expected_on": "2026-10-23"}}
    assert merge(kept(theirs), theirs, theirs, held) == ({}, held)
    ours = {**BASE, "expected_on": date(2026, 10, 23)}
    assert merge(kept(theirs), ours, theirs, held).contested == {}  # they say so by now
    other = {**BASE, "expected_on": date(2026, 10, 30)}
    assert merge(kept(theirs), theirs, other, held) == ({}, {})  # somebody here said another day since


def test_both_changed_it_to_the_same():
    theirs = {**BASE, "stage_label": "Proposal"}
    assert merge(kept(BASE), theirs, theirs) == ({}, {})


def test_won_there_is_won_here_whatever_was_moved():
    ours = {**BASE, "stage_label": "Proposal", "value_minor": 9}
    theirs = {**BASE, "stage": Stage.WON, "stage_label": "Closed won", "closed_on": date(2026, 9, 14)}
    found = merge(kept(BASE), theirs, ours)
    assert found.news["stage"] is Stage.WON
    assert found.news["closed_on"] == date(2026, 9, 14)
    assert found.news["value_minor"] == BASE["value_minor"]
    assert found.contested == {}


def test_a_day_of_closing_that_they_put_right_is_taken_and_one_said_here_stays():
    won = {**BASE, "stage": Stage.WON, "stage_label": "Closed won", "closed_on": date(2026, 9, 14)}
    theirs = {**won, "closed_on": date(2026, 9, 10)}
    assert merge(kept(won), theirs, won).news == {"closed_on": date(2026, 9, 10)}
    opened = {**won, "opened_on": date(2026, 9, 12)}
    early = {**theirs, "opened_on": date(2026, 9, 1)}
    assert merge(kept(won), early, opened).news == {
        "closed_on": date(2026, 9, 10),
        "opened_on": date(2026, 9, 1),
    }
    assert merge(kept(won), won, {**won, "closed_on": date(2026, 9, 11)}) == ({}, {})


def test_what_may_not_be_read_says_nothing():
    theirs = {
        name: value
        for name, value in BASE.items()
        if name not in ("value_minor", "converted_minor", "currency")
    }
    found = merge(kept(BASE), theirs, {**BASE, "value_minor": 7})
    assert found == ({}, {})


def test_the_first_time_they_say_what_is_so():
    assert merge(None, {**BASE, "stage_label": "Proposal"}, BASE).news["stage_label"] == "Proposal"


dates = st.dates(min_value=date(2026, 1, 1), max_value=date(2026, 12, 31))


@given(base=dates, theirs=dates, ours=dates)
def test_nobodys_change_is_lost_in_silence(base, theirs, ours):
    found = merge(
        kept({**BASE, "expected_on": base}), {**BASE, "expected_on": theirs}, {**BASE, "expected_on": ours}
    )
    if theirs in (ours, base):
        assert found == ({}, {})
    else:
        assert found.news == {"expected_on": theirs}
        assert found.contested == ({} if ours == base else {"close": {"expected_on": ours}})
