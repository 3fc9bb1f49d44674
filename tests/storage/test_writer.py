"""Units of work: durable together, undone alone."""

import asyncio

import pytest
from sqlmodel import col, func, select

from sales.people.member import Member
from storage.database import Database
from storage.people.member import MemberRow, meet_member
from tests.known import T0, WORKSPACE


async def count(database: Database) -> int:
    async with database.read(WORKSPACE) as scope:
        return (await scope.session.exec(select(func.count(col(MemberRow.user_id))))).one()


async def test_units_that_run_together_are_all_kept_and_a_failing_one_alone_is_undone(
    database: Database,
) -> None:
    async def meet(number: int) -> None:
        async with database.write(WORKSPACE) as scope:
            await meet_member(scope, Member(user_id=f"U{number}", name=f"Rep {number}"))
            if number % 5 == 0:
                raise LookupError(number)

    results = await asyncio.gather(*(meet(number) for number in range(40)), return_exceptions=True)
    assert sum(isinstance(result, LookupError) for result in results) == 8
    assert sum(result is None for result in results) == 32
    assert await count(database) == 32


async def test_a_unit_is_seen_by_readers_only_when_it_is_left(database: Database) -> None:
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="U1", name="Ana"))
        assert await count(database) == 0
    assert await count(database) == 1


async def test_a_cancelled_unit_leaves_the_writer_usable(database: Database) -> None:
    entered = asyncio.Event()

    async def stuck() -> None:
        async with database.write(WORKSPACE) as scope:
            await meet_member(scope, Member(user_id="U1", name="Ana"))
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stuck())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="U2", name="Bo"))
    assert await count(database) == 1


class TurnThatCancels(asyncio.Lock):
    """A turn during whose handing over the one who gets it gives up."""

    victim: "asyncio.Task[None] | None" = None

    def release(self) -> None:
        super().release()
        if self.victim is not None:
            self.victim.cancel()


@pytest.mark.engines("sqlite")
async def test_a_unit_is_committed_although_the_one_it_left_the_commit_to_gave_up(database: Database) -> None:
    turn = database.engine.writer.queue.lock = TurnThatCancels()

    entered, go = asyncio.Event(), asyncio.Event()

    async def meet(user_id: str) -> None:
        async with database.write(WORKSPACE) as scope:
            entered.set()
            await meet_member(scope, Member(user_id=user_id, name=user_id))
            await go.wait()

    first = asyncio.create_task(meet("U1"))
    await entered.wait()
    turn.victim = asyncio.create_task(meet("U2"))
    await asyncio.sleep(0)
    assert database.engine.writer.queue.waiting == 1
    go.set()
    await asyncio.wait_for(first, 5)
    with pytest.raises(asyncio.CancelledError):
        await turn.victim
    assert await count(database) == 1


async def test_readers_cannot_write(database: Database) -> None:
    from storage.trouble import StorageTrouble

    with pytest.raises(StorageTrouble, match=r"read-only|takes no writes"):
        async with database.read(WORKSPACE) as scope:
            await meet_member(scope, Member(user_id="U9", name="Nobody"))
    assert T0.tzinfo is not None
