"""Files of cards as tables: told apart, their letters, their rows, and out again for any spreadsheet (70)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.coaching.drill.card import Deck, StoredCard, in_lines
from sales.coaching.drill.deck_change import DeckWriter, changes_of
from sales.coaching.drill.deck_file import BrokenCard, read_deck
from sales.imports.files.deck_sheet import as_csv, cards_written, holds_cards, letters_of, may_hold_cards
from sales.language.typed_text import on_one_line
from sales.refusal import Refusal

LEADS = DeckWriter("U1", 1, "Field", True)
text = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=80)


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        ("area,question,answer,why,owner,review\n", True),
        ("\ufeffArea;Question;Answer\n", True),
        ("sep=;\r\nDeck;Situation;Back\r\n", True),
        ("\n\nquestion\tanswer\tdeck\n", True),
        ("area,question,why\n", True),
        ("question,answer\n", True),
        ("Deal Name,Deal Stage,Amount,Close Date\n", False),
        ("question,amount,stage,close date,owner,name,answer\n", False),
        ("", False),
        ("Area,Sales,Country\n", False),
    ],
)
def test_a_table_of_cards_is_known_by_its_columns(content, is_one):
    assert holds_cards(content.encode(), "anything.csv") is is_one
    assert holds_cards(content.encode("utf-16"), "anything") is (is_one and content != "")


def test_other_kinds_are_no_cards():
    header = b"area,question,answer\n"
    assert not holds_cards(b"\x89PNG" + header, "cards.csv")
    assert not holds_cards(header, "cards.xlsx")
    assert not may_hold_cards("cards.xlsx")
    assert may_hold_cards("cards")
    assert not holds_cards(b"## Ring twice\n- Kind: play\n\nRing.\n", "cards.md")
    assert holds_cards(b"## product\n\n### Ring?\n\nTwice.\n", "cards.md")


@given(
    st.lists(
        st.builds(
            StoredCard,
            deck=st.sampled_from(list(Deck)),
            question=text.map(on_one_line).filter(bool),
            answer=text.map(in_lines).filter(bool),
            why=text.map(on_one_line),
            id=st.just(7),
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda one: (one.deck, one.called),
    )
)
def test_what_goes_out_comes_in_the_same(cards):
    content = as_csv(cards, {}).encode("utf-8-sig")
    assert holds_cards(content, "cards.csv")
    found = read_deck(cards_written(letters_of(content, None).text, "cards.csv"), {})
    made = changes_of(found, cards, LEADS)
    assert (made.new, made.changed, made.broken, made.same) == ([], [], [], len(cards))


def test_no_spreadsheet_runs_a_card():
    cards = [StoredCard(deck=Deck.PRODUCT, question="=1+1?", answer="-2", why="@home")]
    assert as_csv(cards, {}).splitlines()[1] == "product,'=1+1?,'-2,'@home,,"


def test_rows_are_named_by_the_line_they_begin_on():
    rows = (
        'area,question,answer\nproduct,One?,"two\nlines"\nproduct,Three?,a,b\nproduct,"Four?,never closed\n'
    )
    rows += "\nproduct,Five?\n"
    found = list(cards_written(rows, "cards.csv"))
    assert [one.line for one in found] == [2, 4, 5, 7]
    assert found[0].answer == "two\nlines"
    assert found[0].why is None
    assert [one.why for one in found if isinstance(one, BrokenCard)] == [
        "It has 4 cells where the header has 3. A cell with “,” in it needs quotation marks around it.",
        "A quotation mark opens and does not close properly.",
    ]
    assert read_deck(found[3:], {}).broken[0].why == "It has no answer."


def test_a_missing_column_is_named():
    for name, header in (("answer", "area,question"), ("area", "question,answer")):
        with pytest.raises(Refusal, match=f"no column “{name}”"):
            list(cards_written(f"{header}\n", "cards.csv"))


def test_letters_that_may_be_either_are_asked():
    line = "product;Kdo je to? čaj;Počakaj.\n"
    found = letters_of(f"area;question;answer\n{line}".encode("cp1250"), None)
    assert len(found.between) > 1
    name = next(name for name, words in found.between if "č" in words)
    assert "Počakaj" in letters_of(f"area;question;answer\n{line}".encode("cp1250"), name).text
    sure = letters_of("area;question;answer\nproduct;Vprašaj?;Drži.\n".encode("cp1252"), None)
    assert (sure.between, sure.guessed) == ((), "windows-1252")
    assert letters_of(line.encode(), None).guessed == ""
