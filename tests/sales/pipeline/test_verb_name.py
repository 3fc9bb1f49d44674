"""Verbs that may belong to a name: what the spelling tells, and what no deal is called."""

from datetime import UTC, datetime

import pytest

from sales.pipeline.opportunity_phrase import DealAction, read_deal
from sales.pipeline.opportunity_phrase.verb_name import as_named, verb_in_name

NOW = datetime(2026, 9, 14, 9, tzinfo=UTC)


def named(text):
    verb = verb_in_name(text)
    return verb and as_named(verb, lambda line: read_deal(line, NOW, "Europe/Ljubljana", "USD"))


@pytest.mark.parametrize(
    ("typed", "word", "is_plain", "is_verb"),
    [
        ("New Balance 7k", "New", True, False),
        ("new balance 7k", "new", False, False),
        ("new Balance 7k", "new", False, True),
        ("Won acme 7k", "Won", False, False),
        ("Close Brothers 7k", "Close", True, False),
        ("Hyde Park 24k", "Park", True, False),
        ("hyde park 24k", "park", False, True),
        ("Pull 5k", "Pull", False, False),
    ],
)
def test_the_spelling_says_which_is_likelier(typed, word, is_plain, is_verb):
    assert verb_in_name(typed)[0::2] == (word, is_plain)
    assert verb_in_name(typed).is_verb is is_verb


@pytest.mark.parametrize(
    "typed",
    [
        "Acme 24k",
        "“New Balance” 7k",
        "new deal Acme 24k",
        "add a deal with Acme",
        "acme won: 24k",
        "win-win 4k",
        "",
    ],
)
def test_elsewhere_there_is_nothing_to_ask(typed):
    assert verb_in_name(typed) is None


@pytest.mark.parametrize(
    ("typed", "name", "dollars"),
    [
        ("New Balance 7k", "New Balance", 7_000),
        ("Lost Boys 5k closes 15 dec", "Lost Boys", 5_000),
        ("Pull 5k", "Pull", 5_000),
        ("Hyde Park 24k", "Hyde Park", 24_000),
    ],
)
def test_the_other_reading_is_a_new_deal_of_the_whole_name(typed, name, dollars):
    draft = named(typed)
    assert (draft.action, draft.name, draft.value_minor) == (DealAction.CREATE, name, dollars * 100)
