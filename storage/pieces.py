"""Pieces: a long list taken a few at a time, so that no statement is too long and nobody waits for all of it."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

AT_ONCE = 500  # ids in one question: far below every engine's limit of parameters


def pieces(items: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """Yield items in their order, `size` at a time; nothing where there are none."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
