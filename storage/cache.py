"""Caches: what was worked out from the database, kept for the process under everything it depends on.

A key says all that a value was made from, so that nothing in here is ever wrong; it only is not asked for any more.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class Cache(Generic[T]):
    """Values by their keys; the longest unused go first once all together weigh more than `most`.

    A value weighs 1 if nothing else is said. The last one that came stays, however heavy it is.
    """

    def __init__(self, most: int, weight: Callable[[T], int] = lambda value: 1) -> None:
        self.most = most
        self.weight = weight
        self.weighs = 0
        self.kept: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable) -> T | None:
        """Return what is kept under a key, or None."""
        found = self.kept.get(key)
        if found is not None:
            self.kept.move_to_end(key)
        return found

    def put(self, key: Hashable, value: T) -> None:
        """Keep a value."""
        if key in self.kept:
            self.weighs -= self.weight(self.kept.pop(key))
        self.kept[key] = value
        self.weighs += self.weight(value)
        while len(self.kept) > 1 and self.weighs > self.most:
            _, gone = self.kept.popitem(last=False)
            self.weighs -= self.weight(gone)
