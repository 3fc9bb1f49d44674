"""Kept commitments: how many of what somebody promised for some days is done."""

from collections.abc import Iterable
from typing import NamedTuple


class KeptCommitments(NamedTuple):
    """How many of a rep's commitments due in the span are kept, of how many."""

    rep: str
    done: int
    due: int


def worth_naming(kept: Iterable[KeptCommitments]) -> list[KeptCommitments]:
    """Return those who kept any, in order of their names."""
    return sorted((one for one in kept if one.done), key=lambda one: one.rep.casefold())
