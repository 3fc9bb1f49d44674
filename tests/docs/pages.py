"""The pages people read and the code that cites them, as tests look at them."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ROOMS = ("bot", "handlers", "messages", "storage", "sales")
BESIDE = ("playground", "tests", "bench")
CODE = ("*.py", "*.j2", "*.toml", "*.mako", "*.sh")
FENCE = re.compile(r"^```.*?^```", re.M | re.S)
NUMBERED = re.compile(r"^#{2,6} (\d+(?:\.\d+)?)\.? ", re.M)
HEADING = re.compile(r"^#{1,6} (.+?)\s*#*$", re.M)
MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|[`*]")


def pages() -> list[Path]:
    """Return every page of ours: docs, those beside the code, and those at the root."""
    beside = [page for folder in (*BESIDE, "samples") for page in (ROOT / folder).rglob("*.md")]
    return sorted([*DOCS.rglob("*.md"), *beside, *ROOT.glob("*.md")])


def code() -> list[Path]:
    """Return every file of code or settings that may cite a page."""
    inside = [file for folder in (*ROOMS, *BESIDE) for kind in CODE for file in (ROOT / folder).rglob(kind)]
    around = [ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / ".env.example"]
    return sorted([*inside, *(file for file in around if file.exists())])


def name(file: Path) -> str:
    """Return how a file is called in the repository."""
    return file.relative_to(ROOT).as_posix()


@cache
def text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def prose(page: Path) -> str:
    """Return a page without its fenced blocks, which quote and promise nothing."""
    return FENCE.sub("", text(page))


@cache
def sections(page: Path) -> frozenset[str]:
    """Return the numbers of a page's sections: "4", "9.1"."""
    return frozenset(NUMBERED.findall(prose(page)))


@cache
def anchors(page: Path) -> frozenset[str]:
    """Return what links may point to in a page, as web views make it of the headings."""
    seen: Counter[str] = Counter()
    found = set()
    for heading in HEADING.findall(prose(page)):
        plain = MARKUP.sub(lambda part: part.group(1) or "", heading).strip().lower()
        anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        found.add(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
        seen[anchor] += 1
    return frozenset(found)


def numbers(listed: str) -> Iterator[int]:
    """Yield the numbers of "5, 7 and 9" or "74–76"."""
    for part in re.findall(r"\d+(?:\s*[–-]\s*\d+)?", listed):
        first, *last = map(int, re.findall(r"\d+", part))
        yield from range(first, (last or [first])[0] + 1)
