"""Class names: one class, one name, over all rooms, so that a search for it finds one thing."""

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "messages", "storage", "sales", "playground")
CLASS = re.compile(r"^\s*class (\w+)\b[^\n]*[:(\[]", re.MULTILINE)


def test_no_two_classes_have_one_name():
    """Nested and private classes are no exception: they are found by the same search, and can be named as well."""
    found = defaultdict(list)
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            for made in CLASS.finditer(file.read_text(encoding="utf-8")):
                found[made[1]].append(str(file.relative_to(ROOT)))
    assert found
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
