"""A look at a file, which writes nothing: what its columns are taken for, what would change, what is to be asked."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from sales.imports.files.answers import (
    BY_NAME,
    ENCODING,
    IDS,
    KEYS,
    SURE,
    TEAM,
    fitting,
    terms_of,
    together,
    with_guesses,
)
from sales.imports.files.asking import (
    ahead_questions,
    guesses_in,
    ids_question,
    ids_settled,
    needed_questions,
    questions_of,
    settled_questions,
    stage_questions,
    state_questions,
    twin_questions,
)
from sales.imports.files.drop import FileQuestion, ImportOutlook, Offered, things_in
from sales.imports.files.header import drafted
from sales.imports.files.kinds import LOOKED_AT, may_be_workbook
from sales.imports.files.lead_header import is_of_leads
from sales.imports.files.other_lists import NoDeals
from sales.imports.files.outlook import OutlookGathering
from sales.imports.files.preset import FileKind
from sales.imports.files.questions import UnsureFile
from sales.imports.files.shape import shape_of
from sales.imports.files.tally import ImportTally
from sales.imports.files.terms import ImportTerms
from sales.refusal import Refusal
from storage.database import Database
from storage.imports.files.desk import zone_of
from storage.imports.files.repeats import no_ids_in
from storage.imports.files.run import read_in
from storage.imports.files.shape import remembered_terms
from storage.imports.files.source import ImportSource, header_line, letters_in, text_of
from storage.imports.files.stoppable import in_a_thread
from storage.imports.files.workbook import sheets_of
from storage.people.team import TeamRow, every_team

NO_ROWS = "It has column names and no rows below them. Export it with its rows, and drop it again."
MOST_ALONE = 2  # columns; a text of one is of another kind
BEGINNING = 1 << 16  # bytes by which letters are told well enough to know a header again


class Looked(NamedTuple):
    """What a look came to: questions, or the outlook; with the terms it was read by, and the file's shape."""

    answers: dict[str, Any]
    shape: str
    questions: list[FileQuestion]
    outlook: ImportOutlook | None


async def looked_at(
    database: Database,
    workspace_id: str,
    path: Path,
    clock: Callable[[], datetime],
    answers: Mapping[str, Any],
    watch: Callable[[str, int, int], None],
) -> Looked:
    """Look at a file as it would be read by these answers, and by what was remembered of its shape.

    Raises:
        Refusal: if it cannot be read, saying why.
    """
    headers, sheets = await in_a_thread(headings, path)
    shape = shape_of(headers)
    async with database.read(workspace_id) as scope:
        found = together(await remembered_terms(scope, shape), answers)
        teams = await every_team(scope)
        zone = await zone_of(scope, found.get(TEAM))
    shows_letters = bool(found.get(ENCODING)) and await in_a_thread(tells_its_letters, path)
    found = fitting(found, sheets, [team.name for team in teams], shows_letters=shows_letters)
    has_money = not is_of_leads(headers, found.get("columns", {}).values())
    asked_team = team_question(teams) if has_money else []
    if asked_team and not found.get(TEAM):
        return Looked(found, shape, asked_team, None)
    while True:
        gathering = OutlookGathering(zone)
        try:
            tally = await read_in(
                database,
                workspace_id,
                path,
                clock,
                terms_of(found, dry_run=True),
                watch=watch,
                opened=partial(note_layout, gathering),
                notice=gathering.notice,
                settle=gathering.settle,
            )
        except UnsureFile as unsure:
            guesses = guesses_in(unsure.questions)
            questions = [one for one in questions_of(unsure.questions) if one.about not in guesses]
            before, found = found, with_guesses(found, guesses)
            if not questions:
                if found == before:
                    raise
                continue  # with the guesses: some columns fewer are open
        except NoDeals:
            raise
        except Refusal:
            questions = await in_a_thread(lacking, path, headers, terms_of(found))
            if not questions:
                raise
            if [one.value for each in questions for one in each.offered] == [BY_NAME]:
                found = {**found, KEYS: BY_NAME}
                continue  # nothing else tells one deal from another; the preview says so
        else:
            if not tally.files[0].rows:
                raise Refusal(NO_ROWS)
            things = things_in(tally.files[0].kind)
            questions = [
                *stage_questions(tally.causes.stages, found.get("stages", {})),
                *state_questions(tally.causes.statuses, found.get("states", {})),
                *(ids := open_ids(gathering, tally, found)),
                *([] if ids else twin_questions(tally.deals.twins)),
            ]
            outlook = gathering.outlook(tally, found)
            questions += ahead_questions(tally, outlook.settled)
            outlook.settled += settled_questions(
                [*asked_team, *([] if ids else ids_settled(str(found.get(IDS, "")), things))], found
            )
            return Looked(found, shape, questions, outlook)
        return Looked(found, shape, questions, None)


def note_layout(gathering: OutlookGathering, files: Sequence[ImportSource]) -> None:
    """Take note of where the columns are, and of what was said of how the file is read."""
    gathering.open(files[0].layout, files[0].settled, files[0].sheet)


def team_question(teams: Sequence[TeamRow]) -> list[FileQuestion]:
    """Ask whose deals these are, where teams count in different currencies."""
    if len({team.currency for team in teams}) < 2:
        return []
    offered = [Offered(value=team.name, label=f"{team.name} ({team.currency})") for team in teams]
    return [FileQuestion(kind=TEAM, about=TEAM, offered=offered)]


def open_ids(
    gathering: OutlookGathering, tally: ImportTally, answers: Mapping[str, Any]
) -> list[FileQuestion]:
    """Ask whose the ids of a file are that were others' until now, unless somebody said so of this file."""
    said = str(answers.get(IDS, ""))
    if said.startswith(SURE) or gathering.layout is None:
        return []
    kind = tally.files[0].kind
    reused = tally.leads.reused if kind is FileKind.LEADS else tally.deals.reused
    return ids_question(reused, said, gathering.layout.preset.name, things_in(kind))


def lacking(path: Path, headers: Sequence[str], terms: ImportTerms) -> list[FileQuestion]:
    """Ask for what a file must have, where its header has names for some of it; nothing where that is not it."""
    try:
        draft = drafted(headers, None, terms.columns)
    except Refusal:
        return []
    used = {at for places in draft.places.values() for at in places}
    if len(headers) < MOST_ALONE or not draft.lacks:
        return []
    no_ids = () if "id" not in draft.lacks else no_ids_in(path, headers, terms.sheet)
    has_names = draft.preset.kind is FileKind.DEALS and draft.has_names
    return needed_questions(draft.lacks, headers, used, no_ids=no_ids, has_names=has_names)


def headings(path: Path) -> tuple[list[str], list[str]]:
    """Return the names of a file's columns, of all sheets of a workbook, and its sheets.

    They are read so that the same file has the same ones next week, whichever way its letters turn out to be read.
    There are none where it has none that can be read.
    """
    with path.open("rb") as file:
        beginning = file.read(BEGINNING)
    try:
        if not may_be_workbook(beginning[:LOOKED_AT]):
            return headings_of(path, letters_of(beginning)), []
        with ExitStack() as kept:
            sheets = sheets_of(path, kept)
            return [name for sheet in sheets.values() for name in headings_of(sheet, "utf-8")], list(sheets)
    except (Refusal, UnicodeError):
        return [], []


def tells_its_letters(path: Path) -> bool:
    """Say whether a file shows by itself how its letters are written: a workbook, or one in UTF-8."""
    with path.open("rb") as file:
        is_workbook = may_be_workbook(file.read(LOOKED_AT))
    return is_workbook or bool(letters_in(path)[0])


def headings_of(path: Path, encoding: str) -> list[str]:
    with text_of(path, encoding) as lines:
        try:
            _, fields, _ = header_line(lines, None, ImportTerms())
        except Refusal:
            return []
    return [one.strip() for one in fields]


def letters_of(beginning: bytes) -> str:
    """Return an encoding that reads the beginning of a file, right or not."""
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        beginning[: beginning.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8-sig"
