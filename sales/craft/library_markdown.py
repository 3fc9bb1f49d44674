"""The library as Markdown: each entry a heading, its marks in a list below it, and its text. Out and in it is the same.

An entry is known by its kind and title, so the file carries no mark of ours. A heading inside a text gets a backslash
before it, whatever else stands in a text is the text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sales.craft.library import (
    KINDS,
    EntryKind,
    LibraryEntry,
    read_key,
    read_text,
    read_title,
)
from sales.craft.persona_entry import normal
from sales.language.names.match import fold
from sales.language.spelling import closest
from sales.language.typed_text import on_one_line, shorten
from sales.refusal import Refusal

MOST_BYTES = 1_000_000  # five hundred entries at their longest are less
NOBODY, NEVER = "nobody", "none"
HEADING = re.compile(r"(?P<level>#{1,6})[ \t]+(?P<title>\S.*)")
MARK = re.compile(
    r"[ \t]*(?:[-*+][ \t]+)?\**(?P<name>[A-Za-z][A-Za-z -]{1,30}?)\**[ \t]*:\**[ \t]*(?P<said>.*?)[ \t]*"
)
EMPTY_ITEM = re.compile(r"[ \t]*[-*+][ \t]*")
ESCAPED = re.compile(r"^(\\*)(?=#{1,6}[ \t])", re.MULTILINE)
LABELS: Mapping[str, str] = {
    "kind": "Kind",
    "owner": "Owner",
    "review_by": "Review by",
    "role": "Buying influence",
    "sector": "Sector",
    "pain": "Pain",
    "competitor": "Competitor gap",
}
NAMED: Mapping[str, str] = {
    **{fold(label): name for name, label in LABELS.items()},
    **{name: name for name in ("role", "review", "competitor")},
    "review": "review_by",
    "influence": "role",
    "alsocalled": "role",
}


class BrokenEntry(NamedTuple):
    """An entry of a file that cannot be taken in, and why."""

    title: str
    why: str


class ReadLibrary(NamedTuple):
    """What stands in a file: entries in their order, and what of it cannot be read."""

    entries: list[LibraryEntry]
    broken: list[BrokenEntry]


def written(team: str, entries: Iterable[LibraryEntry], people: Mapping[str, str]) -> str:
    """Return a library as Markdown. `people` are those who may look after an entry, by id."""
    parts = [f"# Library of {on_one_line(team)}", *(entry_written(one, people) for one in entries)]
    return "\n\n".join(parts) + "\n"


def entry_written(entry: LibraryEntry, people: Mapping[str, str]) -> str:
    """Return an entry as Markdown."""
    marks = {
        "kind": KINDS[entry.kind][0],
        "owner": owner_written(entry.owner_id, people),
        "review_by": entry.review_by.isoformat() if entry.review_by else NEVER,
        **{key.value: said for key, said in entry.keys.items()},
    }
    lines = "\n".join(f"- {LABELS[name]}: {said}" for name, said in marks.items())
    text = ESCAPED.sub(r"\\\1", entry.text)
    return f"## {entry.title}\n{lines}\n\n{text}"


def owner_written(owner_id: str | None, people: Mapping[str, str]) -> str:
    """Return who looks after an entry, by name; where two have it, with the id that tells them apart."""
    if owner_id is None or owner_id not in people:
        return NOBODY
    name = people[owner_id]
    alike = sum(fold(other) == fold(name) for other in people.values()) > 1
    return f"{name} ({owner_id})" if alike else name


def read_library(text: str, people: Mapping[str, str]) -> ReadLibrary:
    """Return what stands in a Markdown text. `people` are those who may look after an entry, by id."""
    entries: list[LibraryEntry] = []
    broken: list[BrokenEntry] = []
    seen: set[tuple[EntryKind, str]] = set()
    for level, title, lines in parts_of(text):
        marks, body = marks_of(lines)
        if not marks and level == 1:
            continue  # what the file is called, and what it says of itself
        try:
            entry = entry_of(title, marks, body, people)
            if entry.called in seen:
                raise Refusal("It stands in the file twice; the first was taken.")
        except Refusal as refused:
            broken.append(BrokenEntry(shorten(on_one_line(title)), refused.text))
            continue
        seen.add(entry.called)
        entries.append(entry)
    return ReadLibrary(entries, broken)


def parts_of(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield each heading with its level and the lines below it, up to the next."""
    found: tuple[int, str, list[str]] | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        head = HEADING.fullmatch(line.rstrip())
        if head is not None:
            if found is not None:
                yield found
            found = (len(head["level"]), head["title"], [])
        elif found is not None:
            found[2].append(line)
    if found is not None:
        yield found


def marks_of(lines: list[str]) -> tuple[dict[str, str], str]:
    """Return the marks that stand first below a heading, and the text after them."""
    marks: dict[str, str] = {}
    at = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    while at < len(lines) and (name := mark_in(lines[at])) is not None:
        if name[0]:
            marks.setdefault(*name)
        at += 1
    return marks, "\n".join(lines[at:])


def mark_in(line: str) -> tuple[str, str] | None:
    """Return the mark that a line is, by the field that keeps it; an empty item of the list is none of them."""
    if EMPTY_ITEM.fullmatch(line):
        return "", ""
    found = MARK.fullmatch(line)
    name = NAMED.get(fold(found["name"])) if found is not None else None
    return (name, found["said"]) if found is not None and name is not None else None


def entry_of(title: str, marks: Mapping[str, str], body: str, people: Mapping[str, str]) -> LibraryEntry:
    """Return the entry that a part of a file says.

    Raises:
        Refusal: with what is wrong with it, and the mend.
    """
    if "kind" not in marks:
        raise Refusal(
            f"It says no kind. Write a line “Kind: {KINDS[EntryKind.TALKING_POINT][0]}” below its title."
        )
    if not marks.get("owner"):
        raise Refusal("It has no owner. Write a line “Owner:” and a name below its title.")
    return normal(
        LibraryEntry(
            kind=kind_called(marks["kind"]),
            title=read_title(title),
            text=read_text(ESCAPED.sub(lambda found: found[1][1:], body)),
            owner_id=owner_called(marks["owner"], people),
            review_by=day_called(marks.get("review_by", "")),
            **{key: read_key(marks.get(key, "")) for key in ("role", "sector", "pain", "competitor")},
        )
    )


def kind_called(said: str) -> EntryKind:
    """Return a kind by its name, one or several.

    Raises:
        Refusal: for a word that is none.
    """
    names = {fold(name): kind for kind, pair in KINDS.items() for name in (*pair, kind.value)}
    names |= {"question": EntryKind.QUESTION, "questions": EntryKind.QUESTION}
    kind = names.get(fold(said))
    if kind is not None:
        return kind
    every = [one for one, _ in KINDS.values()]
    likely = closest(said, every)
    mend = f"Did you mean {likely}?" if likely else f"Use {', '.join(every[:-1])} or {every[-1]}."
    raise Refusal(f"“{shorten(said, 40)}” is no kind of entry. {mend}")


def owner_called(said: str, people: Mapping[str, str]) -> str | None:
    """Return who is called so; None for nobody.

    Raises:
        Refusal: for a name that none of these people has, or two.
    """
    if fold(said) == NOBODY:
        return None
    name, _, rest = said.rpartition(" (")
    if name and rest.rstrip(")") in people:
        return rest.rstrip(")")
    found = [user_id for user_id, called in people.items() if fold(called) == fold(said)]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal(
            f"Two people are called {shorten(said, 40)}; write “{said} ({found[0]})” for one of them."
        )
    raise Refusal(f"Nobody of the team is called “{shorten(said, 40)}”, so it would have no owner.")


def day_called(said: str) -> date | None:
    """Return a day as it is written, 2027-03-01; None where there is none.

    Raises:
        Refusal: for anything else.
    """
    if not said or fold(said) in (NEVER, "never", "-"):
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Refusal(f"“{shorten(said, 40)}” is no day I can be sure of. Write 2027-03-01.") from None
