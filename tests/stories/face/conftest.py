"""Examples named in not_yet.txt are expected to fail; the list only ever gets shorter.

While it is long they are tried where they are asked for by their folder, and take no time of the others.
"""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
NOT_YET = set((HERE / "not_yet.txt").read_text("utf-8").split("\n"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    asked = any("face" in argument for argument in config.args)
    for item in items:
        if item.path.parent != HERE:
            continue
        if not asked:
            item.add_marker(
                pytest.mark.skip(reason="examples of what is being built: pytest tests/stories/face")
            )
        elif f"{item.path.name}::{item.name}" in NOT_YET:
            item.add_marker(pytest.mark.xfail(strict=False, reason="not built yet"))
