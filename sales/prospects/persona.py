"""Personas: what somebody of a role wants, fears and objects to, and which roles of open deals have no card (34).

A role is compared by its words: "CFO", "Chief financial officer" and "Group CFO" meet, whoever works for a CFO is none.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from sqlmodel import Field, SQLModel

from sales.language.names.match import unaccented
from sales.language.typed_text import MAX_WORDS, clean, shorten
from sales.pipeline.deal_contact import MAX_ROLE
from sales.pipeline.debrief import Cause, Debrief, cause_in
from sales.refusal import Refusal

EXAMPLE = "/team persona CFO: wants cash by December; worries about surprises; says it is not in the budget"
MAX_ALSO = 300  # characters of all other titles together
MOST_PERSONAS = 20  # of a team; who knows more roles than that sells to everybody
LEAST_HEARD = 2  # lost deals; one is an event and no objection of a role

WORD = re.compile(r"[^\W_]+")
LONG: Mapping[str, str] = {
    "ceo": "chief executive officer", "cfo": "chief financial officer", "coo": "chief operating officer",
    "cto": "chief technology officer", "cio": "chief information officer", "cmo": "chief marketing officer",
    "cro": "chief revenue officer", "cso": "chief sales officer", "cpo": "chief product officer",
    "chro": "chief human resources officer", "ciso": "chief information security officer",
    "md": "managing director", "vp": "vice president", "svp": "senior vice president",
    "evp": "executive vice president", "hr": "human resources", "pm": "project manager", "dir": "director",
    "mgr": "manager", "mngr": "manager", "sr": "senior", "jr": "junior",
}  # fmt: skip
SAME: Mapping[str, str] = {"finance": "financial", "operations": "operating", "technical": "technology"}
SPOKEN_AS_VOWEL = "AEFHILMNORSX"  # the first letter of an abbreviation: "an HR lead", "a CFO"
FILLING = frozenset({"of", "the", "and", "for", "to", "in", "at", "a", "an", "our", "their"})
WORKS_FOR = frozenset({"assistant", "pa", "secretary", "intern", "trainee", "office"})

Words = tuple[str, ...]
AnyPersona = TypeVar("AnyPersona", bound="Persona")


class Persona(SQLModel):
    """Somebody a team sells to, by their role. `also` are other titles of it, separated by commas."""

    role: str = Field(min_length=1, max_length=MAX_ROLE)
    also: str = Field(default="", max_length=MAX_ALSO)
    goals: str = Field(default="", max_length=MAX_WORDS)
    pains: str = Field(default="", max_length=MAX_WORDS)
    objections: str = Field(default="", max_length=MAX_WORDS)

    @property
    def titles(self) -> tuple[str, ...]:
        """Return every title that means this role."""
        return tuple(filter(None, (self.role, *(one.strip() for one in self.also.split(",")))))

    @property
    def says_something(self) -> bool:
        return bool(self.goals or self.pains or self.objections)


class StoredPersona(Persona):
    """A persona with the id that buttons carry."""

    id: int


class DealWithRole(NamedTuple):
    """A deal, and the role of somebody at its customer as the rep wrote it."""

    deal_id: int
    role: str


class PersonaNeed(NamedTuple):
    """A role that people of so many open deals have, and that has no card."""

    role: str
    deals: int

    @property
    def in_words(self) -> str:
        """Return the role with its article: "a CFO", "an HR lead"."""
        first = self.role.split()[0]
        spelled = first.isupper() and len(first) > 1 and first[0] in SPOKEN_AS_VOWEL
        return f"{'an' if spelled or first[0].casefold() in 'aeio' else 'a'} {self.role}"


class HeardCause(NamedTuple):
    """What decided so many lost deals with people of a role."""

    cause: Cause
    deals: int


class PersonaInUse(NamedTuple):
    """A card, how many open deals have somebody of its role, and what lost deals with one were decided by."""

    persona: StoredPersona
    deals: int
    heard: Sequence[HeardCause]
    lost: int


class PersonaShelf(NamedTuple):
    """The cards of a team in the order of their use, and the roles that lack one, the most frequent first."""

    cards: Sequence[PersonaInUse]
    needs: Sequence[PersonaNeed]


def read_role(typed: str, field: str | None = None) -> str:
    """Return the role that a card is for.

    Raises:
        Refusal: if there is none in it.
    """
    role = clean(typed, MAX_ROLE, field).strip(" .,;:")
    if not role_words(role):
        raise Refusal("Which role is it? CFO, depot manager, buyer.", field=field, example=EXAMPLE)
    return role


@lru_cache(maxsize=4096)  # many deals have people of few roles
def role_words(title: str) -> Words:
    """Return a title's words for comparison: abbreviations written out, without what only fills."""
    found: list[str] = []
    for word in WORD.findall(unaccented(title)):
        found += LONG.get(word, SAME.get(word, word)).split()
    return tuple(word for word in found if word not in FILLING)


def persona_for(personas: Iterable[AnyPersona], title: str) -> AnyPersona | None:
    """Return the card for whoever has a title: the one whose own words are the most of it; None where none fits."""
    words = role_words(title)
    fits = [(fit_of(one, words), one) for one in personas]
    best = max(fits, key=lambda each: each[0], default=None)
    return best[1] if best is not None and best[0] else None


def fit_of(persona: Persona, words: Words) -> int:
    """Return how many words of a title a persona covers; 0 where it is another role."""
    return max((len(own) for own in map(role_words, persona.titles) if is_role(own, words)), default=0)


def is_role(own: Words, words: Words) -> bool:
    """Say whether a role's words stand in a title's, in their order and side by side, and are not whom it works for."""
    if not own or (WORKS_FOR & set(words)) - set(own):
        return False
    return any(words[at : at + len(own)] == own for at in range(len(words) - len(own) + 1))


def persona_called(personas: Iterable[AnyPersona], role: str) -> AnyPersona | None:
    """Return the card that is for a role itself, by any of its titles; None where there is none."""
    wanted = role_words(role)
    return next((one for one in personas if wanted in map(role_words, one.titles)), None)


def shelf(
    personas: Sequence[StoredPersona], open_deals: Iterable[DealWithRole], lost: Iterable[tuple[str, Debrief]]
) -> PersonaShelf:
    """Return a team's cards with what they are needed for, and the roles of open deals that have none.

    A deal counts once for a role. `lost` are roles beside what was said of a lost deal, one of each for each deal.
    """
    served: dict[int, set[int]] = {one.id: set() for one in personas}
    missing: dict[Words, set[int]] = {}
    spelled: dict[Words, Counter[str]] = {}
    for deal_id, role in open_deals:
        words = role_words(role)
        card = persona_for(personas, role)
        if card is not None:
            served[card.id].add(deal_id)
        elif words:
            missing.setdefault(words, set()).add(deal_id)
            spelled.setdefault(words, Counter())[role.strip()] += 1
    debriefs = heard_by(personas, lost)
    cards = [
        PersonaInUse(one, len(served[one.id]), causes(debriefs[one.id]), len(debriefs[one.id]))
        for one in personas
    ]
    needs = [PersonaNeed(spelled[words].most_common(1)[0][0], len(ids)) for words, ids in missing.items()]
    return PersonaShelf(
        sorted(cards, key=lambda one: (-one.deals, unaccented(one.persona.role))),
        sorted(needs, key=lambda one: (-one.deals, unaccented(one.role))),
    )


def heard_by(
    personas: Sequence[StoredPersona], lost: Iterable[tuple[str, Debrief]]
) -> dict[int, list[Debrief]]:
    """Return what was said of lost deals with people of each card's role, each deal once for a card."""
    found: dict[int, dict[int, Debrief]] = {one.id: {} for one in personas}
    for role, debrief in lost:
        card = persona_for(personas, role)
        if card is not None:
            found[card.id][debrief.opportunity_id] = debrief
    return {card_id: list(deals.values()) for card_id, deals in found.items()}


def causes(debriefs: Iterable[Debrief]) -> list[HeardCause]:
    """Return what decided lost deals, the most frequent first, where it decided at least two of them."""
    found = Counter(cause for one in debriefs if (cause := one.cause or cause_in(one.reason)) is not None)
    return [HeardCause(cause, deals) for cause, deals in found.most_common() if deals >= LEAST_HEARD]


def other_titles(typed: str, field: str | None = None) -> str:
    """Return other titles of a role as they are stored, each once."""
    found: dict[Words, str] = {}
    for one in re.split(r"[,;\n]", clean(typed, MAX_ALSO, field)):
        if words := role_words(one):
            found.setdefault(words, shorten(one.strip(), MAX_ROLE))
    return ", ".join(found.values())
