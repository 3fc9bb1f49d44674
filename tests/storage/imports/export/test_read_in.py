"""Out and in again, on a real database: the same rows, once, wherever they go."""

import csv
import io
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import func, select

from handlers.registry import REGISTRY
from sales.imports.export.folder import READ_IN, README
from sales.imports.export.naming import file_of
from sales.imports.files.terms import Rejected
from sales.people.team import Team
from sales.refusal import Refusal
from storage.database import Database
from storage.followups.activity import ActivityRow
from storage.goals.goal import GoalRow, for_others
from storage.imports.export.read_in.folder import read_folder
from storage.imports.export.read_in.reading import FileReadIn
from storage.imports.export.read_in.trial import trial
from storage.imports.files.desk import ignored
from storage.imports.files.runs import ImportChangeRow, latest_runs
from storage.imports.files.undo import take_back
from storage.people.member import MemberRow, find_member
from storage.people.team import TeamRow, add_team, every_team
from storage.pipeline.deal_contact import DealContactRow
from storage.pipeline.opportunity import OpportunityRow
from tests.known import T0, WORKSPACE
from tests.storage.imports.export.taken_out import install, live, take_out

# Ids are of one database, and what came from a file's import is not read in with that import.
OF_ITS_PLACE = {"id", "team_id", "opportunity_id", "goal_id", "import_id", "import_sha"}


@pytest.fixture
async def folder(database, tmp_path):
    await live(database)
    made = tmp_path / "out"
    made.mkdir()
    return await take_out(database, made)


@pytest.fixture
async def elsewhere(request, database_url, tmp_path) -> AsyncIterator[Database]:
    """Another database on the same engine, in which nobody has done anything."""
    if database_url.startswith("sqlite"):
        there = tmp_path / "elsewhere"
        there.mkdir()
        async with request.getfixturevalue("sqlite").copy(there) as url:
            opened = await install(url)
            yield opened
            await opened.close()
    else:
        async with request.getfixturevalue("postgres").copy() as url:
            opened = await install(url)
            yield opened
            await opened.close()


async def everything(database: Database) -> dict[str, list[Any]]:
    """Every row of what can be read in again, without what is of its place."""
    found = {}
    async with database.read(WORKSPACE) as scope:
        connection = await scope.session.connection()
        for name in READ_IN:
            table = OpportunityRow.metadata.tables[name]
            columns = [one for one in table.columns if one.name not in OF_ITS_PLACE]
            rows = [tuple(row) for row in (await connection.execute(select(*columns))).all()]
            found[name] = sorted(rows, key=repr)
    return found


async def read(database: Database, folder, rejected: list[Rejected] | None = None) -> dict[str, FileReadIn]:
    reject = ignored if rejected is None else rejected.append
    reading = await read_folder(database, WORKSPACE, folder, {}, lambda: T0, reject)
    return {one.file: one for one in reading.files}


async def count(database: Database, model: Any) -> int:
    async with database.read(WORKSPACE) as scope:
        return (await scope.session.exec(select(func.count()).select_from(model))).scalar_one()


async def test_an_empty_place_becomes_the_same(database, elsewhere, folder):
    """Every column of every row: amounts, instants, empty and missing texts, lines and formulas."""
    told = await read(elsewhere, folder)
    assert not [one for one in told.values() if one.refused], told
    assert await everything(elsewhere) == await everything(database)


async def test_rows_name_the_same_rows(elsewhere, folder):
    """Two deals of one name: the contact is the first one's, each promise of its own."""
    await read(elsewhere, folder)
    async with elsewhere.read(WORKSPACE) as scope:
        (contact,) = (await scope.session.exec(select(DealContactRow))).scalars()
        first = (await scope.session.exec(select(func.min(OpportunityRow.id)))).scalar_one()
        assert contact.opportunity_id == first
        member = await find_member(scope, "U1")
        (team,) = await every_team(scope)
        assert member is not None
        assert (member.team_id, member.is_rep, team.name) == (team.id, True, "Field")


async def test_who_set_a_goal_still_decides_who_sees_it(elsewhere, folder):
    await read(elsewhere, folder)
    async with elsewhere.read(WORKSPACE) as scope:
        goals = list((await scope.session.exec(select(GoalRow))).scalars())
        assert [goal.target for goal in await for_others(scope, goals)] == [60_000]


async def test_twice_changes_nothing(elsewhere, folder):
    await read(elsewhere, folder)
    before = await everything(elsewhere)
    told = await read(elsewhere, folder)
    assert await everything(elsewhere) == before
    assert sum(one.added for one in told.values()) == 0


async def test_where_it_came_from_nothing_changes(database, folder):
    before = await everything(database)
    told = await read(database, folder)
    assert await everything(database) == before
    assert sum(one.added for one in told.values()) == 0


@pytest.mark.parametrize("place", ["database", "elsewhere"])
async def test_what_was_changed_since_stays_as_it_is_now(place, database, elsewhere, folder):
    """A deal renamed and won after it was exported, or after it was read in, is neither put back nor doubled."""
    here = {"database": database, "elsewhere": elsewhere}[place]
    await read(here, folder)
    async with here.write(WORKSPACE) as scope:
        for row in (await scope.session.exec(select(OpportunityRow))).scalars():
            row.name = f"{row.name} of today"
            scope.session.add(row)
    before = await everything(here)
    await read(here, folder)
    assert await everything(here) == before


async def test_what_is_gone_since_comes_back_once(database, folder):
    before = await everything(database)
    async with database.write(WORKSPACE) as scope:
        row = (
            (await scope.session.exec(select(ActivityRow).order_by(ActivityRow.id.desc()))).scalars().first()
        )
        await scope.session.delete(row)
    for _ in range(2):
        await read(database, folder)
        assert await everything(database) == before


async def test_a_team_that_is_here_keeps_what_it_decided(elsewhere, folder):
    async with elsewhere.write(WORKSPACE) as scope:
        await add_team(scope, Team(name="field", currency="EUR"))
    told = await read(elsewhere, folder)
    assert (told["teams.csv"].added, told["teams.csv"].there) == (0, 1)
    async with elsewhere.read(WORKSPACE) as scope:
        assert [team.currency for team in await every_team(scope)] == ["EUR"]
    assert await count(elsewhere, TeamRow) == 1
    assert await count(elsewhere, MemberRow) == 3


async def test_a_row_that_cannot_stand_is_refused_with_its_line_and_the_others_come_in(elsewhere, folder):
    path = folder / file_of("opportunity")
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    rows[1]["stage"] = "dreaming"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    rejected: list[Rejected] = []
    told = await read(elsewhere, folder, rejected)
    assert (told["deals.csv"].added, told["deals.csv"].refused) == (3, 1)
    assert [(one.source, one.line) for one in rejected if one.reason.startswith("stage")] == [
        ("deals.csv", 3)
    ]
    assert await count(elsewhere, OpportunityRow) == 3


async def test_a_folder_of_another_workspace_is_refused(elsewhere, folder):
    text = (folder / README).read_text("utf-8")
    (folder / README).write_text(text.replace("T1 Testing", "T9 Testing"), encoding="utf-8")
    with pytest.raises(Refusal, match="T9"):
        await read_folder(elsewhere, WORKSPACE, folder, {}, lambda: T0)


async def test_a_file_that_was_taken_out_is_left_out(elsewhere, folder):
    """Deals without their accounts and contacts; promises without deals belong to none."""
    for name in ("account", "deal_contact", "opportunity", "goal_change"):
        (folder / file_of(name)).unlink()
    told = await read(elsewhere, folder)
    assert not [one for one in told.values() if one.refused]
    assert await count(elsewhere, OpportunityRow) == 0
    assert await count(elsewhere, ActivityRow) == 2


async def latest_run(database: Database) -> int:
    async with database.read(WORKSPACE) as scope:
        return (await latest_runs(scope, 1))[0].id


async def test_a_folder_is_taken_back_whole(elsewhere, folder):
    """All that came in goes, but for teams and people; read in again it is as before."""
    await read(elsewhere, folder)
    before = await everything(elsewhere)
    done = await take_back(elsewhere, WORKSPACE, await latest_run(elsewhere), lambda: T0)
    assert (done.left, done.removed > 0) == ((), True)
    left = {name for name, rows in (await everything(elsewhere)).items() if rows}
    assert left == {"team", "member", "team_manager"}
    assert await count(elsewhere, ImportChangeRow) == 0
    await read(elsewhere, folder)
    assert await everything(elsewhere) == before


async def test_what_was_added_to_since_stays(elsewhere, folder):
    """A deal that somebody renamed, and its contact goes; a goal that was changed keeps its history."""
    await read(elsewhere, folder)
    async with elsewhere.write(WORKSPACE) as scope:
        deal = (
            (await scope.session.exec(select(OpportunityRow).order_by(OpportunityRow.id))).scalars().first()
        )
        deal.name = "Renamed"
        goal = (await scope.session.exec(select(GoalRow).order_by(GoalRow.id))).scalars().first()
        goal.target += 1
        scope.session.add_all([deal, goal])
    histories = len((await everything(elsewhere))["goal_change"])
    done = await take_back(elsewhere, WORKSPACE, await latest_run(elsewhere), lambda: T0)
    assert sorted(one.partition(": ")[2] for one in done.left) == ["changed since", "changed since"]
    assert await count(elsewhere, OpportunityRow) == await count(elsewhere, GoalRow) == 1
    assert 0 < len((await everything(elsewhere))["goal_change"]) < histories


async def test_a_trial_holds_a_folder_against_what_is_there(database, folder):
    """In a copy, on whichever engine: nothing is to add, and what is taken out of the copy would be."""
    before = await everything(database)
    async with trial(database, WORKSPACE, REGISTRY.declared) as copy:
        assert await everything(copy) == before
        assert sum(one.added for one in (await read(copy, folder)).values()) == 0
        async with copy.write(WORKSPACE) as scope:
            for row in (await scope.session.exec(select(ActivityRow))).scalars():
                await scope.session.delete(row)
        assert (await read(copy, folder))["activities.csv"].added == 2
    assert await everything(database) == before
