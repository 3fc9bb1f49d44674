"""The words: typed text stays text, and our own markup stays markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from messages.formatting import FORMATTING, Mrkdwn, escaped, words
from playground.transcript import MrkdwnReader, read
from playground.workspace import Workspace
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


def test_a_missing_value_is_an_error_and_never_an_empty_text():
    with pytest.raises(UndefinedError):
        words("replies", "trouble")
