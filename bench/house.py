"""How the house is built: files walked through for one answer, nouns and floors, circles, lines.

`--json FILE` writes the figures too, `-v` names the files and the circles. bench/README.md says what counts as what.
"""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from rig.imports import APART, ROOMS, circles, floors, inside, module_graph, noun_graph
from rig.walk import ANA, COMMANDS, ELIF, ROOT, walks

from bot.logs import set_up

FOLLOWUP, RUNWAY = COMMANDS
WALKS = {
    FOLLOWUP: "/followup, files",
    RUNWAY: "/runway, files",
    ELIF: "evening prompt, files",
    ANA: "evening prompt with P(hit), files",
}
CIRCLES, NOUN_CIRCLES = "circles", "circles of nouns"
BARS = {WALKS[FOLLOWUP]: 30, WALKS[RUNWAY]: 28, WALKS[ELIF]: 45, CIRCLES: 0}
REFERENCE = {  # at 7333beb, before there were chapters
    "/followup, files": 37,
    "/followup, of them in bot": 3,
    "/runway, files": 40,
    "/runway, of them in bot": 3,
    "evening prompt, files": 67,
    "evening prompt, of them in bot": 9,
    "evening prompt with P(hit), files": 81,
    "evening prompt with P(hit), of them in bot": 9,
    "bot, nouns": 25,
    "bot, floors": 6,
    "handlers, nouns": 38,
    "handlers, floors": 13,
    "messages, nouns": 26,
    "messages, floors": 6,
    "storage, nouns": 37,
    "storage, floors": 5,
    "sales, nouns": 54,
    "sales, floors": 8,
    "playground, nouns": 35,
    "playground, floors": 9,
    "circles": 5,
    "circles of nouns": 5,
    "bot, lines": 3_418,
    "handlers, lines": 6_516,
    "messages, lines": 4_182,
    "storage, lines": 4_242,
    "sales, lines": 9_734,
    "playground, lines": 5_617,
}
SOURCES = ("*.py", "*.j2")


@dataclass(frozen=True)
class Figure:
    """A count, what it was before there were chapters, and what it is to come down to."""

    value: int
    unit: str
    reference: int | None
    ratio: float | None
    bar: int | None
    met: bool | None


def figure(name: str, value: int, unit: str) -> tuple[str, Figure]:
    reference, bar = REFERENCE.get(name), BARS.get(name)
    ratio = round(value / reference, 3) if reference else None
    return name, Figure(value, unit, reference, ratio, bar, None if bar is None else value <= bar)


def walked(verbose: bool) -> Iterator[tuple[str, Figure]]:
    """Yield how many files each request walks through, and how many of them are the process's own."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(walks(Path(folder)))
    for request, files in found.items():
        yield figure(WALKS[request], len(files), "files")
        in_bot = sum(file.startswith("bot/") for file in files)
        yield figure(f"{WALKS[request].partition(', ')[0]}, of them in bot", in_bot, "files")
        if verbose:
            print(WALKS[request], *sorted(files), sep="\n  ")


def built(verbose: bool) -> Iterator[tuple[str, Figure]]:
    """Yield nouns, floors, circles and lines, as the files say."""
    graph = module_graph(ROOT)
    nouns = noun_graph(graph)
    for room in ROOMS:
        yield figure(f"{room}, nouns", len(inside(nouns, room)), "files and folders")
        yield figure(f"{room}, floors", floors(inside(nouns, room)), "floors")
    for name, each in ((CIRCLES, graph), (NOUN_CIRCLES, nouns)):
        found = circles(each)
        yield figure(name, len(found), "circles")
        if verbose:
            print(name, *(" ".join(circle) for circle in found), sep="\n  ")
    for room in ROOMS:
        yield figure(f"{room}, lines", lines(ROOT / room), "lines")


def lines(room: Path) -> int:
    """Return the lines of code and templates in a room that are not blank, comments and docstrings among them."""
    files = [file for kind in SOURCES for file in room.rglob(kind) if APART not in file.as_posix()]
    return sum(bool(line.strip()) for file in files for line in file.read_text("utf-8").splitlines())


def table(figures: dict[str, Figure]) -> Iterator[str]:
    yield f"{'':<42}{'value':>7}{'before':>9}{'ratio':>8}{'bar':>7}  met"
    for name, each in figures.items():
        before = "" if each.reference is None else f"{each.reference:,}"
        ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
        bar = "" if each.bar is None else f"≤ {each.bar}"
        met = "" if each.met is None else "yes" if each.met else "no"
        yield f"{name:<42}{each.value:>7,}{before:>9}{ratio:>8}{bar:>7}  {met}".rstrip()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file too")
    parser.add_argument("-v", "--verbose", action="store_true", help="name the files and the circles")
    given = parser.parse_args()
    set_up("error")
    figures = dict([*walked(given.verbose), *built(given.verbose)])
    print(*table(figures), sep="\n")
    if given.json is not None:
        written = {name: asdict(each) for name, each in figures.items()}
        given.json.write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
