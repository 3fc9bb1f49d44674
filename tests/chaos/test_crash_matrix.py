"""A replica dies after any commit, or at any step of any call to Slack; nothing is lost and nothing comes twice."""

import random
from pathlib import Path

import pytest

from tests.chaos.ground import Databases
from tests.chaos.matrix import Matrix, MatrixCase, classes, every_case, sample, some_classes
from tests.chaos.replicas import Nest
from tests.engines import BOTH, ENGINES, SQLITE

SEED = 1  # of the sample; the complete matrix is `make soak`

pytestmark = pytest.mark.processes


@pytest.fixture
def matrix(nursery: Nest, databases: Databases, tmp_path: Path) -> Matrix:
    return Matrix(nursery, databases, tmp_path)


@pytest.mark.parametrize("engine", ENGINES)
async def test_whoever_dies_wherever_each_message_exists_once(
    matrix: Matrix, engine: str, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--engine") not in (None, BOTH, engine):
        pytest.skip("the other engine was asked for")
    first = (
        engine == SQLITE
    )  # under every class of fault, at every point; the second engine under some, at some
    faults = list(classes()) if first else some_classes()
    cases = sample(
        every_case(engine, await matrix.points(engine, faults)), random.Random(SEED), every_point=first
    )
    assert {case.faults for case in cases} == set(faults)
    outcomes = await matrix.run(cases)
    wrong = [f"{one.case}\n{one.verdict}" for one in outcomes if not one.verdict.clean]
    assert not wrong, "\n\n".join(wrong)
    # A point late in a run is not always come to, as commits of neighbours fall together; most must be.
    assert sum(one.reached for one in outcomes) > 0.7 * len(outcomes)


async def test_the_sdk_s_own_way_of_trying_again_is_caught(matrix: Matrix) -> None:
    """The suite can fail: a replica that repeats whatever looks lost posts twice, and is found out."""
    await matrix.prepare(SQLITE)
    (outcome,) = await matrix.run([MatrixCase(SQLITE, "post dropped", "", naive=True)])
    assert outcome.verdict.duplicated
    assert not outcome.verdict.clean
    assert "Slack accepted it as" in outcome.verdict.told
