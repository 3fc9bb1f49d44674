"""Chapters between rooms: what stands in one chapter takes nothing from a later one, in any room."""

import ast
from collections.abc import Iterator
from pathlib import Path

from handlers.feature import CHAPTERS

ROOT = Path(__file__).parents[2]
ROOMS = ("handlers", "messages", "storage", "sales")
ORDER = ("language", *CHAPTERS)


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def chapter(module: str) -> int | None:
    """Return the place of a module's chapter, None for what stands in no room or in no chapter of one."""
    room, _, rest = module.partition(".")
    name = rest.partition(".")[0]
    return ORDER.index(name) if room in ROOMS and name in ORDER else None


def test_nothing_is_taken_from_a_later_chapter_of_any_room():
    found = set()
    for room in ROOMS:
        for file in (ROOT / room).rglob("*.py"):
            path = file.relative_to(ROOT)
            own = chapter(".".join(path.with_suffix("").parts))
            if own is None:
                continue
            for module in imports(file):
                other = chapter(module)
                if other is not None and other > own:
                    found.add((str(path), ".".join(module.split(".")[:3])))
    assert found == set()


def test_every_chapter_of_a_room_is_one_of_the_order():
    standing = {"engines", "migrations", "undo", "__pycache__"}
    rooms = [(ROOT / room) for room in ROOMS]
    folders = {each.name for room in rooms for each in room.iterdir() if each.is_dir()}
    assert folders - standing <= set(ORDER)
