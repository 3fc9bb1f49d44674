"""Sketches: what is kept of a draft that was checked, to notice the same text going to many sectors (48).

A sketch is the least of the hashes of its word triples. From two sketches one can tell how much two texts share, and
from one nobody reads what was written.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from hashlib import blake2b
from itertools import islice

from sqlmodel import Field, SQLModel

from sales.craft.pitch.draft import PitchDraft
from sales.language.names.match import unaccented
from sales.language.typed_text import MAX_NAME

TRIPLE = 3  # words
KEPT = 48  # hashes; two texts that share half are told from two that share seven in ten
DIGITS = 16  # of a hash
LEAST_TRIPLES = 8  # of ten words; shorter ones are alike by nature: "Shall we talk on Thursday?"
SAME = 0.6  # of the triples; each word that is changed takes three of them
MANY_SECTORS = 3  # what fits three says nothing of any
LOOK_BACK_DAYS = 90


class PitchSketch(SQLModel):
    """A draft somebody checked for an account of a sector on a local day of theirs, by its hashes alone."""

    owner_id: str
    on: date
    account_key: str = Field(max_length=MAX_NAME)
    sector: str = Field(max_length=MAX_NAME)
    hashes: str = Field(max_length=KEPT * DIGITS)


def sketch_of(draft: PitchDraft, names: Iterable[str]) -> str:
    """Return the sketch of a draft; empty for one that is too short to be told from others.

    Greetings, figures and the names of whom it is for say nothing of it: another name on top makes no other text.
    """
    left_out = {part for name in names for part in unaccented(name).split()}
    said = [
        word
        for one in draft.sentences
        for word in one.words[one.greeting :]
        if unaccented(word).removesuffix("'s") not in left_out and not word[:1].isdigit()
    ]
    triples = {" ".join(said[at : at + TRIPLE]) for at in range(len(said) - TRIPLE + 1)}
    if len(triples) < LEAST_TRIPLES:
        return ""
    return "".join(islice(sorted(map(hash_of, triples)), KEPT))


def hash_of(words: str) -> str:
    return blake2b(words.encode(), digest_size=DIGITS // 2).hexdigest()


def likeness(one: str, other: str) -> float:
    """Return about which share of their word triples two texts have in common, in 0..1."""
    first, second = hashes_in(one), hashes_in(other)
    least = sorted(first | second)[:KEPT]
    return sum(each in first and each in second for each in least) / len(least) if least else 0.0


def hashes_in(sketch: str) -> set[str]:
    return {sketch[at : at + DIGITS] for at in range(0, len(sketch), DIGITS)}


def is_same_text(one: str, other: str) -> bool:
    return bool(one) and bool(other) and likeness(one, other) >= SAME


def sectors_of(sketch: str, sector: str, earlier: Sequence[PitchSketch]) -> list[str]:
    """Return the sectors that a text went to, this one first, in the words they were first seen in."""
    found: dict[str, str] = {}
    for said in (sector, *(one.sector for one in earlier if is_same_text(sketch, one.hashes))):
        if said.strip():
            found.setdefault(unaccented(said.strip()), said.strip())
    return list(found.values())


def is_for_many(sectors: Collection[str]) -> bool:
    """Say whether one text went to so many sectors that it cannot be about any of them."""
    return len(sectors) >= MANY_SECTORS
