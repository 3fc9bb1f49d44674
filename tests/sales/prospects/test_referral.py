"""Referrals: two weeks after a win or a happy word, once a year, and counted to introductions and deals (#42)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.prospects.referral import (
    Introduced,
    NotedTalk,
    RecentWin,
    Referral,
    ReferralCause,
    ReferralState,
    StoredReferral,
    count_referrals,
    happy_words,
    is_by_referral,
    to_say_in_morning,
    whom_to_ask,
)
from sales.prospects.referral_phrase import ReferralDraft, read_referral
from sales.refusal import Refusal

TODAY = date(2026, 9, 28)
DAY = timedelta(days=1)


def win(name="Alder Yard", days_ago=14, number=1):
    return RecentWin(number, name, TODAY - days_ago * DAY, "Dana Poe")


def note(words="very happy with it", who="Alder Yard", days_ago=14):
    return NotedTalk(who, TODAY - days_ago * DAY, words)


def asked(who="Alder Yard", days_ago=30, state=ReferralState.ASKED, **more):
    return StoredReferral(id=1, owner_id="U1", who=who, on=TODAY - days_ago * DAY, state=state, **more)


@pytest.mark.parametrize(("days_ago", "count"), [(13, 0), (14, 1), (90, 1), (91, 0)])
def test_two_weeks_after_a_win_and_not_for_ever(days_ago, count):
    assert len(whom_to_ask([win(days_ago=days_ago)], [], [], TODAY)) == count


@pytest.mark.parametrize(("days_ago", "count"), [(0, 0), (13, 0), (14, 1), (28, 1), (29, 0)])
def test_two_weeks_after_a_happy_word(days_ago, count):
    assert len(whom_to_ask([], [note(days_ago=days_ago)], [], TODAY)) == count


def test_a_customer_is_named_once_and_the_happy_word_is_the_reason():
    (one,) = whom_to_ask([win()], [note()], [], TODAY)
    assert one.cause is ReferralCause.HAPPY
    assert one.words == "very happy"
    assert one.contact == "Dana Poe"
    assert one.deal_id == 1


@pytest.mark.parametrize("state", [ReferralState.ASKED, ReferralState.DECLINED, ReferralState.LEFT_OUT])
def test_whoever_was_asked_is_left_alone_for_a_year(state):
    assert whom_to_ask([win()], [note()], [asked("ALDER yard", 364, state)], TODAY) == []
    assert whom_to_ask([win()], [], [asked("Alder Yard", 365, state)], TODAY)


@pytest.mark.parametrize(
    "words",
    [
        "they are very happy with it",
        "Delighted!",
        "she loves the new board",
        "great feedback from the depot",
        "would recommend us",
        "couldn't be happier",
    ],
)
def test_happy_words(words):
    assert happy_words(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "happy to talk next week",
        "not happy with the delivery",
        "they aren't happy",
        "unhappy",
        "never been less than satisfied to wait",
        "not very pleased",
        "sent the brochure",
        "would be happy if it were cheaper",
    ],
)
def test_words_that_only_sound_happy(words):
    assert happy_words(words) == ""


def test_asks_introductions_and_deals_are_counted():
    asks = [
        asked("Alder"),
        asked("Birch", state=ReferralState.DECLINED),
        asked("Cedar", state=ReferralState.LEFT_OUT),
    ]
    leads = [
        Introduced(1, TODAY, is_deal=True, is_won=True),
        Introduced(2, TODAY),
        Introduced(3, TODAY - 400 * DAY),
    ]
    count = count_referrals(asks, leads, TODAY)
    assert (count.asked, count.introduced, count.deals, count.won, count.declined) == (2, 2, 1, 1, 1)
    assert [one.who for one in count.waiting] == ["Alder"]
    assert not count.claims_a_rate


def test_an_introduction_whose_lead_is_gone_still_counts():
    gone = asked(state=ReferralState.INTRODUCED, introduced="Ben Hall")
    kept = asked(state=ReferralState.INTRODUCED, introduced="Kim Lee", lead_id=4)
    assert count_referrals([gone, kept], [Introduced(4, TODAY)], TODAY).introduced == 2


def test_an_introduction_names_somebody():
    with pytest.raises(ValueError, match="to whom"):
        Referral(owner_id="U1", who="Alder", on=TODAY, state=ReferralState.INTRODUCED)
    with pytest.raises(ValueError, match="to whom"):
        Referral(owner_id="U1", who="Alder", on=TODAY, introduced="Ben Hall")


@pytest.mark.parametrize(
    ("source", "is_one"),
    [
        ("Referral", True),
        ("customer referrals", True),
        ("Introduced by Ed", True),
        ("Web form", False),
        (None, False),
    ],
)
def test_sources_that_are_referrals(source, is_one):
    assert is_by_referral(source) is is_one


@pytest.mark.parametrize(
    ("typed", "draft"),
    [
        ("Alder Yard", ReferralDraft("Alder Yard", ReferralState.ASKED)),
        ("asked Alder Yard for an introduction", ReferralDraft("Alder Yard", ReferralState.ASKED)),
        ("Alder Yard declined", ReferralDraft("Alder Yard", ReferralState.DECLINED)),
        ("Alder would rather not", ReferralDraft("Alder", ReferralState.DECLINED)),
        (
            "Alder Yard introduced Ben Hall at Borealis",
            ReferralDraft("Alder Yard", ReferralState.INTRODUCED, "Ben Hall", "Borealis"),
        ),
        ("Dana referred me to Ben Hall", ReferralDraft("Dana", ReferralState.INTRODUCED, "Ben Hall")),
        (
            "Ben Hall at Borealis introduced by Alder",
            ReferralDraft("Alder", ReferralState.INTRODUCED, "Ben Hall", "Borealis"),
        ),
    ],
)
def test_what_is_typed_of_a_referral(typed, draft):
    assert read_referral(typed) == draft


@pytest.mark.parametrize("typed", ["", "  ", "…", "introduced Ben"])
def test_nobody_is_no_referral(typed):
    if typed == "introduced Ben":
        assert read_referral(typed).state is ReferralState.ASKED
        return
    with pytest.raises(Refusal):
        read_referral(typed)


@given(
    st.lists(st.tuples(st.sampled_from(["A", "B", "C"]), st.integers(0, 120)), max_size=8),
    st.lists(st.tuples(st.sampled_from(["A", "B", "C"]), st.integers(0, 120)), max_size=8),
    st.lists(st.tuples(st.sampled_from(["A", "B", "C"]), st.integers(0, 700)), max_size=4),
)
def test_nobody_is_asked_twice_and_nobody_too_early(wins, notes, known):
    found = whom_to_ask(
        [win(name, ago, number) for number, (name, ago) in enumerate(wins)],
        [note(who=name, days_ago=ago) for name, ago in notes],
        [asked(name, ago) for name, ago in known],
        TODAY,
    )
    names = [one.who for one in found]
    assert len(names) == len(set(names))
    assert all(TODAY - one.on >= 14 * DAY for one in found)
    assert not {name for name, ago in known if ago < 365} & set(names)


def mornings(ask, days):
    """The days, counted from its first, on which a rep with a note each working day is told of one ask."""
    told, last = [], None
    for number in range(days):
        day = TODAY + number * DAY
        if day.weekday() >= 5:
            continue
        if to_say_in_morning([ask], last, day):
            told.append(number)
        last = day
    return told


def test_a_morning_names_an_ask_when_it_opens_and_every_two_weeks():
    """Five mornings with the same line teach one to look past it; it stands on Home."""
    [ask] = whom_to_ask([win()], [], [], TODAY)
    assert mornings(ask, 40) == [0, 14, 28]


def test_a_turn_that_falls_on_a_day_off_is_told_the_next_morning():
    [ask] = whom_to_ask([win(days_ago=16)], [], [], TODAY)  # open since a Saturday
    assert mornings(ask, 20) == [0, 14]


def test_who_had_no_note_of_late_is_told():
    assert to_say_in_morning(whom_to_ask([win(days_ago=30)], [], [], TODAY), None, TODAY)
