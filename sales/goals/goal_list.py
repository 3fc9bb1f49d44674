"""Goals for several people as they are pasted out of a sheet: a name and a number, one a line."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from sales.language.figures import listed
from sales.language.names.match import unaccented
from sales.language.spelling import closest
from sales.language.typed_text import on_one_line, shorten
from sales.refusal import Refusal

MOST_NAMED = 5  # faults of one list; whoever sees five reads their list again
HEADINGS = frozenset(
    ("name", "names", "rep", "reps", "person", "owner", "target", "targets", "goal", "goals", "quota")
)
TOTALS = frozenset(("total", "sum", "team", "all"))

_LINES = re.compile(r"[\n;]|\s/\s")
_BETWEEN = " \t,:|=–—-"
_GOES_ON = re.compile(r"[\s,:|=–—-]+[^\W\d]{2,}\s.*\d")
_PARTS = re.compile(r"(?P<name>.*?)[\s,:|=–—-]+(?P<number>\S*\d.*)", re.DOTALL)


class ListedGoals(NamedTuple):
    """What a list says: what each person is to reach, and what it calls the total, if it has such a line."""

    parts: Mapping[str, int]
    total: int | None


def read_list(text: str, people: Mapping[str, str], amount: Callable[[str], int], field: str) -> ListedGoals:
    """Return what a pasted list asks of whom; `people` are names by user id, `amount` reads a number.

    A first line of headings is passed over. Somebody may be called by their first name where nobody else is.

    Raises:
        Refusal: under `field`, naming every line that cannot be read; then nothing of the list counts.
    """
    parts: dict[str, int] = {}
    total: int | None = None
    faults: list[str] = []
    for line in lines_of(text):
        name, number, user_ids = read_line(line, people)
        try:
            if name.casefold() in TOTALS and not user_ids:
                total = amount(number)
            elif fault := fault_of(name, number, user_ids, parts, people):
                faults.append(fault)
            else:
                parts[user_ids[0]] = amount(number)
        except Refusal as refusal:
            faults.append(f"{name}: {refusal.text}")
    if faults:
        more = f" And {len(faults) - MOST_NAMED} more." if len(faults) > MOST_NAMED else ""
        raise Refusal(f"{' '.join(faults[:MOST_NAMED])}{more} Nothing was saved.", field=field)
    if not parts:
        raise Refusal("The list names nobody. Write a name and a number, one a line.", field=field)
    return ListedGoals(parts, total)


def lines_of(text: str) -> list[str]:
    """Return the lines that say something, without one of headings above them."""
    found = [line for line in map(on_one_line, _LINES.split(text)) if line.strip(_BETWEEN)]
    heading = re.findall(r"[^\W\d]+", found[0].casefold()) if found and not re.search(r"\d", found[0]) else []
    return found[1:] if heading and set(heading) <= HEADINGS else found


def read_line(line: str, people: Mapping[str, str]) -> tuple[str, str, Sequence[str]]:
    """Return the name of a line, its number, and whose name that is: nobody's, one's or several people's."""
    bare = line.lstrip("@ •*")
    for name, user_ids in sorted(called(people.items()).items(), key=lambda one: -len(one[0])):
        if not unaccented(bare).startswith(name):
            continue
        end = max((at for at in range(len(bare) + 1) if unaccented(bare[:at]) == name), default=0)
        rest = bare[end:]
        if not end or (rest and (rest[0].isalpha() or rest[0] in "'’")):
            continue
        if not _GOES_ON.match(rest):  # "Ana Kovač Novak 5k" is not Ana Kovač's
            return bare[:end], rest.strip(_BETWEEN) if re.search(r"\d", rest) else "", user_ids
    parted = _PARTS.fullmatch(bare)
    return (bare, "", ()) if parted is None else (parted["name"], parted["number"], ())


def called(people: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return who may be meant by what, in lower case without accents: by their whole name, and its first word."""
    found: dict[str, list[str]] = {}
    for user_id, name in people:
        words = unaccented(name).split()
        for said in {" ".join(words), words[0]}:
            found.setdefault(said, []).append(user_id)
    return found


def fault_of(
    name: str, number: str, user_ids: Sequence[str], parts: Mapping[str, int], people: Mapping[str, str]
) -> str:
    """Return what is wrong with a line in a sentence; empty where it can stand."""
    said = f"“{shorten(name, 40)}”"
    if not user_ids:
        likely = closest(name, people.values())
        return f"Nobody in the team is called {said}." + (f" Did you mean {likely}?" if likely else "")
    if len(user_ids) > 1:
        return f"{said} may be {listed([people[one] for one in user_ids], 'or')}: write the whole name."
    if not number:
        return f"{said} lacks a number."
    return f"{said} stands there twice." if user_ids[0] in parts else ""
