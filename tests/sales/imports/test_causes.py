"""Causes of refusals: each once for a file, and every row of it to be found."""

from hypothesis import given
from hypothesis import strategies as st

from sales.imports.files.causes import MOST_LINES, Causes, lines_told
from sales.imports.files.terms import Rejected

LINES = st.lists(st.integers(2, 10**6), min_size=1, max_size=60, unique=True).map(sorted)


def noted(lines, reason="Amount: “{}” does not read as an amount", source="deals.csv"):
    causes = Causes()
    for line in lines:
        causes.note(Rejected(source, line, (reason.format(line),)))
    return causes


@given(LINES)
def test_every_line_is_told_or_counted(lines):
    """As numbers that an editor shows: without marks between their digits."""
    (cause,) = noted(lines).largest_first
    told = lines_told(cause)
    shown = [str(line) for line in lines[:MOST_LINES]]
    assert told.replace(" and ", ", ").split(", ")[: len(shown)] == shown
    assert told.endswith(" more") == (len(lines) > MOST_LINES)
    assert cause.rows == len(lines)


def test_few_lines_are_a_list():
    (cause,) = noted([3, 1200, 1207]).largest_first
    assert lines_told(cause) == "3, 1200 and 1207"
    assert lines_told(cause, 1) == "3 and 2 more"


def test_lines_of_two_files_are_not_mixed():
    causes = noted([3])
    causes.note(Rejected("accounts.csv", 9, ("Amount: “x” does not read as an amount",)))
    assert [(one.source, lines_told(one)) for one in causes.largest_first] == [
        ("deals.csv", "3"),
        ("accounts.csv", "9"),
    ]
