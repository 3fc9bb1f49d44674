"""The list of mechanisms is true: every number once, every place there, nothing cited that is still to come."""

import re
from typing import NamedTuple

import pytest

from tests.docs.pages import DOCS, ROOT, code, name, numbers, pages, prose, text

HERE, IN_PART, TO_COME = "here", "in part", "to come"
ENTRY = re.compile(r"^### (\d+)\. (.+)\n\n((?:(?!^#).*\n?)*)", re.M)
CITED = re.compile(r"[Mm]echanisms?\s+(?:#\s+)?(\d+(?:(?:,?\s+and\s+|,\s*|\s*–\s*)\d+)*)")


class Mechanism(NamedTuple):
    """One entry: what it says, its state, where it stands in code, and what it lacks."""

    number: int
    says: str
    state: str
    code: list[str]
    missing: str


def field(entry: str, label: str) -> str:
    found = re.findall(rf"^\* {label}: (.+(?:\n  .+)*)", entry, re.M)
    assert len(found) <= 1, f"{label} stands more than once in:\n{entry}"
    return re.sub(r"\s+", " ", found[0]).strip() if found else ""


def entries() -> list[Mechanism]:
    return [
        Mechanism(
            int(number),
            entry.partition("\n* ")[0].strip(),
            field(entry, "State"),
            re.findall(r"`([^`]+)`", field(entry, "Code")),
            field(entry, "Missing"),
        )
        for number, _, entry in ENTRY.findall(prose(DOCS / "mechanisms.md"))
    ]


MECHANISMS = entries()
STATES = {one.number: one.state for one in MECHANISMS}


def test_every_mechanism_is_there_once_in_order():
    assert [one.number for one in MECHANISMS] == list(range(1, 83))


@pytest.mark.parametrize("one", MECHANISMS, ids=lambda one: str(one.number))
def test_an_entry_says_what_it_has_and_what_it_lacks(one):
    assert one.says
    assert one.state in {HERE, IN_PART, TO_COME}
    assert bool(one.code) == (one.state != TO_COME)
    assert bool(one.missing) == (one.state == IN_PART)


@pytest.mark.parametrize("one", [one for one in MECHANISMS if one.code], ids=lambda one: str(one.number))
def test_the_places_an_entry_names_are_there(one):
    assert [path for path in one.code if not (ROOT / path).exists()] == []


def test_code_cites_no_mechanism_that_is_to_come():
    wrong = [
        f"{name(file)}: mechanism {number}"
        for file in code()
        for listed in CITED.findall(text(file))
        for number in numbers(listed)
        if STATES.get(number, TO_COME) == TO_COME
    ]
    assert wrong == []


def test_pages_cite_mechanisms_that_exist():
    wrong = [
        f"{name(page)}: mechanism {number}"
        for page in pages()
        for listed in CITED.findall(prose(page))
        for number in numbers(listed)
        if number not in STATES
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("(mechanism 60)", [60]),
        ("(mechanisms 5, 7, 9).", [5, 7, 9]),
        ("mechanisms 51 and 52", [51, 52]),
        ("mechanism 60, forecasts.md §3", [60]),
        ("mechanisms 58–60", [58, 59, 60]),
        ("mechanism\n    # 33", [33]),
    ],
)
def test_a_citation_is_read_as_it_is_meant(said, meant):
    assert [number for listed in CITED.findall(said) for number in numbers(listed)] == meant
