"""Questions about a file: every kind that may be asked has its words, with whatever is known of it."""

import pytest

from messages.imports import files as views
from sales.imports.files import answers
from sales.imports.files.drop import FileQuestion

KINDS = (
    answers.COLUMN,
    answers.NEEDED,
    answers.STAGE,
    answers.STATE,
    answers.TWIN,
    answers.DATES,
    answers.DECIMALS,
    answers.UNITS,
    answers.ENCODING,
    answers.SHEET,
    answers.TEAM,
    answers.LIBRARY,
    answers.DECK,
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_question_has_its_words(kind: str) -> None:
    seen = ["1", "2", "3"]
    asked_for = FileQuestion(kind=kind, about="Close", offered=[], seen=seen, count=2, against="13/01/2026")
    assert str(views.question_words(asked_for)).count("?") == 1
