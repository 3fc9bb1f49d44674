"""Answers: the terms of reading a file as they are kept between one question and the next."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sales.imports.files.amounts import DecimalMark, Units
from sales.imports.files.dates import DateOrder
from sales.imports.files.drop import FileQuestion
from sales.imports.files.terms import ImportTerms
from sales.language.names.match import unaccented
from sales.pipeline.opportunity import Stage
from sales.prospects.lead import LeadState

COLUMN, STAGE, STATE, DATES, ENCODING, SHEET, TEAM = (
    "column",
    "stage",
    "state",
    "dates",
    "encoding",
    "sheet",
    "team",
)
LIBRARY = "library"  # of a file for one: the team's
DECK = "deck"  # of a file of cards: the team whose they will be
DECIMALS, UNITS = "decimals", "units"
TWIN = "twin"  # is a new deal one that is here already?
IDS = "ids"  # whose the ids are: those of all files, or kept apart under a name
KEYS, BY_NAME = "keys", "by_name"  # what deals without ids are known by
NEEDED = "needed"  # the other way round: which column is it?
SURE = "="  # before the name of ids of which somebody says that their deals are the same, other as they look
GUESSES = "guesses"  # headers whose meaning nobody said
TWINS = "twins"
SINCE = "since"  # the day on which each of the answers below was given that was remembered of an earlier file
ONCE = (DATES, DECIMALS, UNITS, ENCODING, SHEET, TEAM, IDS)  # of which there is one answer
MANY = ("columns", "stages", "states", TWINS)  # of which there are several answers


def terms_of(answers: Mapping[str, Any], *, dry_run: bool = False) -> ImportTerms:
    """Return the terms that answers come to."""
    return ImportTerms(
        team=answers.get(TEAM),
        dates=DateOrder(answers[DATES]) if answers.get(DATES) else None,
        stages={
            word: Stage(meant) for word, meant in answers.get("stages", {}).items() if meant in set(Stage)
        },
        states={
            word: LeadState(meant)
            for word, meant in answers.get("states", {}).items()
            if meant in set(LeadState)
        },
        columns=dict(answers.get("columns", {})),
        encoding=answers.get(ENCODING),
        sheet=answers.get(SHEET),
        dry_run=dry_run,
        twins=dict(answers.get(TWINS, {})),
        before=frozenset(answers.get(SINCE, {})),
        decimals=DecimalMark(answers[DECIMALS]) if answers.get(DECIMALS) else None,
        units=Units(answers[UNITS]) if answers.get(UNITS) else None,
        by_name=answers.get(KEYS) == BY_NAME,
        apart=answers.get(IDS, "").removeprefix(SURE),
    )


def together(remembered: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was remembered with what is answered now on top."""
    many = {one: {**remembered.get(one, {}), **answers.get(one, {})} for one in MANY}
    since = {**remembered.get(SINCE, {}), **answers.get(SINCE, {})}
    said_now = {one for one in ONCE if one in answers} - answers.get(SINCE, {}).keys()
    found = {**remembered, **answers, **{one: found for one, found in many.items() if found}}
    return with_days(found, {one: day for one, day in since.items() if one not in said_now})


def with_days(answers: Mapping[str, Any], since: Mapping[str, str]) -> dict[str, Any]:
    """Return answers with the days since which those of them count that were remembered."""
    days = {one: day for one, day in since.items() if answers.get(one)}
    rest = {name: value for name, value in answers.items() if name != SINCE}
    return {**rest, SINCE: days} if days else rest


def fitting(
    answers: Mapping[str, Any], sheets: Collection[str], teams: Iterable[str], *, shows_letters: bool
) -> dict[str, Any]:
    """Return answers without those that were remembered of another file and do not fit this one.

    A sheet or a team may be called otherwise by now; and what `shows_letters` by itself is read as it shows.
    """
    found = dict(answers)
    if found.get(SHEET) not in sheets:
        found.pop(SHEET, None)
    if shows_letters:
        found.pop(ENCODING, None)
    if found.get(TEAM) is not None and unaccented(found[TEAM]) not in map(unaccented, teams):
        del found[TEAM]
    return with_days(found, found.get(SINCE, {}))


def with_guesses(answers: Mapping[str, Any], guesses: Mapping[str, str]) -> dict[str, Any]:
    """Return answers with what columns seem to be, as far as nobody said what they are."""
    said = answers.get("columns", {})
    new = {header: meant for header, meant in guesses.items() if header not in said}
    return {**answers, "columns": {**new, **said}, GUESSES: [*answers.get(GUESSES, []), *new]}


def confirmed(answers: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return answers as they are remembered: what was confirmed is no guess any more, and deals are of one file."""
    found = {name: value for name, value in answers.items() if name not in (GUESSES, TWINS)}
    if IDS in found:
        found[IDS] = found[IDS].removeprefix(SURE)
    return with_days(found, {**dict.fromkeys(ONCE, today.isoformat()), **answers.get(SINCE, {})})


def with_answer(answers: Mapping[str, Any], kind: str, about: str, value: str) -> dict[str, Any]:
    """Return answers with one more."""
    found = {**answers}
    if kind in (COLUMN, STAGE, STATE, TWIN):
        many = f"{kind}s"
        found[many] = {**found.get(many, {}), about: value}
    else:
        found[kind] = value
        found = with_days(found, {one: day for one, day in found.get(SINCE, {}).items() if one != kind})
    return found


def with_answers(answers: Mapping[str, Any], questions: list[FileQuestion]) -> dict[str, Any]:
    """Return answers with those of questions that were answered."""
    found = dict(answers)
    for one in questions:
        if one.kind == NEEDED and one.answer == BY_NAME:
            found[KEYS] = BY_NAME
        elif one.kind == NEEDED:
            header = next((each.label for each in one.offered if each.value == one.answer), "")
            found = with_answer(found, COLUMN, header, one.about) if header else found
        elif one.answer:
            found = with_answer(found, one.kind, one.about, one.answer)
    return found
