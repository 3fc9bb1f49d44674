"""Examples named in not_yet.txt are expected to fail; the list only ever gets shorter."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
NOT_YET = set((HERE / "not_yet.txt").read_text("utf-8").split("\n"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == HERE and f"{item.path.name}::{item.name}" in NOT_YET:
            item.add_marker(pytest.mark.xfail(strict=False, reason="not built yet"))
