"""The words: typed text stays text, amounts and dates read as people write them."""

import re
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from messages.formatting import (
    FORMATTING,
    Mrkdwn,
    bar,
    clock,
    day,
    escaped,
    money,
    percent,
    plural,
    shortened,
    words,
)
from playground import Workspace
from playground.transcript import MrkdwnReader, read
from tests.known import T0


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("<!channel>", "&lt;!channel&gt;"),
        ("<@U1> & co", "&lt;@U1&gt; &amp; co"),
        ("<https://evil.example|a gift>", "&lt;https://evil.example|a gift&gt;"),
        ("&amp;", "&amp;amp;"),
        ('it\'s "fine"', 'it\'s "fine"'),
        ("a*b*c and 2 * 3 * 4", "a*b*c and 2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_typed_text_is_escaped_and_nothing_else_is_touched(typed, sent):
    assert escaped(typed) == sent


@pytest.mark.parametrize("typed", ["*bold*", "_slanted_", "~struck~", "`code`", "so *very* big", "(*x*)"])
def test_formatting_that_was_typed_is_shown_as_typed(typed):
    workspace = Workspace("Northwind")
    reader = MrkdwnReader(workspace, workspace.add_person("U1", "ana", "Ana Kovač"), T0)
    assert read(escaped(typed), reader) == typed
    assert not FORMATTING.search(re.sub(r"<[^>]*>", "", escaped(typed)))


def test_our_own_markup_is_left_alone():
    assert escaped(Mrkdwn("<@U1> *bold*")) == "<@U1> *bold*"


@given(st.text())
def test_no_typed_text_can_mention_link_or_break_out(typed):
    sent = re.sub(r"<!date\^00000000\^\{_\}\|[*_~`]>", "", escaped(typed))
    assert "<" not in sent
    assert ">" not in sent


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [
        (2_400_000, "USD", "$24,000"),
        (2_400_050, "EUR", "€24,000.50"),
        (-5, "USD", "-$0.05"),
        (1_200, "JPY", "¥1,200"),
        (1_234, "KWD", "KWD\xa01.234"),
        (0, "USD", "$0"),
        (10**15, "USD", "$10,000,000,000,000"),
    ],
)
def test_money_has_cents_only_where_there_are_any(minor, currency, written):
    assert money(minor, currency) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [(0, "0%"), (0.004, "<1%"), (0.42, "42%"), (0.996, ">99%"), (1, "100%"), (1.7, "170%")],
)
def test_percent_never_rounds_a_chance_away(share, written):
    assert percent(share) == written


def test_dates_and_times_cannot_be_misread():
    assert day(date(2026, 9, 4)) == "Fri 4 Sep 2026"
    assert clock(time(9, 5)) == "09:05"
    assert clock(datetime(2026, 9, 4, 14, 30, tzinfo=UTC), "Europe/Paris") == "16:30"


def test_small_words():
    assert plural(1, "call") == "1 call"
    assert plural(1200, "call") == "1,200 calls"
    assert plural(2, "company", "companies") == "2 companies"
    assert shortened("abcdef", 4) == "abc…"
    assert bar(0.5) == "▓▓▓▓▓░░░░░"
    assert bar(9) == "▓" * 10


def test_a_missing_value_is_an_error_and_never_an_empty_text():
    with pytest.raises(UndefinedError):
        words("replies", "trouble")
