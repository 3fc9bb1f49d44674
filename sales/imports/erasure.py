"""Erasure: how whatever names somebody who is forgotten is taken out of a text.

A full name is found in any case, with or without its accents, and as "Kovač, Ana" too; an id and an address only as
they are. A name of one word is another word as well ("May"), so it counts only where it is all that a text says.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

WORD_END = r"(?![A-Za-z0-9])"


@dataclass(frozen=True)
class Traces:
    """By what somebody is named: `ids` become `pseudonym`, tags of them, names and addresses become `label`."""

    label: str
    ids: tuple[str, ...] = ()
    pseudonym: str = ""
    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()

    def cleared(self, value: Any) -> Any:
        """Return a text, or JSON of any depth, without what names them; the very same where nothing does."""
        if isinstance(value, str):
            return self.cleared_text(value)
        if isinstance(value, list):
            items = [self.cleared(item) for item in value]
            return value if all(a is b for a, b in zip(items, value, strict=True)) else items
        if isinstance(value, dict):
            pairs = [(self.cleared(key), self.cleared(item)) for key, item in value.items()]
            same = all(
                key is a and item is b for (key, item), (a, b) in zip(pairs, value.items(), strict=True)
            )
            return value if same else dict(pairs)
        return value

    def cleared_text(self, text: str) -> str:
        """Return a text without what names them; the very same where nothing does."""
        found = text
        if any(each in text for each in self.ids):
            found = self._ids.sub(self.pseudonym or self.label, self._tags.sub(self.label, found))
        if self.addresses and "@" in text:
            found = self._addresses.sub(self.label, found)
        if self.names:
            found = self._without_names(found)
        return text if found == text else found

    def may_name(self, text: str) -> bool:
        """Say quickly whether a text might name them: it may where `cleared` finds nothing, never the reverse."""
        if any(each in text for each in self.ids):
            return True
        plain = skeleton(text)
        return any(word in plain for word in self._words)

    @cached_property
    def _words(self) -> frozenset[bytes]:
        """What of a word of each name, and of the addresses, is in every text that has it."""
        longest = [max(name.split(), key=len, default="") for name in self.names if name.strip()]
        return frozenset(map(skeleton, (*longest, *self.addresses)))

    @cached_property
    def _ids(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![A-Za-z0-9])(?:{any_of(self.ids)}){WORD_END}")

    @cached_property
    def _tags(self) -> re.Pattern[str]:
        return re.compile(rf"<@(?:{any_of(self.ids)})(?:\|[^<>]*)?>")

    @cached_property
    def _addresses(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w.+-])(?:{any_of(self.addresses)})(?![\w-])", re.IGNORECASE)

    @cached_property
    def _single(self) -> frozenset[str]:
        return frozenset(letters(name.strip())[0] for name in self.names if len(name.split()) == 1)

    @cached_property
    def _full(self) -> re.Pattern[str] | None:
        """The full names as they stand in a text of plain letters; None where there is none."""
        written = [letters(name)[0].split() for name in self.names]
        orders = [order for words in written if len(words) > 1 for order in ways_to_say(words)]
        return re.compile(rf"(?<!\w)(?:{'|'.join(orders)})(?!\w)") if orders else None

    def _without_names(self, text: str) -> str:
        plain, places = letters(text)
        if plain.strip() in self._single:
            return self.label
        if self._full is None:
            return text
        parts, last = [], 0
        for found in self._full.finditer(plain):
            parts += [text[last : places[found.start()]], self.label]
            last = places[found.end()] if found.end() < len(plain) else len(text)
        return "".join([*parts, text[last:]]) if parts else text


def any_of(texts: tuple[str, ...]) -> str:
    """Return a pattern of one of these texts, the longest first."""
    return "|".join(re.escape(each) for each in sorted(texts, key=len, reverse=True))


def ways_to_say(words: list[str]) -> Iterator[str]:
    """Yield the patterns of a full name: as it is, and with the last name first."""
    yield r"\s+".join(map(re.escape, words))
    yield rf"{re.escape(words[-1])}\s*,?\s+" + r"\s+".join(map(re.escape, words[:-1]))


def letters(text: str) -> tuple[str, Sequence[int]]:
    """Return a text in small letters without Latin accents, and for each of its characters where in the text it stood.

    An accent that is a character of its own stands with its letter.
    """
    if text.isascii():
        return text.lower(), range(len(text))
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for each in unicodedata.normalize("NFD", character.casefold()):
            if not (unicodedata.combining(each) and kept and kept[-1].isascii()):
                kept.append(each)
                places.append(place)
    return "".join(kept), places


def skeleton(text: str) -> bytes:
    """Return the plain Latin letters, figures and signs of a text; whatever else it has is left out."""
    if text.isascii():
        return text.lower().encode()
    return unicodedata.normalize("NFD", text.casefold()).encode("ascii", "ignore")
