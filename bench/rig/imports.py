"""The import graph of the house: which module names which, its circles, and the floors it stands on.

Every import counts, those inside functions and for type checkers too. `from a.b import c` names `a.b`, and `a.b.c`
if that is a module; a package is its `__init__`.
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

Graph = Mapping[str, set[str]]

ROOMS = ("bot", "handlers", "messages", "storage", "sales", "playground")
IN_CHAPTERS = ("handlers", "messages", "storage", "sales")
CHAPTERS = (
    "language", "people", "nudges", "followups", "pipeline", "goals", "audit", "prospects", "craft", "coaching",
    "imports", "surfaces",
)  # fmt: skip
APART = "storage/migrations/versions"  # steps of a history, each written once and imported by nobody


def modules(root: Path) -> dict[str, Path]:
    """Return the house's modules by dotted name."""
    files = [file for room in ROOMS for file in sorted((root / room).rglob("*.py"))]
    return {
        ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): file
        for file in files
        if APART not in file.as_posix()
    }


def module_graph(root: Path) -> dict[str, set[str]]:
    """Return which modules of the house each one names in its imports."""
    known = modules(root)
    return {
        name: {each for each in named(file, name) if each in known and each != name}
        for name, file in known.items()
    }


def named(file: Path, module: str) -> Iterator[str]:
    """Yield every dotted name that an import of a file may mean, modules or not."""
    package = module if file.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{each.name}" for each in node.names)


def noun(module: str) -> str:
    """Return the file or folder a module is in: the one right below its room, or below its room's chapter."""
    parts = module.split(".")
    return ".".join(parts[: 3 if is_chapter(".".join(parts[:2])) else 2])


def is_chapter(name: str) -> bool:
    room, _, below = name.partition(".")
    return room in IN_CHAPTERS and below in CHAPTERS


def noun_graph(graph: Graph) -> dict[str, set[str]]:
    """Return the same graph with every noun's folder taken as one; rooms and chapters are left out themselves."""
    nouns = {module: noun(module) for module in graph}
    found: dict[str, set[str]] = {
        each: set() for each in nouns.values() if "." in each and not is_chapter(each)
    }
    for module, imported in graph.items():
        if nouns[module] in found:
            found[nouns[module]] |= {nouns[each] for each in imported} & found.keys() - {nouns[module]}
    return found


def inside(graph: Graph, room: str) -> dict[str, set[str]]:
    """Return the part of a graph that lies in one room."""
    within = {each for each in graph if each.partition(".")[0] == room}
    return {each: graph[each] & within for each in within}


def knots(graph: Graph) -> list[list[str]]:
    """Return the strongly connected components, ground first (Tarjan 1972); most are single modules."""
    numbers: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_ones: list[str] = []
    found: list[list[str]] = []

    def visit(one: str) -> None:
        numbers[one] = lowest[one] = len(numbers)
        open_ones.append(one)
        for other in sorted(graph[one]):
            if other not in numbers:
                visit(other)
                lowest[one] = min(lowest[one], lowest[other])
            elif other in open_ones:
                lowest[one] = min(lowest[one], numbers[other])
        if lowest[one] == numbers[one]:
            start = open_ones.index(one)
            found.append(sorted(open_ones[start:]))
            del open_ones[start:]

    for one in sorted(graph):
        if one not in numbers:
            visit(one)
    return found


def circles(graph: Graph) -> list[list[str]]:
    """Return those that import each other, directly or by way of others."""
    return [knot for knot in knots(graph) if len(knot) > 1]


def floors(graph: Graph) -> int:
    """Return on how many floors the graph stands if everything stands above what it imports, a circle on one."""
    floor: dict[str, int] = {}
    for knot in knots(graph):
        below = [floor[other] for one in knot for other in graph[one] if other not in knot]
        floor.update(dict.fromkeys(knot, 1 + max(below, default=0)))
    return max(floor.values(), default=0)
