"""A day over signed HTTP: two replicas on PostgreSQL behind a proxy, and one of them is killed in the middle."""

import asyncio
from collections import Counter
from datetime import date

import pytest

from bot.manifest import manifest
from handlers.registry import REGISTRY
from playground.box import Server
from sales.nudges.ledger import TIMING
from storage.database import Database
from storage.followups.activity import counts_between
from storage.people.member import every_member
from tests.conftest import small_workspace
from tests.known import WORKSPACE
from tests.topology import PATIENCE, topology, until

PEOPLE = ("ana", "ben", "mia", "raj")
ROUNDS = 3
# Seconds until another replica has sent what a dead one held, on a machine with a lot to do.
TAKEN_OVER = PATIENCE + (TIMING.lease + TIMING.grace + TIMING.margin).total_seconds()

pytestmark = [pytest.mark.engines("postgresql"), pytest.mark.processes]


async def calls_logged(database_url: str) -> int:
    """Return how many calls the database holds, of everybody, whatever their day is called where they are."""
    database = await Database.open(database_url, declared=REGISTRY.declared)
    total = 0
    async with database.read(WORKSPACE) as scope:
        for person in await every_member(scope):
            counts = await counts_between(scope, person.user_id, date(2000, 1, 1), date(2100, 1, 1))
            total += sum(counts.values())
    await database.close()
    return total


async def test_a_replica_killed_in_the_middle_of_a_day_loses_and_repeats_nothing(database_url, tmp_path):
    async with (
        Server(small_workspace(), manifest=manifest(), rates=None) as server,
        topology(server, database_url, tmp_path) as made,
    ):
        for name in PEOPLE:
            said = await server.visitor(name).says("/log 1 call", channel="sales")
            assert "1 call" in "\n".join(said)
        assert set(made.proxy.served) == set(made.proxy.replicas)  # commands land on both

        answers = len(PEOPLE) * ROUNDS
        talking = [
            asyncio.create_task(says_several(server, name, ["logged 1 call"] * ROUNDS)) for name in PEOPLE
        ]
        await until(server, lambda: len(server.log.keys()) >= 2)
        await made.replicas[0].killed()
        await asyncio.gather(*talking)
        await until(server, lambda: len(set(server.log.keys())) >= answers, TAKEN_OVER)

        for name in PEOPLE:
            said = await server.visitor(name).says("/log 1 call", channel="sales")
            assert "1 call" in "\n".join(said)
        assert set(made.proxy.served[-len(PEOPLE) :]) == {made.proxy.replicas[1]}
        assert made.replicas[1].alive

        grown = await made.grow()  # and a new one takes its place
        assert "1 call" in "\n".join(await server.visitor("ana").says("/log 1 call", channel="sales"))
        assert grown.alive

        await server.settled()
        repeated = [key for key, times in Counter(server.log.keys()).items() if times > 1]
        assert repeated == []
        assert len(server.log.keys()) == answers
    assert await calls_logged(database_url) == 2 * len(PEOPLE) + answers + 1


async def says_several(server: Server, name: str, lines: list[str]) -> None:
    for line in lines:
        await server.gestures.say(
            server.visitor(name).person, server.workspace.dm(server.visitor(name).person.id), line
        )
