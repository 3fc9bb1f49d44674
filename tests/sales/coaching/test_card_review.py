"""When somebody is asked of a card that is past its review day, and who keeps it true."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.card_review import (
    ASKED_AGAIN,
    MOST_ASKED,
    CardReview,
    TeamReaders,
    keepers,
    may_be_asked,
    open_questions,
    past_its_day,
)
from sales.coaching.drill.card import Deck, StoredCard

FRIDAY, MONDAY = date(2026, 9, 18), date(2026, 9, 21)
READERS = TeamReaders({"ana", "mia", "oto"}, ["mia", "oto"])


def card(review=FRIDAY, number=7, **more) -> StoredCard:
    return StoredCard(
        deck=Deck.OBJECTIONS, question="Too dear?", answer="Ask", review_by=review, id=number, **more
    )


def asked(on, review=FRIDAY, number=7) -> CardReview:
    return CardReview(user_id="ana", card_id=number, review_by=review, asked_on=on)


def test_its_owner_keeps_it_then_who_manages():
    assert list(keepers(card(owner_id="ana"), READERS)) == ["ana"]
    assert list(keepers(card(owner_id="ben"), READERS)) == ["mia", "oto"]
    assert list(keepers(card(), READERS)) == ["mia", "oto"]
    assert list(keepers(card(owner_id="mia", for_id="ben"), READERS)) == ["ben"]


def test_the_day_itself_is_not_past():
    assert past_its_day([card()], [], FRIDAY) == []
    assert past_its_day([card()], [], FRIDAY + timedelta(days=1)) == [card()]


def test_what_waits_longest_comes_first():
    old = card(FRIDAY - timedelta(days=9), 8)
    assert past_its_day([card(), old], [], MONDAY) == [old, card()]


def test_once_more_after_two_weeks_and_then_no_more():
    again = MONDAY + ASKED_AGAIN
    assert past_its_day([card()], [asked(MONDAY)], again - timedelta(days=1)) == []
    assert past_its_day([card()], [asked(MONDAY)], again) == [card()]
    assert past_its_day([card()], [asked(MONDAY), asked(again)], again + timedelta(days=365)) == []


def test_with_another_day_it_is_asked_anew():
    later = date(2027, 3, 22)
    before = [asked(MONDAY), asked(MONDAY + ASKED_AGAIN)]
    assert past_its_day([card(later)], before, later + timedelta(days=1)) == [card(later)]
    assert open_questions([card(later)], before, later + timedelta(days=1)) == []


def test_open_is_what_was_asked_and_is_past_still():
    assert open_questions([card(), card(number=8)], [asked(MONDAY)], MONDAY) == [card()]
    assert open_questions([card(MONDAY)], [asked(MONDAY)], MONDAY) == []


@given(st.integers(1, 200))
def test_however_long_nobody_answers_it_is_asked_twice(days):
    before: list[date] = []
    for number in range(days):
        day = MONDAY + timedelta(days=number)
        if may_be_asked(before, day):
            before.append(day)
    assert len(before) <= MOST_ASKED
    assert all(later - first >= ASKED_AGAIN for first, later in pairwise(before))
