"""What code, tests and pages point to is there: pages, their sections, links, headings, and files of ours."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import (
    BESIDE,
    DOCS,
    ROOMS,
    ROOT,
    anchors,
    code,
    name,
    numbers,
    pages,
    prose,
    sections,
    text,
)

SECTION = r"§\d+(?:\.\d+)?(?:[–-]\d+(?:\.\d+)?)?"
LIST = rf"{SECTION}(?:(?:,\s*|\s+and\s+|,\s+and\s+){SECTION})*"
CITED = re.compile(rf"(?<![\w/.{{}}-])((?:[\w-]+/)*[A-Za-z][\w-]*\.md)(?![\w/])(?:\s+(?:#\s+)?({LIST}))?")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
ELSEWHERE = re.compile(r"[a-z]+:", re.I)
OURS = re.compile(rf"`((?:{'|'.join((*ROOMS, *BESIDE, 'docs', 'samples', 'requirements'))})/[\w./-]+)`")
NAMES_PATHS = [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
HANDED_OVER = frozenset({"cards.md"})  # files that we make for people, and no pages
IMAGINED = re.compile(r"/(?:test_)?note\.\w+$")  # the feature that docs/add-a-feature.md walks through


def page_meant(cited: str, at: Path) -> Path | None:
    """Return the page a citation means: beside the file that cites it, in docs, or at the root."""
    return next((found for place in (at.parent, DOCS, ROOT) if (found := place / cited).is_file()), None)


def sections_of(listed: str) -> list[str]:
    """Return "§2, §4" as sections one by one, a span such as "§3–6" with those between."""
    found: list[str] = []
    for one in re.findall(SECTION, listed):
        bare = one.removeprefix("§")
        found += [bare] if "." in bare else map(str, numbers(bare))
    return found


def broken_citations(file: Path, said: str) -> list[str]:
    wrong = []
    for cited, listed in CITED.findall(said):
        if cited in HANDED_OVER:
            continue
        page = page_meant(cited, file)
        if page is None:
            wrong.append(f"{name(file)}: there is no {cited}")
            continue
        wrong += [
            f"{name(file)}: {cited} has no §{one}" for one in sections_of(listed) if one not in sections(page)
        ]
    return wrong


def test_pages_and_sections_that_code_cites_are_there():
    assert [wrong for file in code() for wrong in broken_citations(file, text(file))] == []


def test_pages_and_sections_that_pages_cite_are_there():
    assert [wrong for page in pages() for wrong in broken_citations(page, prose(page))] == []


def test_a_section_named_alone_is_one_of_its_own_page():
    own = [page for page in pages() if sections(page)]
    wrong = [
        f"{name(page)}: §{one}"
        for page in own
        for listed in re.findall(SECTION, CITED.sub("", prose(page)))
        for one in sections_of(listed)
        if one not in sections(page)
    ]
    assert own
    assert wrong == []


def leads_somewhere(link: str, page: Path) -> bool:
    """Say whether a link of a page ends at a file of the repository, and at a heading where it names one."""
    target, _, heading = link.partition("#")
    if ELSEWHERE.match(target):
        return True
    meant = (page.parent / target).resolve() if target else page
    if not meant.exists() or not meant.is_relative_to(ROOT):
        return False
    return not heading or (meant.suffix == ".md" and heading in anchors(meant))


@pytest.mark.parametrize("page", pages(), ids=name)
def test_links_within_the_repository_lead_somewhere(page):
    assert [link for link in LINK.findall(prose(page)) if not leads_somewhere(link, page)] == []


@pytest.mark.parametrize("page", NAMES_PATHS, ids=name)
def test_files_that_a_page_names_are_there(page):
    named = [path for path in OURS.findall(prose(page)) if not IMAGINED.search(path)]
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("(delivery.md §3)", [("delivery.md", ["3"])]),
        ("delivery.md §3–6.", [("delivery.md", ["3", "4", "5", "6"])]),
        ("the matrix (delivery.md §9.1): it", [("delivery.md", ["9.1"])]),
        ("forecasts.md §2, §4).", [("forecasts.md", ["2", "4"])]),
        ("see delivery.md\n    # §7", [("delivery.md", ["7"])]),
        ("README.md says", [("README.md", [])]),
        ("self.mdy += 1", []),
    ],
)
def test_a_citation_is_read_as_it_is_meant(said, meant):
    assert [(cited, sections_of(listed)) for cited, listed in CITED.findall(said)] == meant
