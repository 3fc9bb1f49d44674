"""What is known of an account, and what of it stands in a draft: a text with none of it fits anybody (18, 49)."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from sales.craft.pitch.draft import PitchDraft
from sales.craft.pitch.english import SMALL
from sales.language.names.match import unaccented

THOUSANDS = 3  # digits between two signs in a written number
SHARED = 2  # words of a note that a draft has, so that it is about the same thing
TOKEN = re.compile(r"[^\W_]+")
# Words that notes and drafts share whatever they are about.
COMMON = """
new use used using want wants need needs make made say said says tell told know year month week day time people firm
company business customer customers team work works working good great help much many first last next still since every
other another open opened opens lot planning plan plans look looking
"""
EVERYWHERE = frozenset(COMMON.split())


class FactKind(StrEnum):
    TOWN = "town"
    PEOPLE = "people"  # how many work there
    NOTE = "note"  # what was noted of them, and what they said
    CONTACT = "contact"  # somebody there, spoken of and not only greeted
    SECTOR = "sector"  # true of every firm in it


class KnownOfAccount(NamedTuple):
    """What is on the books of an account, and what was noted of it in 90 days: `notes` are texts of any sort."""

    name: str
    sector: str = ""
    town: str = ""
    employees: int | None = None
    notes: Sequence[str] = ()
    contacts: Sequence[str] = ()

    @property
    def has_facts(self) -> bool:
        """Whether there is anything of theirs that a draft could have in it."""
        return bool(self.town or self.employees or self.notes or self.contacts)


class FactInDraft(NamedTuple):
    """Something of an account's that stands in a draft, in the words it was found by."""

    kind: FactKind
    words: str


def facts_in_draft(draft: PitchDraft, known: KnownOfAccount) -> list[FactInDraft]:
    """Return what of an account's stands in a draft, what is theirs alone before what every firm of a sector has.

    The words of its name alone are nothing: any list of addresses knows them.
    """
    prose = " ".join(one.prose for one in draft.sentences)
    named = set(stems(known.name))
    held = {stem: word for word in TOKEN.findall(prose) if (stem := _stem(word)) not in named}
    return list(_found(draft, prose, held, known))


def _found(
    draft: PitchDraft, prose: str, held: dict[str, str], known: KnownOfAccount
) -> Iterable[FactInDraft]:
    for town in filter(None, (part.strip() for part in re.split(r"[,;/]", known.town))):
        if has_phrase(prose, town) and not set(stems(town)) <= set(stems(known.name)):
            yield FactInDraft(FactKind.TOWN, town)
            break
    if (
        known.employees
        and known.employees > 1
        and re.search(rf"(?<![\d.,]){spelled(known.employees)}(?![\d])", prose)
    ):
        yield FactInDraft(FactKind.PEOPLE, str(known.employees))
    for note in known.notes:
        shared = [held[stem] for stem in dict.fromkeys(stems(note)) if stem in held]
        if len(shared) >= SHARED:
            yield FactInDraft(FactKind.NOTE, " … ".join(shared[:3]))
            break
    spoken_of = " ".join(one.behind_greeting for one in draft.sentences)
    for contact in known.contacts:
        if (name := _spoken_of(spoken_of, contact)) is not None:
            yield FactInDraft(FactKind.CONTACT, name)
            break
    if known.sector and has_phrase(prose, known.sector):
        yield FactInDraft(FactKind.SECTOR, known.sector)


def spelled(count: int) -> str:
    """Return how a number may be written: 1200, 1,200, 1.200, 1 200."""
    digits = str(count)
    first = len(digits) % THOUSANDS or THOUSANDS
    groups = [digits[:first], *(digits[at : at + THOUSANDS] for at in range(first, len(digits), THOUSANDS))]
    return r"[,.\s]?".join(groups)


def has_phrase(prose: str, phrase: str) -> bool:
    """Say whether a phrase stands in a text, accents and letter case aside, as whole words."""
    wanted = re.escape(unaccented(phrase))
    return re.search(rf"(?<!\w){wanted}(?!\w)", unaccented(prose)) is not None


def _spoken_of(prose: str, contact: str) -> str | None:
    """Return the name by which a contact is spoken of: a name at the beginning with a comma behind it is a greeting."""
    for name in (contact, contact.split()[0] if contact.split() else ""):
        if len(name) > 1:
            found = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", prose)
            if any(one.start() > 0 and not prose[one.end() :].lstrip().startswith(",") for one in found):
                return name
    return None


def stems(text: str) -> list[str]:
    """Return the words of a text that say something, by their stems, in their order."""
    return [_stem(word) for word in TOKEN.findall(text) if says_something(word)]


def says_something(word: str) -> bool:
    lower = word.casefold()
    return (len(lower) > 2 or lower.isdigit()) and lower not in SMALL and lower not in EVERYWHERE


def _stem(word: str) -> str:
    """Return a word without what bends it: "depots" and "depot", "opened" and "opens" meet."""
    lower = unaccented(word)
    for ending in ("ing", "ies", "ed", "es", "s", "y", "e"):
        if lower.endswith(ending) and len(lower) - len(ending) >= 3:
            return lower[: -len(ending)]
    return lower
