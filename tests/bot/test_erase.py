"""Erasing as somebody types it: an owner that only deals name, what is said and asked, and copies of files."""

import re
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from sqlmodel import SQLModel

from bot.erase.report import KINDS, UNTOLD
from handlers.registry import REGISTRY
from sales.imports.files.drop import DropNews, DropStep
from sales.people.member import Member
from sales.people.pseudonym import FORMER
from storage.database import Database
from storage.imports.files.content import forget_copies, keep_content
from storage.imports.files.drop import (
    DroppedFileRow,
    claim_drop,
    copied_drops,
    find_drop,
    move_drop,
    note_drop,
)
from storage.people.member import meet_member
from tests.known import T0, WORKSPACE
from tests.stories.files.typed import Terminal, clear

DEALS = (
    "id,name,stage,value,owner,expected\n"
    "1,Quay lamp,open,10,Ana Kovač,2026-12-01\n2,Dock sign,open,20,ana kovac,2026-12-01\n"
    "3,Mill,open,30,Ben Ito,2026-12-01\n"
)


def test_every_table_has_a_word_or_is_not_told():
    assert REGISTRY.records
    assert {table.name for table in SQLModel.metadata.sorted_tables} - KINDS.keys() - UNTOLD == set()
    assert KINDS.keys() & UNTOLD == set()


@pytest.fixture
async def terminal(database: Database, database_url: str, tmp_path):
    """Three deals whose owners Slack has never shown us."""
    typed = Terminal(tmp_path, database_url)
    typed.file("deals.csv", DEALS)
    ended = await typed.beside("import", "deals.csv", "--currency", "USD")
    assert ended.code == 0, clear(ended)
    return typed


def owners(terminal):
    with closing(sqlite3.connect(terminal.url.partition("///")[2])) as file:
        return list(file.execute("SELECT name, owner_name, owner_id FROM opportunity ORDER BY external_id"))


@pytest.mark.engines("sqlite")
async def test_an_owner_that_only_deals_name_is_forgotten(terminal):
    """In every spelling; the deals stay under one neutral name, also after the same file again."""
    ended = await terminal.beside("erase", "Ana Kovač", "--yes")
    assert ended.code == 0, clear(ended)
    assert ended.lines[0] == "Erasing Ana Kovač, who is only a name on 2 deals."
    assert "?" not in ended.out
    first, second, other = owners(terminal)
    assert (first[1], second[1], other[1:]) == (FORMER, FORMER, ("Ben Ito", None))
    assert first[2] == second[2]
    assert first[2].startswith("FORMER")
    ended = await terminal.beside("import", "deals.csv", "--currency", "USD")
    assert ended.code == 0, clear(ended)
    assert owners(terminal) == [first, second, other]


@pytest.mark.engines("sqlite")
async def test_erasing_an_owner_asks_first_and_can_be_typed_again(terminal):
    before = owners(terminal)
    ended = await terminal.beside("erase", "Ana Kovač", answers="n\n")
    assert (ended.code, owners(terminal)) == (1, before)
    assert ended.out.startswith("Erase Ana Kovač, who is only a name on 2 deals? This cannot be undone.")
    assert (await terminal.beside("erase", "Ana Kovač", "--yes")).code == 0
    ended = await terminal.beside("erase", "Ana Kovač", "--yes")
    assert (ended.code, len(ended.lines)) == (1, 1), clear(ended)


@pytest.mark.engines("sqlite")
async def test_an_owner_that_only_deals_name_hands_nothing_over(terminal, database: Database):
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="U2", name="Ben Ito"))
    ended = await terminal.beside("erase", "Ana Kovač", "--deals-to", "U2", "--yes")
    assert (ended.code, len(ended.lines)) == (1, 1), clear(ended)
    assert "--deals-to" in ended.err


@pytest.mark.engines("sqlite")
async def test_a_name_on_deals_of_somebody_else_is_not_erased(terminal, database: Database):
    """A CRM's older name: whoever has the deals is named, to be erased by their id."""
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="U1", name="Ana Kovač"))
    assert (await terminal.beside("import", "deals.csv", "--currency", "USD")).code == 0
    with closing(sqlite3.connect(terminal.url.partition("///")[2])) as file, file:
        file.execute("UPDATE member SET name = 'Ana Novak' WHERE user_id = 'U1'")
    ended = await terminal.beside("erase", "Ana Kovač", "--yes")
    assert (ended.code, "rainmaker erase U1" in ended.err) == (1, True), clear(ended)


@pytest.mark.engines("sqlite")
async def test_nothing_is_told_in_words_of_our_own(terminal, database: Database):
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="U1", name="Ana Kovač"))
    ended = await terminal.beside("erase", "U1", "--yes")
    assert ended.code == 0, clear(ended)
    assert ended.lines[0] == "Erasing Ana Kovač (U1)."
    assert "?" not in ended.out
    assert not re.search(r"stamp|_", ended.out), ended.out


def a_file(number, step):
    return DroppedFileRow(
        workspace_id=WORKSPACE, user_id="U3", channel_id="D3", file_id=f"F{number}", said_at="1.0", name="deals.csv",
        size=10, url="https://files.slack.com/x", step=step, not_before=T0, arrived_at=T0,
    )  # fmt: skip


async def copied(database, number, tmp_path):
    """A dropped file of which we keep a copy."""
    path = tmp_path / "deals.csv"
    path.write_text(DEALS)
    async with database.write(WORKSPACE) as scope:
        drop_id = (await note_drop(scope, a_file(number, DropStep.ARRIVED))).id
        held = await claim_drop(scope, drop_id, "A", T0)
    assert await keep_content(database, WORKSPACE, drop_id, held.fence, path) == 1
    async with database.write(WORKSPACE) as scope:
        row = await find_drop(scope, drop_id)
        row.pieces = 1
        await move_drop(scope, row, DropStep.SHOWN, T0, DropNews())
    return drop_id


async def test_copies_of_files_go_and_their_messages_say_so(database: Database, tmp_path):
    """But for one that is being read just now, which is counted."""
    waits, read = await copied(database, 1, tmp_path), await copied(database, 2, tmp_path)
    async with database.write(WORKSPACE) as scope:
        await move_drop(scope, await find_drop(scope, read), DropStep.CONFIRMED, T0)
        await claim_drop(scope, read, "B", T0)
    async with database.write(WORKSPACE) as scope:
        assert await forget_copies(scope, T0 + timedelta(seconds=1), "Gone.") == (1, 1)
    async with database.write(WORKSPACE) as scope:
        row = await find_drop(scope, waits)
        assert (row.step, row.pieces, row.told.trouble, row.told.again) == (DropStep.FAILED, 0, "Gone.", True)
        assert [one.id for one in await copied_drops(scope)] == [read]
        assert await forget_copies(scope, T0 + timedelta(minutes=2), "Gone.") == (1, 0)
