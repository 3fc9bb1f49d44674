"""A short storm over each engine; the long one is `make soak`."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.chaos.ground import Databases
from tests.chaos.replicas import Nest
from tests.chaos.storm import KILL, Plan, soak
from tests.engines import BOTH, POSTGRESQL, SQLITE

PLANS = (Plan(7, SQLITE, 2, 12), Plan(7, POSTGRESQL, 3, 12))

pytestmark = pytest.mark.processes


async def test_nothing_is_lost_and_nothing_comes_twice_in_a_storm(
    nursery: Nest, databases: Databases, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    async with AsyncExitStack() as stack:
        soaks = [
            await stack.enter_async_context(soak(plan, nursery, databases, tmp_path / plan.engine))
            for plan in PLANS
            if request.config.getoption("--engine") in (None, BOTH, plan.engine)
        ]
        tallies = await asyncio.gather(*(one.run() for one in soaks))
    wrong = [f"{tally.plan}\n{tally.verdict}" for tally in tallies if not tally.verdict.clean]
    assert not wrong, "\n\n".join(wrong)
    assert all(tally.verdict.deliveries > 30 and tally.blows[KILL] and tally.faults for tally in tallies)
