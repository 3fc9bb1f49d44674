"""What chaos tests share: one nursery of replicas, and databases to be copied."""

from collections.abc import Iterator

import pytest

from tests.chaos.ground import Databases
from tests.chaos.replicas import Nest, nest


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nest]:
    with nest() as made:
        yield made


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    return Databases(tmp_path_factory.mktemp("chaos"), lambda: request.getfixturevalue("postgres"))
