"""Which cards come on a day: what is due, what may come in, and what a rep knows of each deck (68, 70, 73)."""

import re
from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.drill.card import DECKS, Deck, StoredCard, deck_called, stale
from sales.coaching.drill.focus import Focus, new_cards
from sales.coaching.drill.memory import Memory, Recall, recalled
from sales.coaching.drill.practice import (
    MOST_A_DAY,
    NEW_A_WEEK,
    Practice,
    days_in_a_row,
    standings,
)
from sales.coaching.drill.starters import STARTERS, starter_called, stored_starters, with_starters
from sales.people.calendar import WorkCalendar

TODAY = date(2026, 9, 15)
DAY = timedelta(days=1)


def card(number, deck=Deck.PRODUCT, **more) -> StoredCard:
    said = {"question": f"Question {number}, and what then?", "answer": "Ask why.", **more}
    return StoredCard(id=number, deck=deck, **said)


def known(due_in, fingerprint="") -> Memory:
    memory = recalled(None, Recall.GOOD, TODAY - 10 * DAY, fingerprint)
    return memory.model_copy(update={"due_on": TODAY + due_in * DAY})


@given(
    st.lists(st.tuples(st.sampled_from(Deck), st.none() | st.integers(-40, 40)), max_size=40),
    st.integers(0, 12),
    st.integers(0, 8),
)
def test_never_more_than_six_a_day_nor_ten_new_a_week(held, learned, done):
    cards = [card(number, deck) for number, (deck, _) in enumerate(held, 1)]
    memories = {one.key: known(due) for one, (_, due) in zip(cards, held, strict=True) if due is not None}
    answered = [one.key for one in cards[:done]]
    practice = Practice(cards, memories, TODAY, done=answered, learned=learned)
    queue = practice.queue
    assert len(queue) + len(answered) <= max(MOST_A_DAY, len(answered))
    assert not {one.key for one in queue} & set(answered)
    assert sum(one.key not in memories for one in queue) + learned <= max(NEW_A_WEEK, learned)
    dues = [memories[one.key].due_on for one in queue if one.key in memories]
    assert dues == sorted(dues)
    assert all(due <= TODAY for due in dues)
    firsts = [one.key in memories for one in queue]
    assert firsts == sorted(firsts, reverse=True)


def test_ones_own_and_the_teams_come_before_ours_and_decks_in_turn():
    cards = with_starters([card(1, Deck.NEGOTIATION)], [])
    first, *rest = Practice(cards, {}, TODAY).queue
    assert first.id == 1
    assert Counter(one.deck for one in rest)[Deck.NEGOTIATION] <= 1


def test_what_ones_work_asks_for_comes_in_first():
    cards = [
        card(1),
        card(2, Deck.OBJECTIONS),
        card(3, Deck.OBJECTIONS, question="The price is too high. And now?"),
    ]
    focus = Focus(Deck.OBJECTIONS, "You lost 3 deals on price.", re.compile("price"))
    practice = Practice(cards, {}, TODAY, focus=[focus])
    assert [one.id for one in practice.queue] == [3, 1, 2]
    assert practice.focus_of(cards[2]) == focus
    assert practice.focus_of(cards[1]) is None


def test_half_of_a_week_is_of_the_weakest_spot_and_what_the_team_wrote_comes_between():
    """Eight of nine were lost in negotiation, on price; who leads the team wrote two cards. All of it comes at once."""
    written = [card(1), card(2, Deck.OBJECTIONS, question="“It costs too much,” says the buyer. And now?")]
    focus = [
        Focus(Deck.NEGOTIATION, "Of your last 9 deals in negotiation, 8 were lost."),
        Focus(Deck.OBJECTIONS, "You lost 8 deals on price.", re.compile("price|costs")),
    ]
    practice = Practice(with_starters(written, []), {}, TODAY, focus=focus)
    assert [one.deck for one in practice.queue[::2]] == [Deck.NEGOTIATION] * 3
    assert [one.id for one in practice.queue[1::2]] == [2, 1, 0]
    week = new_cards(practice.cards, focus, {}, 0, NEW_A_WEEK)
    assert Counter(one.deck for one in week)[Deck.NEGOTIATION] == 5
    assert {one.deck for one in week} == set(Deck) - {Deck.OWN}


@given(st.lists(st.sampled_from(Deck), min_size=8, max_size=30), st.sets(st.sampled_from(Deck)))
def test_a_day_goes_as_it_stood_when_it_began(decks, asked_for):
    """Each answer asks for the next card anew: what comes in its turn is not put off by what the work asks for."""
    cards = [card(number, deck) for number, deck in enumerate(decks, 1)]
    focus = [Focus(deck, "You lost 3 deals there.") for deck in asked_for]
    focus += [Focus(None, "You call a lot lately.", re.compile("[357]"))]
    expected = [one.key for one in Practice(cards, {}, TODAY, focus=focus).queue]
    memories: dict[str, Memory] = {}
    for _ in expected:
        done = list(memories)
        practice = Practice(cards, memories, TODAY, done=done, learned=len(done), focus=focus)
        memories[practice.queue[0].key] = recalled(None, Recall.GOOD, TODAY)
    assert list(memories) == expected


def test_what_says_something_else_by_now_is_due_once():
    held = card(1)
    memories = {held.key: known(30, "older words")}
    assert Practice([held], memories, TODAY).queue == [held]
    same = {held.key: known(30, held.fingerprint)}
    assert Practice([held], same, TODAY).queue == []


def test_when_the_next_card_comes():
    calendar = WorkCalendar()
    cards = [card(1)]
    assert Practice(cards, {cards[0].key: known(4)}, TODAY, calendar).next_on == date(2026, 9, 21)
    assert Practice([*cards, card(2)], {}, TODAY, calendar).next_on == date(2026, 9, 16)
    spent = Practice([*cards, card(2)], {cards[0].key: known(90)}, TODAY, calendar, learned=NEW_A_WEEK)
    assert spent.next_on == date(2026, 9, 21)
    assert Practice([], {}, TODAY, calendar).next_on is None


def test_the_weakest_deck_stands_first_and_those_not_begun_last():
    cards = [card(1), card(2, Deck.TECHNIQUE), card(3, Deck.OBJECTIONS)]
    strong = recalled(None, Recall.EASY, TODAY - 7 * DAY)
    weak = recalled(None, Recall.AGAIN, TODAY - 7 * DAY)
    found = standings(cards, {cards[0].key: strong, cards[1].key: weak}, TODAY)
    assert [one.deck for one in found] == [Deck.TECHNIQUE, Deck.PRODUCT, Deck.OBJECTIONS]
    assert [one.retention is None for one in found] == [False, False, True]


def test_days_in_a_row_are_working_days():
    calendar = WorkCalendar()
    friday, monday = date(2026, 9, 11), date(2026, 9, 14)
    assert days_in_a_row({friday, monday}, calendar, TODAY) == 2
    assert days_in_a_row({friday, monday, TODAY}, calendar, TODAY) == 3
    assert days_in_a_row({friday}, calendar, TODAY) == 0


def test_decks_are_known_by_their_names():
    assert {deck_called(name) for name in DECKS.values()} == set(Deck)
    assert deck_called("Objection Handling") is Deck.OBJECTIONS
    assert deck_called("gardening") is None


def test_the_cards_that_are_stale_wait_longest_first():
    held = [card(1, review_by=TODAY), card(2, review_by=TODAY - DAY), card(3, review_by=TODAY - 9 * DAY)]
    assert [one.id for one in stale(held, TODAY)] == [3, 2]


def test_forty_cards_of_ours_each_with_a_name_of_its_own():
    assert (
        len(STARTERS) == len({one.starter for one in STARTERS}) == len({one.called for one in STARTERS}) == 40
    )
    assert {one.key for one in stored_starters()} == {f"starter:{one.starter}" for one in STARTERS}
    assert min(Counter(one.deck for one in STARTERS).values()) >= 8
    assert starter_called("linkedin").deck is Deck.TECHNIQUE
    assert starter_called("nothing of ours") is None
    ours = stored_starters()[0]
    changed = ours.model_copy(update={"id": 7, "answer": "Ask them first."})
    assert len(with_starters([changed], [])) == 40
    assert len(with_starters([], [ours.starter])) == 39
