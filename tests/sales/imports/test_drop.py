"""Dropped files as values: names that are safe, shapes that meet, answers that come back as they were given."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sales.imports.files.answers import (
    DATES,
    ENCODING,
    SHEET,
    TEAM,
    fitting,
    terms_of,
    with_answer,
    with_answers,
)
from sales.imports.files.asking import LEFT_OUT, MOST_ASKED, stage_questions
from sales.imports.files.drop import FileQuestion, Offered, answered, file_named, is_table
from sales.imports.files.shape import shape_of
from sales.pipeline.opportunity import Stage

HEADERS = st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=8)


@given(st.text(max_size=300))
def test_a_name_of_a_file_is_no_path(name):
    named = file_named(name)
    assert named
    assert "/" not in named
    assert "\x00" not in named
    assert named not in (".", "..")
    assert len(named) <= 90


@pytest.mark.parametrize(
    ("name", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\deals.csv", "deals.csv"), ("", "file.csv"), ("..", "file.csv")],
)
def test_names_lose_their_folders(name, kept):
    assert file_named(name) == kept


@pytest.mark.parametrize(
    ("name", "may"), [("a.csv", True), ("A.XLSX", True), ("export", True), ("a.jpg", False)]
)
def test_what_may_hold_a_table(name, may):
    assert is_table(name) is may


@given(HEADERS)
def test_a_shape_knows_no_order_and_no_spelling(headers):
    assert shape_of(headers) == shape_of(headers[::-1]) == shape_of([f" {one} " for one in headers])


def test_another_column_is_another_shape():
    assert shape_of(["id", "Amount"]) != shape_of(["id", "Amount", "Fee"])


def test_answers_become_terms():
    answers = with_answer({}, "stage", "Legal desk", "open")
    answers = with_answer(answers, "stage", "Gone", LEFT_OUT)
    answers = with_answer(answers, "dates", "Closed", "dmy")
    terms = terms_of(json.loads(json.dumps(answers)), dry_run=True)
    assert terms.stages == {"Legal desk": Stage.OPEN}
    assert (terms.dates, terms.dry_run) == ("dmy", True)


def test_an_answer_that_was_not_offered_is_none():
    asked = [FileQuestion(kind="stage", about="X", offered=[Offered(value="open", label="open")])]
    assert answered(asked, "stage", "X", "drop table")[0].answer == ""
    assert with_answers({}, answered(asked, "stage", "X", "open")) == {"stages": {"X": "open"}}


def test_each_word_for_a_stage_is_asked_once_the_most_frequent_first():
    words = {f"Step {at}": at for at in range(60)}
    asked = stage_questions(words, ["step 59"])
    assert len(asked) == MOST_ASKED
    assert [one.about for one in asked[:2]] == ["Step 58", "Step 57"]


def test_what_was_remembered_of_another_file_counts_where_it_fits():
    """A sheet that is called otherwise, a team that is gone, a code page of a file that shows its letters: not kept."""
    said = {SHEET: "May", TEAM: "Süd", ENCODING: "windows-1252", DATES: "dmy", "columns": {"Fee": "value"}}
    assert fitting(said, ["April", "May"], ["SUD"], shows_letters=False) == said
    rest = {DATES: "dmy", "columns": {"Fee": "value"}}
    assert fitting(said, ["June"], ["North"], shows_letters=True) == rest
    assert fitting(rest, [], [], shows_letters=True) == rest
