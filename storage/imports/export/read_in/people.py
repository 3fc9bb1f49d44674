"""People read in: teams, who is in them and who manages them, all in one unit of work.

A team that is here already stays as it is, and so does everybody in it: who came or left since is this place's to say.
"""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, update

from sales.language.names.match import unaccented
from storage.imports.export.read_in.reading import FolderReading, insert_rows, stored
from storage.imports.export.read_in.tables import ReadRow
from storage.imports.export.sheet import NamedBy, Sheet
from storage.inserts import insert_missing
from storage.people.member import MemberRow
from storage.people.team import TeamManagerRow, TeamRow, every_team
from storage.scope import Scope

PERSON, TEAM = "user_id", "team_id"


async def read_people(reading: FolderReading) -> None:
    """Read in teams, people and managers."""
    async with reading.database.write(reading.workspace_id) as scope:
        new = await read_teams(scope, reading)
        await read_members(scope, reading, new)
        await read_managers(scope, reading, new)


async def read_teams(scope: Scope, reading: FolderReading) -> set[int]:
    """Read in the teams; return those that came in."""
    new: set[int] = set()
    reading.teams = {unaccented(team.name): team.id for team in await every_team(scope)}
    table = reading.table(TeamRow)
    if table is None:
        return new
    told = reading.begin(table)
    for row in table.rows():
        values = stored(reading, told, TeamRow, row)
        if values is None:
            continue
        name = unaccented(values["name"])
        if name in reading.teams:
            told.there += 1
            continue
        (reading.teams[name],) = await insert_rows(scope, TeamRow, [values])
        new.add(reading.teams[name])
        told.added += 1
    scope.forget(TeamRow)
    return new


async def read_members(scope: Scope, reading: FolderReading, new: set[int]) -> None:
    """Read in people. Of those who are here already, who is in no team joins one that came in with them."""
    table = reading.table(MemberRow)
    if table is None:
        return
    told = reading.begin(table)
    for row in table.rows():
        row.values[TEAM] = team_named(reading, table.sheet, row)
        values = stored(reading, told, MemberRow, row)
        if values is None:
            continue
        if await insert_missing(scope.session, MemberRow, [values]):
            told.added += 1
            continue
        told.there += 1
        if values[TEAM] in new:
            await join(scope, values)
    scope.forget(MemberRow)


async def join(scope: Scope, values: Mapping[str, Any]) -> None:
    here = col(MemberRow.workspace_id) == scope.workspace_id, col(MemberRow.user_id) == values[PERSON]
    roles = {name: values[name] for name in (TEAM, "is_rep", "is_manager")}
    await scope.session.exec(update(MemberRow).where(*here, col(MemberRow.team_id).is_(None)).values(roles))


async def read_managers(scope: Scope, reading: FolderReading, new: set[int]) -> None:
    table = reading.table(TeamManagerRow)
    if table is None:
        return
    told = reading.begin(table)
    for row in table.rows():
        team = team_named(reading, table.sheet, row)
        if row.refused or team is None:
            told.refuse(row.line, row.refused or "there is no team of that name")
        elif team in new:
            values = {TEAM: team, PERSON: row.values[PERSON], "workspace_id": scope.workspace_id}
            await insert_missing(scope.session, TeamManagerRow, [values])
            told.added += 1
        else:
            told.there += 1


def team_named(reading: FolderReading, sheet: Sheet, row: ReadRow) -> int | None:
    """Return the team here that a row names; ids of teams are those of where it was exported."""
    column = next(one for one in sheet.columns if one.beside is NamedBy.TEAM)
    return reading.teams.get(unaccented(row.beside.get(column.headings[0], "")))
