"""Turns under overload: whoever cannot be served in time is turned away at once, and the others are served."""

import asyncio
import time

import pytest

from storage.database import Database
from storage.engines.queue import SHORT, Queue
from storage.trouble import Crowded, TurnedAway
from tests.known import WORKSPACE

EACH = 0.04  # seconds of a unit; fifty of them are as long as anybody waits


async def test_of_many_at_once_those_who_cannot_be_served_hear_so_at_once(database: Database) -> None:
    async def unit() -> float:
        began = time.monotonic()
        try:
            async with database.write(WORKSPACE):
                await asyncio.sleep(EACH)
        except TurnedAway:
            return time.monotonic() - began
        return -1.0

    for _ in range(40):  # the pace is known by then
        await unit()
    took = await asyncio.gather(*(unit() for _ in range(120)))
    refused = [one for one in took if one >= 0]
    assert 20 <= len(refused) < 120  # how many are served is the machine's pace
    assert max(refused) < 2.0  # as long as they would wait for nothing
    assert not database.write_failed
    assert await unit() < 0


async def test_a_pace_that_was_slow_once_is_measured_again() -> None:
    queue = Queue()
    queue.pace = 30.0
    until = asyncio.get_running_loop().time() + 2.0

    async def served() -> bool:
        try:
            async with queue.turn(until):
                await asyncio.sleep(0)
        except Crowded:
            return False
        return True

    found = await asyncio.gather(*(served() for _ in range(SHORT * 2)))
    assert found == [True] * (1 + SHORT) + [False] * (SHORT - 1)
    for _ in range(100):
        assert await served()
    assert queue.pace < 0.2


async def test_what_nobody_waits_for_is_not_turned_away() -> None:
    queue = Queue()
    queue.pace, queue.waiting = 1.0, 100
    with pytest.raises(Crowded):
        queue.look(2.0)
    async with queue.turn(asyncio.get_running_loop().time() + 2.0, patient=True):
        pass
