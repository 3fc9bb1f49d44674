"""Examples of what is being built: those that a list names are expected to fail, and the list only gets shorter.

While it is long they are tried where they are asked for by their folder, and take no time of the others.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest


def is_asked_for(here: Path, config: pytest.Config) -> bool:
    """Whether somebody runs this folder of examples, or something of it, and not everything."""
    folder = f"{here.parent.name}/{here.name}"
    return any(folder in argument.replace("\\", "/") for argument in config.args)


def leave_out(
    here: Path, config: pytest.Config, items: Iterable[pytest.Item], *, others_too: bool = False
) -> None:
    """Mark what `not_yet.txt` of a folder of examples names: tried where the folder is asked for, else left out.

    With `others_too` those that hold by now are left out as well where the folder is not asked for.
    """
    listed = set((here / "not_yet.txt").read_text("utf-8").split("\n"))
    folder = f"{here.parent.name}/{here.name}"
    asked = is_asked_for(here, config)
    for item in items:
        if item.path.parent != here:
            continue
        to_come = f"{item.path.name}::{item.name}" in listed
        if asked and to_come:
            item.add_marker(pytest.mark.xfail(strict=False, reason="not built yet"))
        elif not asked and (to_come or others_too):
            reason = f"examples of what is being built: pytest tests/{folder}"
            item.add_marker(pytest.mark.skip(reason=reason))
