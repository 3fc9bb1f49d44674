"""One replica of three stops in the middle of its work; the others answer in time, and everything has one effect."""

from pathlib import Path

import pytest

from tests.chaos.ground import Databases
from tests.chaos.replicas import Nest
from tests.chaos.stoppage import STOPPAGES, stoppage
from tests.engines import BOTH, POSTGRESQL

pytestmark = pytest.mark.processes


@pytest.mark.parametrize("kind", STOPPAGES)
async def test_one_replica_that_stops_does_not_stop_the_others(
    nursery: Nest, databases: Databases, tmp_path: Path, request: pytest.FixtureRequest, kind: str
) -> None:
    if request.config.getoption("--engine") not in (None, BOTH, POSTGRESQL):
        pytest.skip("the other engine was asked for")
    async with stoppage(nursery, databases, tmp_path) as made:
        tally = await made.run(kind)
    assert tally.holds, str(tally)
    assert len(tally.others) > 10
    assert tally.taken, str(tally)  # how many are done at once depends on what else the machine does
