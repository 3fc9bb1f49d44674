"""Spelling: the word a person most likely meant."""

from collections.abc import Iterable
from difflib import SequenceMatcher

CLOSE_ENOUGH = 0.7  # "cals" is call, "metings" is meetings; "deal" is not demo
MAX_COMPARED = 40  # a longer word is no slip of the finger, and comparing grows with its square


def closest(word: str, words: Iterable[str], at_least: float = CLOSE_ENOUGH) -> str | None:
    """Return the one of `words` spelled most like `word`, or None where nothing is close.

    Case does not count. Of equally close words the first given wins.
    """
    typed = word.strip().casefold()
    if not typed or len(typed) > MAX_COMPARED:
        return None
    best, best_likeness = None, at_least
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(typed)
    for candidate in words:
        matcher.set_seq1(candidate.casefold())
        if matcher.real_quick_ratio() < best_likeness or matcher.quick_ratio() < best_likeness:
            continue
        likeness = matcher.ratio()
        if likeness > best_likeness or (best is None and likeness == best_likeness):
            best, best_likeness = candidate, likeness
    return best
