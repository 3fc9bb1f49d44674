"""Personas in words: "CFO: wants cash by December; worries about surprises; says it is not in the budget" (34).

Parts are separated by semicolons or line ends, and each begins with what it is about. What cannot be placed is asked.
"""

import re
from typing import NamedTuple

from sales.language.typed_text import MAX_WORDS, clean, shorten
from sales.pipeline.deal_contact import MAX_ROLE
from sales.prospects.persona import EXAMPLE, Persona, other_titles, read_role
from sales.refusal import Refusal
from sales.value import changed

APART = re.compile(r"\s*[;\n]+\s*")
HEAD = re.compile(r"(?P<role>[^:;\n]+?)\s*[:;\n]\s*(?P<rest>.+)", re.DOTALL)
BEGINS = {
    "also": r"(?:is )?also(?: called| known as)?|or",
    "goals": r"wants?(?: to have)?|goals?(?: (?:is|are))?|aims?(?: (?:is|are|at|for))?|needs?",
    "pains": r"worr(?:y|ies)(?: about)?|fears?|pains?(?: (?:is|are))?|is afraid of|dreads?",
    "objections": r"says?|objections?(?: (?:is|are))?|objects(?: to| that)?",
}
PARTS = {
    name: re.compile(rf"(?:they |she |he )?(?:{begins})(?:\s*:\s*|\s+)(?P<said>.+)", re.I | re.DOTALL)
    for name, begins in BEGINS.items()
}
VERBS = (
    r"wants?|worr(?:y|ies)|fears?|says?|objects"  # without a colon before it, only what is no part of a role
)
WITHIN = re.compile(
    rf"(?P<role>.+?),?\s+(?P<rest>(?:they |she |he )?(?:{VERBS})(?::|\s).+)", re.I | re.DOTALL
)


class PersonaWords(NamedTuple):
    """Which role some words are about, and what they say of it, by the field that keeps it."""

    role: str
    said: dict[str, str]

    def of(self, held: Persona | None) -> Persona:
        """Return the card with these words, where it said `held` before: what is said again takes its place."""
        before = held if held is not None else Persona(role=self.role)
        return changed(Persona, before, **self.said)


def read_persona(typed: str) -> PersonaWords:
    """Return what words say of a role; a role alone says nothing.

    Raises:
        Refusal: without a role, or for a part that says not what it is about.
    """
    text = typed.strip()
    heads = [found for found in (HEAD.fullmatch(text), WITHIN.fullmatch(text)) if found is not None]
    head = min(heads, key=lambda found: len(found["role"]), default=None)
    if head is None:
        return PersonaWords(read_role(text), {})
    found: dict[str, str] = {}
    for part in filter(None, APART.split(head["rest"].strip(" ;"))):
        name, said = placed(part)
        found[name] = f"{found[name]}; {said}" if name in found else said
    if "also" in found:
        found["also"] = other_titles(found["also"])
    return PersonaWords(
        read_role(head["role"]), {name: clean(said, MAX_WORDS) for name, said in found.items()}
    )


def begun(typed: str) -> Persona:
    """Return words that could not be read as the form takes them: the role, and the rest where goals stand."""
    role, _, rest = typed.strip().partition(":")
    return Persona.model_construct(role=role.strip()[:MAX_ROLE], goals=rest.strip()[:MAX_WORDS])


def placed(part: str) -> tuple[str, str]:
    """Return what a part is about, and what it says of that.

    Raises:
        Refusal: if it says not what it is about.
    """
    for name, pattern in PARTS.items():
        if (found := pattern.fullmatch(part.strip(" ."))) is not None:
            return name, found["said"].strip()
    raise Refusal(
        f"I could not place “{shorten(part)}”: begin with wants, worries about, or says.", example=EXAMPLE
    )
