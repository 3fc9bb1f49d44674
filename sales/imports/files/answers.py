"""Answers: the terms of reading a file as they are kept between one question and the next."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sales.imports.files.dates import DateOrder
from sales.imports.files.drop import FileQuestion
from sales.imports.files.terms import ImportTerms
from sales.pipeline.opportunity import Stage

COLUMN, STAGE, DATES, ENCODING, SHEET, TEAM = "column", "stage", "dates", "encoding", "sheet", "team"
KNOWN = frozenset(one.name for one in fields(ImportTerms))


def terms_of(answers: Mapping[str, Any], *, dry_run: bool = False) -> ImportTerms:
    """Return the terms that answers come to."""
    given: dict[str, Any] = {
        "preset": answers.get("preset"),
        "team": answers.get(TEAM),
        "dates": DateOrder(answers[DATES]) if answers.get(DATES) else None,
        "stages": {
            word: Stage(meant) for word, meant in answers.get("stages", {}).items() if meant in set(Stage)
        },
        "columns": dict(answers.get("columns", {})),
        "encoding": answers.get(ENCODING),
        "sheet": answers.get(SHEET),
        "dry_run": dry_run,
    }
    return ImportTerms(**{name: value for name, value in given.items() if name in KNOWN})


def with_answer(answers: Mapping[str, Any], kind: str, about: str, value: str) -> dict[str, Any]:
    """Return answers with one more."""
    found = {**answers}
    if kind in (COLUMN, STAGE):
        many = f"{kind}s"
        found[many] = {**found.get(many, {}), about: value}
    else:
        found[kind] = value
    return found


def with_answers(answers: Mapping[str, Any], questions: list[FileQuestion]) -> dict[str, Any]:
    """Return answers with those of questions that were answered."""
    found = dict(answers)
    for one in questions:
        if one.answer:
            found = with_answer(found, one.kind, one.about, one.answer)
    return found
