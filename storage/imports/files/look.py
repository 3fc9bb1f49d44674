"""A look at a file, which writes nothing: what its columns are taken for, what would change, what is to be asked."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sales.imports.files.answers import TEAM, terms_of
from sales.imports.files.asking import stage_questions
from sales.imports.files.drop import FileQuestion, ImportOutlook, Offered
from sales.imports.files.outlook import OutlookGathering
from sales.imports.files.presets import PRESETS
from sales.imports.files.shape import shape_of
from storage.database import Database
from storage.imports.files.run import read_in
from storage.imports.files.shape import remembered_terms
from storage.imports.files.source import prepared
from storage.people.team import every_team


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
    terms = terms_of(answers, dry_run=True)
    preset = PRESETS[terms.preset] if terms.preset else None
    source = await asyncio.to_thread(prepared, path, preset, terms.dates)
    shape = shape_of(source.layout.headers)
    async with database.read(workspace_id) as scope:
        found = {**await remembered_terms(scope, shape), **answers}
        teams = await every_team(scope)
    if len({team.currency for team in teams}) > 1 and not found.get(TEAM):
        offered = [Offered(value=team.name, label=f"{team.name} ({team.currency})") for team in teams]
        return Looked(found, shape, [FileQuestion(kind=TEAM, about=TEAM, offered=offered)], None)
    gathering = OutlookGathering()
    tally = await read_in(
        database,
        workspace_id,
        path,
        clock,
        terms_of(found, dry_run=True),
        reject=gathering.reject,
        watch=watch,
        notice=gathering.notice,
    )
    settled = found.get("stages", {})
    questions = stage_questions(gathering.unknown, settled)
    return Looked(found, shape, questions, gathering.outlook(tally, source.layout))
