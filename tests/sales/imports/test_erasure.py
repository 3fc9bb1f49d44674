"""What names somebody is taken out of any text and any JSON, and nothing else is touched."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.imports.erasure import Traces
from sales.people.directory import Directory
from sales.people.pseudonym import FORMER, is_pseudonym, name_mark, pseudonym_of

ANA = Traces(FORMER, ("U1", "D1"), "FORMER0A", ("Ana Kovač",), ("ana@northwind.example",))
AROUND = st.text(
    st.characters(blacklist_categories=("L", "N", "M", "Cs"), blacklist_characters="_@<>-.+'"), max_size=12
)


@pytest.mark.parametrize(
    ("said", "cleared"),
    [
        ("asked <@U1> and <@U1|ana>", "asked Former colleague and Former colleague"),
        ("evening:U1:2026-09-14", "evening:FORMER0A:2026-09-14"),
        ("ANA KOVAC's deal", "Former colleague's deal"),
        ("Kovač, Ana", "Former colleague"),
        ("Kovac Ana and Ben", "Former colleague and Ben"),
        (unicodedata.normalize("NFD", "Ana Kovač, today"), "Former colleague, today"),
        ("Ana\u00a0 Kovač", "Former colleague"),
        ("write to Ana@Northwind.example.", "write to Former colleague."),
    ],
)  # fmt: skip
def test_what_names_them_is_taken_out(said, cleared):
    assert ANA.cleared(said) == cleared


@pytest.mark.parametrize(
    "said",
    ["U12 and XU1", "Anastasia Kovačič", "Ana and Kovačeva", "diana@northwind.example", "ana@x.org", ""],
)  # fmt: skip
def test_others_are_left(said):
    assert ANA.cleared(said) is said


def test_a_single_word_is_a_name_only_where_it_stands_alone():
    may = Traces(FORMER, names=("May",))
    assert may.cleared("closes in May") == "closes in May"
    assert may.cleared(" may ") == FORMER


@given(
    AROUND,
    st.sampled_from(["Ana Kovač", "ana kovac", "KOVAČ, ANA", "<@U1>", "U1", "ana@northwind.example"]),
    AROUND,
)
def test_whatever_stands_around_them_they_are_found_and_the_rest_stays(before, named, after):
    cleared = ANA.cleared(f"{before} {named} {after}")
    assert ANA.cleared(cleared) is cleared
    assert cleared.startswith(f"{before} ")
    assert cleared.endswith(f" {after}")
    assert cleared != f"{before} {named} {after}"


@given(
    AROUND,
    st.sampled_from(["Ana Kovač", "ana kovac", "KOVAČ, ANA", "<@U1>", "ana@northwind.example"]),
    AROUND,
)
def test_the_quick_look_misses_nobody(before, named, after):
    assert ANA.may_name(f"{before} {named} {after}")
    assert ANA.may_name(unicodedata.normalize("NFD", f"{before} {named} {after}"))


def test_the_quick_look_knows_names_of_any_script():
    anna = Traces(FORMER, names=("Анна Ковач",))
    assert anna.may_name("звонила Анна Ковач")
    assert anna.cleared("звонила анна ковач") == "звонила Former colleague"
    assert not ANA.may_name("звонила Анна Ковач")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("xyz ", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("xyz", max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(JSON)
def test_json_that_names_nobody_is_the_very_same(value):
    assert ANA.cleared(value) is value


@given(JSON)
def test_json_of_any_depth_is_cleared_in_keys_and_values(value):
    found = ANA.cleared({"U1": [value, {"said": "Ana Kovač"}]})
    assert found == {"FORMER0A": [value, {"said": FORMER}]}


def test_a_pseudonym_is_no_id_of_slacks():
    assert is_pseudonym(pseudonym_of("0a1b"))
    assert not is_pseudonym("U0A1B")


def test_a_directory_knows_the_name_of_somebody_erased_and_prefers_whoever_is_here():
    marks = [("5a", name_mark("5a", one), "FORMER1") for one in ("Ana Kovač", "ana@northwind.example")]
    people = Directory([("U2", "Ben Ito", None)], marks)
    assert people.find("ANA KOVAC") == people.find("Ana@northwind.example") == "FORMER1"
    assert (people.shown("Ana Kovač"), people.shown("Ben Ito"), people.shown("Cy")) == (
        FORMER,
        "Ben Ito",
        "Cy",
    )
    again = Directory([("U9", "Ana Kovač", None)], marks)
    assert (again.find("Ana Kovač"), again.shown("Ana Kovač")) == ("U9", "Ana Kovač")
    assert again.erased("Ana Kovač") == "FORMER1"
