"""The words: typed text stays text, and our own markup stays markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from messages.elements import plain
from messages.formatting import Mrkdwn, escaped, quoting, words
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


NESTED = ["*_x_*", "_*~x~*_", "```x```", "```", "``x``", "*`x`*", "~_x_~", "a```b", "*_x"]


def as_read(text):
    workspace = Workspace("Northwind")
    return read(text, MrkdwnReader(workspace, workspace.add_person("U1", "ana", "Ana Kovač"), T0))


@pytest.mark.parametrize(
    "typed", ["*bold*", "_slanted_", "~struck~", "`code`", "so *very* big", "(*x*)", "> said", "*", *NESTED]
)
def test_formatting_that_was_typed_is_shown_as_typed(typed):
    assert as_read(escaped(typed)) == typed
    bare = re.sub(r"<[^>]*>", "", escaped(typed))
    assert not re.search(r"`|(?<!\w)[*_~]|[*_~](?!\w)|^&gt;", bare)
    assert as_read(f"*{escaped(typed)}* it is") == f"{typed} it is"


def test_a_sentence_of_ours_keeps_its_commands_and_quotes_the_rest():
    said = "There is no “*_x_* ```”. See `/team` or `/deal *x*`."
    assert as_read(quoting(said)) == said.replace("`/team`", "/team").replace("`/deal *x*`", "/deal x")
    assert "`/team`" in quoting(said)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("Ana\u202eKovač", "AnaKovač"),
        ("Ana\x07 \u2066Kovač\u2069", "Ana Kovač"),
        ("one\ntwo\r\nthree", "one\ntwo\nthree"),
        ("one\u2028two", "one two"),
        ("👩\u200d👩\u200d👧 می\u200cخواهم", "👩\u200d👩\u200d👧 می\u200cخواهم"),
    ],
)
def test_what_an_older_version_stored_is_shown_clean(typed, sent):
    assert escaped(typed) == sent
    assert plain(typed)["text"] == sent


def test_our_own_markup_is_left_alone():
    assert escaped(Mrkdwn("<@U1> *bold*")) == "<@U1> *bold*"


@given(st.text())
def test_no_typed_text_can_mention_link_or_break_out(typed):
    sent = re.sub(r"<!date\^00000000\^\{_\}\|(?:[*_~`]+|&gt;)>", "", escaped(typed))
    assert "<" not in sent
    assert ">" not in sent


def test_a_missing_value_is_an_error_and_never_an_empty_text():
    with pytest.raises(UndefinedError):
        words("replies", "trouble")
