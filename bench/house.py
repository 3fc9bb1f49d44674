"""How the house is built: files walked through for one answer, nouns and floors, circles, lines.

`-v` names the files and the circles. bench/README.md says what counts as what.
"""

import asyncio
import tempfile
from pathlib import Path

from rig.imports import APART, ROOMS, circles, floors, inside, module_graph, noun_graph
from rig.report import Report, arguments, at_most
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


def add(report: Report, name: str, value: int, unit: str) -> None:
    """Add a count beside what it was before there were chapters."""
    bar = BARS.get(name)
    report.add(name, value, unit, REFERENCE.get(name), None if bar is None else at_most(bar))


def walked(report: Report, verbose: bool) -> None:
    """Add how many files each request walks through, and how many of them are the process's own."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(walks(Path(folder)))
    for request, files in found.items():
        add(report, WALKS[request], len(files), "files")
        in_bot = sum(file.startswith("bot/") for file in files)
        add(report, f"{WALKS[request].partition(', ')[0]}, of them in bot", in_bot, "files")
        if verbose:
            print(WALKS[request], *sorted(files), sep="\n  ")


def built(report: Report, verbose: bool) -> None:
    """Add nouns, floors, circles and lines, as the files say."""
    graph = module_graph(ROOT)
    nouns = noun_graph(graph)
    for room in ROOMS:
        add(report, f"{room}, nouns", len(inside(nouns, room)), "nouns")
        add(report, f"{room}, floors", floors(inside(nouns, room)), "floors")
    for name, each in ((CIRCLES, graph), (NOUN_CIRCLES, nouns)):
        found = circles(each)
        add(report, name, len(found), "circles")
        if verbose:
            print(name, *(" ".join(circle) for circle in found), sep="\n  ")
    for room in ROOMS:
        add(report, f"{room}, lines", lines(ROOT / room), "lines")


def lines(room: Path) -> int:
    """Return the lines of code and templates in a room that are not blank, comments and docstrings among them."""
    files = [file for kind in SOURCES for file in room.rglob(kind) if APART not in file.as_posix()]
    return sum(bool(line.strip()) for file in files for line in file.read_text("utf-8").splitlines())


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("-v", "--verbose", action="store_true", help="name the files and the circles")
    given, report = parser.parse_args(), Report()
    set_up("error")
    if not given.quick:
        walked(report, given.verbose)
    built(report, given.verbose)
    report.write(given.json)


if __name__ == "__main__":
    main()
