"""Imported rows on a real database: what is touched, what is left alone, and the way back."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from sales.imports.files.deals import Catalogue
from sales.imports.files.entry import ImportEntry
from sales.imports.files.preset import FileKind
from sales.people.member import Member
from sales.pipeline.opportunity import Opportunity, Stage
from sales.value import changed
from storage.database import Database
from storage.imports.files.compare import Differences, compare
from storage.imports.files.runs import (
    ImportChangeRow,
    ImportRow,
    run_of,
    start_run,
    unfinished_runs,
)
from storage.imports.files.undo import STEP, Undone, undo_some
from storage.imports.files.write import count, write_entries
from storage.people import workspace
from storage.people.member import meet_member, people_directory
from storage.pipeline.deal_history import BetweenImports
from storage.pipeline.debrief import DebriefRow
from storage.pipeline.opportunity import OpportunityRow, change_opportunity, link_owners
from tests.known import T0, WORKSPACE
from tests.sales_story import by_hand
from tests.storage.imports.taken import LATER, acme, entry, take, undo


async def batch(
    database: Database, run_id: int, *entries: ImportEntry, trouble: Exception | None = None
) -> None:
    """Write one batch of a run as new rows, then fail if there is trouble."""
    async with database.write(WORKSPACE) as scope:
        people = await people_directory(scope)
        differences = Differences(FileKind.DEALS, list(entries))
        await write_entries(scope, BetweenImports(run_id, None, T0.date()), differences, people, T0)
        await count(scope, run_id, [differences])
        if trouble:
            raise trouble


async def stored(database: Database) -> list[dict[str, Any]]:
    async with database.read(WORKSPACE) as scope:
        rows = await scope.session.exec(select(OpportunityRow).order_by(OpportunityRow.id))
        return [row.model_dump() for row in rows]


async def edit_by_hand(database: Database, **values: Any) -> None:
    """Change the first deal as a handler does."""
    async with database.write(WORKSPACE) as scope:
        row = (await scope.session.exec(select(OpportunityRow).order_by(OpportunityRow.id))).first()
        assert row is not None
        await change_opportunity(scope, row, changed(Opportunity, row, **values), by_hand(LATER))


async def meet(database: Database, user_id: str, name: str) -> None:
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id=user_id, name=name))


def counts(differences: Differences) -> tuple[int, int, int]:
    return len(differences.added), len(differences.changed), differences.unchanged


async def test_the_same_rows_twice_change_nothing(database: Database) -> None:
    _, first = await take(database, acme())
    before = await stored(database)
    _, second = await take(database, acme())
    assert (counts(first), counts(second)) == ((1, 0, 0), (0, 0, 1))
    assert await stored(database) == before


async def test_a_changed_row_is_changed_and_goes_back_exactly(database: Database) -> None:
    await take(database, acme())
    before = await stored(database)
    run_id, differences = await take(database, acme("won", "120", "2026-02-03"))
    (row,) = await stored(database)
    assert counts(differences) == (0, 1, 0)
    assert (row["stage"], row["value_minor"], row["closed_on"]) == (Stage.WON, 12_000, date(2026, 2, 3))
    assert (await undo(database, run_id))[:3] == (0, 1, ())
    assert await stored(database) == before


async def test_what_somebody_changed_stays_while_the_files_row_is_the_same(database: Database) -> None:
    await take(database, acme())
    await edit_by_hand(database, stage=Stage.WON, closed_on=date(2026, 3, 1), value_minor=777)
    before = await stored(database)
    _, differences = await take(database, acme())
    assert counts(differences) == (0, 0, 1)
    assert await stored(database) == before


async def test_a_changed_row_wins_for_what_the_file_states_only(database: Database) -> None:
    await take(database, acme())
    await edit_by_hand(
        database, name="Acme, the big one", owner_id="U9", value_minor=777, expected_on=date(2026, 5, 1)
    )
    await take(
        database, entry("D1", "Acme", "Ana Bell", "proposal", header=["id", "account", "owner", "stage"])
    )
    (row,) = await stored(database)
    assert row["stage_label"] == "proposal"
    assert (row["name"], row["owner_id"], row["value_minor"]) == ("Acme, the big one", "U9", 777)
    assert row["expected_on"] == date(2026, 5, 1)


async def test_a_new_owner_in_the_file_is_a_new_owner_here(database: Database) -> None:
    await meet(database, "U1", "ana  béll")
    await meet(database, "U2", "Bo Carr")
    await take(database, acme())
    assert (await stored(database))[0]["owner_id"] == "U1"
    await take(database, acme(owner="Bo Carr"))
    assert (await stored(database))[0]["owner_id"] == "U2"
    await take(database, acme(owner="Nobody Known"))
    assert (await stored(database))[0]["owner_id"] is None


async def test_a_deal_that_was_handed_over_stays_until_the_file_names_another_owner_than_before(
    database: Database,
) -> None:
    people = ("Ana Bell", "Bo Carr", "Cy Dee", "Di Fox")
    for number, name in enumerate(people, 1):
        await meet(database, f"U{number}", name)

    def owner(number: int) -> dict[str, str]:
        return {"owner_id": f"U{number}", "owner_name": people[number - 1]}

    await take(database, acme())
    await edit_by_hand(database, **owner(2))
    await edit_by_hand(database, **owner(3))  # who handed it on
    for value in ("120", "130"):
        _, differences = await take(database, acme(value=value))
        assert counts(differences) == (0, 1, 0)
        (row,) = await stored(database)
        assert {name: row[name] for name in owner(3)} == owner(3)
        assert row["value_minor"] == int(value) * 100
    await take(database, acme(owner="Di Fox"))
    assert (await stored(database))[0]["owner_id"] == "U4"
    await take(database, acme(owner="Ana Bell"))  # given back there, and so here
    assert (await stored(database))[0]["owner_id"] == "U1"


async def test_a_change_that_contradicts_what_was_entered_is_refused_with_a_reason(
    database: Database,
) -> None:
    await take(database, entry("D1", "Acme", "open", header=["id", "name", "stage"]))
    await edit_by_hand(database, opened_on=date(2026, 4, 1))
    won = entry("D1", "Acme", "won", "2026-02-01", header=["id", "name", "stage", "closed"])
    _, differences = await take(database, won)
    ((_, reason),) = differences.refused
    assert reason == "contradicts what was entered in Slack since: The deal closes before it opens"
    assert (await stored(database))[0]["stage"] is Stage.OPEN


async def test_a_product_list_that_comes_later_fills_what_is_missing(database: Database) -> None:
    await take(database, acme(value=""))
    assert [(row["product"], row["value_minor"]) for row in await stored(database)] == [("GTXPro", 0)]
    listed = Catalogue({}, {"gtxpro": ("GTX Pro", 482_100)})
    _, differences = await take(database, acme(value="", catalogue=listed))
    (row,) = await stored(database)
    assert counts(differences) == (0, 1, 0)
    assert (row["name"], row["product"], row["value_minor"]) == ("Acme – GTX Pro", "GTX Pro", 482_100)
    await edit_by_hand(database, value_minor=5)
    dearer = Catalogue({}, {"gtxpro": ("GTX Pro", 999_900)})
    _, differences = await take(database, acme(value="", catalogue=dearer))
    assert (counts(differences), (await stored(database))[0]["value_minor"]) == ((0, 0, 1), 5)


async def test_undo_removes_what_was_added_and_the_rows_can_come_again(database: Database) -> None:
    run_id, _ = await take(database, acme())
    assert await undo(database, run_id) == Undone(1, 0, (), None)
    assert await stored(database) == []
    async with database.read(WORKSPACE) as scope:
        run = await run_of(scope, run_id)
        assert run is not None
        assert run.undone_at == LATER
        assert not list(await scope.session.exec(select(ImportChangeRow)))
    assert counts((await take(database, acme()))[1]) == (1, 0, 0)


async def test_undo_leaves_what_somebody_changed_since_and_names_it(database: Database) -> None:
    other = entry("D2", "Beta", "", "", "", "open", "5", "2026-01-05", "")
    run_id, _ = await take(database, acme(), other)
    await edit_by_hand(database, stage_label="Legal review")
    assert await undo(database, run_id) == Undone(1, 0, ("Acme – GTXPro (D1): changed since",), None)
    assert [row["external_id"] for row in await stored(database)] == ["D1"]
    await edit_by_hand(database, stage_label="open")
    assert await undo(database, run_id) == Undone(1, 0, (), None)  # as it was again: now it can go


async def test_undo_never_takes_somebodys_debrief_along(database: Database) -> None:
    run_id, _ = await take(database, acme("lost", "0", "2026-02-03"))
    (row,) = await stored(database)
    async with database.write(WORKSPACE) as scope:
        values = {"opportunity_id": row["id"], "workspace_id": WORKSPACE, "created_at": T0}
        scope.session.add(DebriefRow.model_validate({**values, "reason": "They had no budget."}))
    assert (await undo(database, run_id)).left == ("Acme – GTXPro (D1): somebody has added to it",)
    assert len(await stored(database)) == 1


async def test_undo_leaves_a_deal_given_to_somebody_else(database: Database) -> None:
    run_id, _ = await take(database, acme())
    await edit_by_hand(database, owner_id="U9")
    assert (await undo(database, run_id)).left == ("Acme – GTXPro (D1): given to somebody else since",)


async def test_an_owner_met_later_is_no_change_by_a_person(database: Database) -> None:
    run_id, _ = await take(database, acme())
    await meet(database, "U1", "Ana Bell")
    async with database.write(WORKSPACE) as scope:
        assert await link_owners(scope) == 1
        assert await link_owners(scope) == 0
    assert (await stored(database))[0]["owner_id"] == "U1"
    assert await undo(database, run_id) == Undone(1, 0, (), None)


async def test_runs_are_undone_in_turn(database: Database) -> None:
    first, _ = await take(database, acme())
    second, _ = await take(database, acme(value="120"))
    left = (await undo(database, first)).left
    assert left == (f"Acme – GTXPro (D1): changed by import {second} since; undo that one first",)
    assert await undo(database, second) == Undone(0, 1, (), None)
    assert await undo(database, first) == Undone(1, 0, (), None)
    assert await stored(database) == []


async def test_a_run_that_died_midway_is_seen_and_can_be_undone(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        run = await start_run(scope, "opportunities", "deals.csv", T0)
    other = entry("D2", "Beta", "", "", "", "open", "5", "2026-01-05", "")
    await batch(database, run.id, other)
    with pytest.raises(LookupError):
        await batch(database, run.id, acme(), trouble=LookupError("the power went"))
    assert [row["external_id"] for row in await stored(database)] == ["D2"]
    async with database.read(WORKSPACE) as scope:
        (found,) = await unfinished_runs(scope)
        assert (found.id, found.added, found.finished_at) == (run.id, 1, None)
    assert await undo(database, run.id) == Undone(1, 0, (), None)
    async with database.read(WORKSPACE) as scope:
        assert await unfinished_runs(scope) == []


async def test_workspaces_do_not_see_each_others_imports(database: Database) -> None:
    run_id, _ = await take(database, acme())
    async with database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with database.write("T2") as scope:
        assert await run_of(scope, run_id) is None
        differences = await compare(scope, FileKind.DEALS, [acme()], await people_directory(scope))
        assert counts(differences) == (1, 0, 0)
    async with database.read_ledger() as ledger:
        assert [row.id for row in await workspace.installed_workspaces(ledger)] == [WORKSPACE, "T2"]


async def test_undo_goes_in_steps_and_notes_the_run_at_the_last(database: Database) -> None:
    count = 2 * STEP + 20
    rows = [entry(f"D{n}", "Acme", "", "", "", "open", "5", "2026-01-05", "") for n in range(count)]
    run_id, _ = await take(database, *rows)
    steps, below = [], None
    while True:
        async with database.write(WORKSPACE) as scope:
            step = await undo_some(scope, run_id, LATER, below)
        async with database.read(WORKSPACE) as scope:
            run = await scope.session.get(ImportRow, run_id)
            assert run is not None
            steps.append((step.removed, run.undone_at is not None))
        if (below := step.rest) is None:
            break
    assert steps == [(STEP, False), (STEP, False), (20, True)]
