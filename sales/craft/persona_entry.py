"""Personas as entries of the library: one truth, a card of the team's, read and written in both places (34).

What a card says stands in lines, each with the word it begins with; words without one are what somebody wants.
"""

from collections.abc import Iterator

from sales.craft.library import EntryKind, LibraryEntry
from sales.language.typed_text import MAX_WORDS, clean
from sales.prospects.persona import Persona, other_titles, read_role
from sales.prospects.persona_phrase import PARTS
from sales.refusal import Refusal
from sales.value import changed

LABELS = {"goals": "Wants", "pains": "Worries", "objections": "Says"}
NOTHING_YET = "Nothing is known of them yet."
NO_KEYS = "A persona has no {key} of its own here. Leave it empty, or say it in the text."


def text_of(persona: Persona) -> str:
    """Return what a card says, a line for each part; a card that says nothing yet says so."""
    lines = [f"{label}: {said}" for part, label in LABELS.items() if (said := getattr(persona, part))]
    return "\n".join(lines) or NOTHING_YET


def persona_of(entry: LibraryEntry) -> Persona:
    """Return the card that an entry says.

    Raises:
        Refusal: for a part that is too long, and for keys that a card has no place for.
    """
    for key in ("sector", "pain", "competitor"):
        if getattr(entry, key):
            raise Refusal(NO_KEYS.format(key=key), field=key)
    found: dict[str, list[str]] = {}
    for part, said in parts_of(entry.text):
        found.setdefault(part, []).append(said)
    return Persona(
        role=read_role(entry.title, "title"),
        also=other_titles(entry.role, "role"),
        **{part: clean(" ".join(said), MAX_WORDS, "text") for part, said in found.items()},
    )


def parts_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield what each line of a card is about, and what it says; a line without a word for it belongs to the last."""
    part = "goals"
    lines = (one.strip() for one in text.split("\n"))
    for line in (one for one in lines if one and one != NOTHING_YET):
        part, said = begun(line) or (part, line)
        yield part, said


def begun(line: str) -> tuple[str, str] | None:
    """Return what a line says it is about, and the rest of it; None where it says nothing of that."""
    for part, label in LABELS.items():
        if line.startswith(f"{label}: "):
            return part, line.removeprefix(f"{label}: ")
    for part in LABELS:
        if (found := PARTS[part].fullmatch(line)) is not None:
            return part, found["said"].strip()
    return None


def normal(entry: LibraryEntry) -> LibraryEntry:
    """Return an entry as it is read back once it is kept: of a persona, its text in the lines of a card.

    Raises:
        Refusal: for a persona that says what a card has no place for.
    """
    plain = LibraryEntry.model_validate(entry.model_dump(include=set(LibraryEntry.model_fields)))
    if plain.kind is not EntryKind.PERSONA:
        return plain
    card = persona_of(plain)
    return changed(LibraryEntry, plain, title=card.role, role=card.also, text=text_of(card))
