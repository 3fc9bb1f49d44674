"""Dropped files in the database: one at a time, held by whoever works on one, and a copy that comes back as it was."""

from datetime import timedelta

import pytest

from sales.imports.files.drop import ENDED, DropNews, DropStep
from storage.imports.files.content import keep_content, lines_in, restore_content
from storage.imports.files.drop import (
    PIECE,
    DroppedFileRow,
    claim_drop,
    find_drop,
    forget_drops,
    forget_pieces,
    held_drop,
    move_drop,
    note_drop,
    note_shown,
    outlived_drops,
    renew_lease,
    unshown_drops,
    waiting_drops,
)
from storage.imports.files.shape import remember_terms, remembered_terms
from tests.known import T0, WORKSPACE

LATER = T0 + timedelta(minutes=2)


def a_file(file_id="F1", said_at="1.0"):
    return DroppedFileRow(
        workspace_id=WORKSPACE,
        user_id="U3",
        channel_id="D3",
        file_id=file_id,
        said_at=said_at,
        name="deals.csv",
        size=10,
        url="https://files.slack.com/x",
        not_before=T0,
        arrived_at=T0,
    )


async def dropped(database, file_id="F1"):
    async with database.write(WORKSPACE) as scope:
        row = await note_drop(scope, a_file(file_id))
        assert row is not None
        return row.id


async def claimed(database, drop_id, owner="A", now=T0):
    async with database.write(WORKSPACE) as scope:
        return await claim_drop(scope, drop_id, owner, now)


async def test_the_same_message_is_noted_once(database):
    await dropped(database)
    async with database.write(WORKSPACE) as scope:
        assert await note_drop(scope, a_file()) is None
        assert await note_drop(scope, a_file(said_at="2.0")) is not None


async def test_a_workspace_has_one_import_at_a_time(database):
    first, second = await dropped(database), await dropped(database, "F2")
    assert await claimed(database, first) is not None
    assert await claimed(database, second, "B") is None
    assert await claimed(database, first, "B") is None
    async with database.read_ledger() as ledger:
        assert [row.id for row in await waiting_drops(ledger, WORKSPACE, T0)] == [second]


async def test_what_somebody_left_is_taken_up_under_a_new_fence(database):
    """Whoever lost it can neither renew nor write down what came of it."""
    drop_id = await dropped(database)
    before = await claimed(database, drop_id)
    after = await claimed(database, drop_id, "B", LATER)
    assert (before.fence, after.fence) == (1, 2)
    async with database.write(WORKSPACE) as scope:
        assert not await renew_lease(scope, drop_id, before.fence, LATER)
        assert await renew_lease(scope, drop_id, after.fence, LATER)
        assert await held_drop(scope, drop_id, before.fence) is None
        assert await held_drop(scope, drop_id, after.fence) is not None


async def test_a_person_who_goes_on_takes_it_from_whoever_works(database):
    drop_id = await dropped(database)
    held = await claimed(database, drop_id)
    async with database.write(WORKSPACE) as scope:
        row = await find_drop(scope, drop_id)
        await move_drop(scope, row, DropStep.CANCELLED, T0, DropNews())
        assert await held_drop(scope, drop_id, held.fence) is None
    assert await claimed(database, drop_id) is None  # nothing is left to be done


async def test_a_message_is_shown_once_it_says_the_newest(database):
    drop_id = await dropped(database)
    async with database.write(WORKSPACE) as scope:
        row = await find_drop(scope, drop_id)
        await move_drop(scope, row, DropStep.SHOWN, T0, DropNews())
        version = row.version
        await note_shown(scope, drop_id, version - 1)
    async with database.read_ledger() as ledger:
        assert len(await unshown_drops(ledger, WORKSPACE)) == 1
    async with database.write(WORKSPACE) as scope:
        await note_shown(scope, drop_id, version)
        await note_shown(scope, drop_id, version - 1)  # an older edit that was slower
    async with database.read_ledger() as ledger:
        assert await unshown_drops(ledger, WORKSPACE) == []


async def test_undoing_ends_after_a_day(database):
    drop_id = await dropped(database)
    async with database.write(WORKSPACE) as scope:
        await move_drop(scope, await find_drop(scope, drop_id), DropStep.TAKEN, T0, DropNews())
    for hours, late in ((23, 0), (25, 1)):
        async with database.read_ledger() as ledger:
            assert len(await outlived_drops(ledger, WORKSPACE, T0 + timedelta(hours=hours))) == late


async def test_only_what_came_to_its_end_is_forgotten(database):
    """A preview, or what can be taken back, stays however old it is; how its columns are read stays known."""
    ids = {}
    for at, step in enumerate(DropStep):
        ids[step] = await dropped(database, f"F{at}")
        async with database.write(WORKSPACE) as scope:
            await move_drop(scope, await find_drop(scope, ids[step]), step, T0, DropNews())
    async with database.write(WORKSPACE) as scope:
        await remember_terms(scope, "abc", {"dates": "dmy"}, T0)
        assert await forget_drops(scope, T0, 100) == 0
        assert await forget_drops(scope, T0 + timedelta(seconds=1), 2) == 2
        assert await forget_drops(scope, T0 + timedelta(seconds=1), 100) == len(ENDED) - 2
        left = {step for step, drop_id in ids.items() if await find_drop(scope, drop_id) is not None}
        assert await remembered_terms(scope, "abc") == {"dates": "dmy", "since": {"dates": "2026-09-14"}}
    assert left == set(DropStep) - ENDED


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 1, 2 * PIECE + 7])
async def test_a_copy_comes_back_as_it_was(database, tmp_path, size):
    drop_id = await dropped(database)
    held = await claimed(database, drop_id)
    there, back = tmp_path / "there.csv", tmp_path / "back.csv"
    there.write_bytes((b"Quay lamp;1\n" * (size // 12 + 1))[:size])
    count = await keep_content(database, WORKSPACE, drop_id, held.fence, there)
    again = await keep_content(
        database, WORKSPACE, drop_id, held.fence, there
    )  # after one that was cut short
    assert count == again == -(-size // PIECE)
    assert await restore_content(database, WORKSPACE, drop_id, count, back) is (size > 0)
    assert back.read_bytes() == there.read_bytes()
    async with database.write(WORKSPACE) as scope:
        await forget_pieces(scope, drop_id)
    assert await restore_content(database, WORKSPACE, drop_id, count, back) is False


async def test_nobody_keeps_a_copy_of_what_they_lost(database, tmp_path):
    drop_id = await dropped(database)
    held = await claimed(database, drop_id)
    (tmp_path / "a.csv").write_bytes(b"x")
    await claimed(database, drop_id, "B", LATER)
    assert await keep_content(database, WORKSPACE, drop_id, held.fence, tmp_path / "a.csv") is None


async def test_the_last_terms_of_a_shape_count(database):
    async with database.write(WORKSPACE) as scope:
        assert await remembered_terms(scope, "abc") == {}
        await remember_terms(scope, "abc", {"dates": "dmy"}, T0)
        await remember_terms(scope, "abc", {"dates": "mdy"}, LATER)
    async with database.read(WORKSPACE) as scope:
        assert await remembered_terms(scope, "abc") == {"dates": "mdy", "since": {"dates": "2026-09-14"}}
        assert await remembered_terms(scope, "other") == {}


@pytest.mark.parametrize(
    ("content", "count"), [(b"", 0), (b"a", 0), (b"a\n", 0), (b"a\n1", 1), (b"a\n1\n", 1), (b"a\n1\n2\n", 2)]
)
def test_lines_below_the_first(tmp_path, content, count):
    (tmp_path / "a.csv").write_bytes(content)
    assert lines_in(tmp_path / "a.csv") == count
