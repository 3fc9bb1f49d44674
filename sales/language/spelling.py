"""Spelling: the word a person most likely meant."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

CLOSE_ENOUGH = 0.7  # "cals" is call, "metings" is meetings; "deal" is not demo


def closest(word: str, words: Iterable[str], at_least: float = CLOSE_ENOUGH) -> str | None:
    """Return the one of `words` spelled most like `word`, or None where nothing is close.

    Case does not count. Of equally close words the first given wins.
    """
    typed = word.strip()
    if not typed:
        return None
    found = process.extractOne(
        typed, list(words), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=100 * at_least
    )
    return found[0] if found is not None else None
