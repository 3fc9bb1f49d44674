"""Decks in files, as rules: there and back, what a file states of a card, and what it changes (70)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.drill.card import MOST_CARDS, Deck, DrillCard, StoredCard, in_lines
from sales.coaching.drill.deck_change import FULL, MEANWHILE, DeckWriter, changes_of, outlook_of, still_so
from sales.coaching.drill.deck_file import (
    ReadDeck,
    SaidCard,
    WrittenCard,
    as_markdown,
    from_markdown,
    is_deck,
    read_deck,
)
from sales.coaching.drill.starters import stored_starters
from sales.language.typed_text import on_one_line
from sales.value import changed

PEOPLE = {"U1": "Mia Horvat", "U2": "Ana Kovač", "U3": "Ben Novak", "U4": "Ben Novak"}
LEADS = DeckWriter("U1", 1, "Field", True, ["Mia Horvat"])
SELLS = DeckWriter("U2", 1, "Field", False, ["Mia Horvat"])

line = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)
told = st.one_of(
    line, st.sampled_from(["Why: so", "## product", "\\# x", "- Owner: Mia", "\\Review by: never"])
)
texts = st.lists(told, min_size=1, max_size=5).map(lambda found: in_lines("\n".join(found)))


def card(question="They say no. And you?", **more) -> StoredCard:
    given = {"deck": Deck.OBJECTIONS, "answer": "Ask why.", "why": "It may be a question.", **more}
    return StoredCard(question=question, **given)


def written(line=2, area="objection", question="They say no. And you?", answer="Ask why.", **more):
    return WrittenCard(line, area, question, answer, **more)


@given(
    st.lists(
        st.builds(
            card,
            question=line.map(on_one_line).filter(lambda one: 0 < len(one) <= 300),
            answer=texts.filter(lambda one: 0 < len(one) <= 600),
            why=line.map(on_one_line),
            deck=st.sampled_from(list(Deck)),
            owner_id=st.sampled_from([None, *PEOPLE]),
            review_by=st.sampled_from([None, date(2027, 3, 1)]),
            id=st.just(7),
        ),
        max_size=4,
        unique_by=lambda one: (one.deck, one.called),
    )
)
def test_what_goes_out_as_markdown_comes_in_the_same(cards):
    text = as_markdown(cards, PEOPLE)
    assert not cards or is_deck(text)
    found = read_deck(from_markdown(text), PEOPLE)
    assert found.broken == []
    made = changes_of(found, cards, LEADS)
    assert (made.new, made.changed, made.same) == ([], [], len(cards))


def test_marks_may_stand_before_the_answer_and_a_why_may_have_lines():
    text = (
        "# negotiation\n## They want ten per cent. And you?\n- Owner: Mia Horvat\n- review: 2027-03-01\n"
        "\nAsk what for.\n\n- Then wait.\n\n**Because:** they gave\nno reason.\n"
    )
    found = read_deck(from_markdown(text), PEOPLE).cards[0]
    assert (found.line, found.card.deck, found.card.owner_id) == (2, Deck.NEGOTIATION, "U1")
    assert found.card.answer == "Ask what for.\n\n- Then wait."
    assert found.card.why == "they gave no reason."
    assert found.card.review_by == date(2027, 3, 1)


def test_a_library_is_no_deck():
    assert not is_deck("# Library of Field\n\n## Objections\n- Kind: play\n- Owner: nobody\n\nAsk.\n")
    assert not is_deck("")
    assert is_deck("# Ours\n\n## our own\n\n### And you?\n\nWait.\n")


def test_what_cannot_be_taken_in_says_why():
    found = read_deck(
        [
            written(2, area=""),
            written(3, area="objektion"),
            written(4, area="closing"),
            written(5, question=" "),
            written(6, answer="x" * 601),
            written(7, owner="Zoran"),
            written(8, owner="Ben Novak"),
            written(9, review="next week"),
        ],
        PEOPLE,
    )
    assert found.cards == []
    assert [(one.line, one.why) for one in found.broken] == [
        (2, "It has no area. Use product, technique, objections, negotiation or our own."),
        (3, "“objektion” is no area. Did you mean objections?"),
        (4, "“closing” is no area. Use product, technique, objections, negotiation or our own."),
        (5, "It has no question."),
        (6, "Its answer has 601 characters; 600 is the most that fits."),
        (7, "Nobody of the team is called “Zoran”, so it would have no owner."),
        (8, "Two people are called Ben Novak; write “Ben Novak (U3)” for one of them."),
        (9, "“next week” is no day I can be sure of. Write 2027-03-01."),
    ]


def test_a_reps_file_reads_no_owner():
    found = read_deck([written(owner="Zoran")], None)
    assert [one.card.owner_id for one in found.cards] == [None]
    (new,) = changes_of(found, [], SELLS).new
    assert (new.said.for_id, new.said.owner_id) == ("U2", "U2")


def test_what_a_file_does_not_state_stays():
    held = card(id=7, owner_id="U2", review_by=date(2027, 3, 1))
    (made,) = changes_of(read_deck([written(answer="Wait.", why=None)], PEOPLE), [held], LEADS).changed
    assert made.said == changed(DrillCard, held, answer="Wait.")
    (made,) = changes_of(
        read_deck([written(why="", review="none", owner="Mia Horvat")], PEOPLE), [held], LEADS
    ).changed
    assert (made.said.why, made.said.review_by, made.said.owner_id) == ("", None, "U1")


def test_who_leads_no_team_changes_their_own_alone():
    teams, own = card(id=7), card("Mine. And then?", id=8, for_id="U2", owner_id="U2")
    said = [written(2), written(3, answer="Wait."), written(4, question="Mine. And then?")]
    made = changes_of(read_deck(said[1:], None), [teams, own], SELLS)
    assert [one.held for one in made.changed] == [own]
    assert made.changed[0].said.for_id == "U2"
    assert [(one.line, one.why) for one in made.broken] == [
        (3, "It is the team's, so it stays as it is. Mia Horvat may change it.")
    ]
    assert changes_of(read_deck(said[:1], None), [teams, own], SELLS).same == 0  # it says no why
    assert changes_of(read_deck([written(why=teams.why)], None), [teams, own], SELLS).same == 1


def test_one_of_ours_keeps_its_name_when_a_file_changes_it():
    ours = stored_starters()[0]
    said = SaidCard(2, changed(DrillCard, ours, answer="Ask them first.", starter=""))
    (made,) = changes_of(ReadDeck([said], []), stored_starters(), LEADS).changed
    assert (made.said.starter, made.said.owner_id) == (ours.starter, "U1")


def test_the_most_cards_and_those_of_ours_do_not_count():
    found = read_deck([written(n, question=f"Depot {n}. And you?") for n in range(MOST_CARDS + 2)], PEOPLE)
    made = changes_of(found, stored_starters(), LEADS)
    assert (len(made.new), [one.why for one in made.broken]) == (MOST_CARDS, [FULL, FULL])
    told = outlook_of(made, LEADS)
    assert (told.new_count, len(told.new), told.left_count) == (MOST_CARDS, 5, 2)


def test_what_somebody_wrote_meanwhile_stays():
    held = card(id=7)
    found = read_deck([written(answer="Wait.")], PEOPLE)
    shown = outlook_of(changes_of(found, [held], LEADS), LEADS)
    assert len(still_so(changes_of(found, [held], LEADS), shown.before).changed) == 1
    late = still_so(changes_of(found, [card(id=7, answer="Smile.")], LEADS), shown.before)
    assert (late.changed, [one.why for one in late.broken]) == ([], [MEANWHILE])
    late = still_so(changes_of(found, [card(id=7, owner_id="U2")], LEADS), shown.before)
    assert late.changed == []
