"""Syllables of English words, counted by their vowels: a dictionary would be exact, and is downloaded at run time."""

import re
from functools import lru_cache

PIECE = re.compile(r"[a-z]+|\d+")
# Not spoken at the end: hope, hoped, hopes; spoken: the, table, handled, wanted, boxes, wages.
SILENT = re.compile(
    r"(?:(?<![aeiouy])(?<![^aeiouy]l)e|(?<![aeiouytd])(?<![^aeiouy]l)ed|(?<![aeiouycgsxz])(?<![^aeiouy]l)(?<![cs]h)es)$"
)
WITHIN = re.compile(r"(?<=[^aeiouyl])e(?=(?:ly|ty|ments?|less|fore|house|things?|times)s?$)|(?<=ev)e(?=ry)")
GROUP = re.compile(r"[aeiouy]+")
# Two vowels side by side that are spoken apart: radio, idea, area, various, being, science, usual, create, theory.
APART = re.compile(
    r"(?<![cgstx])(?<!ll)i[ao](?!u)|(?<=[dr])ea$|(?<=[rv])iou|[aeouy]ing|(?<=[dlnrsc])ie(?=n[ct])|[tns]ual|[nlr]ua|"
    r"creat|iet|[ht]eo(?=r|lo|ro)|eum|eteo|deo|oyee|ieval|plier|[nr]yo"
)


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """Return how many syllables a word in lower case has, at least 1; one of figures counts as one."""
    return max(1, sum(map(_of_piece, PIECE.findall(word.replace("'", "")))))


def _of_piece(piece: str) -> int:
    if piece.isdigit():
        return 1
    spoken = SILENT.sub("", WITHIN.sub("", piece)) if len(piece) > 2 else piece
    return max(1, len(GROUP.findall(spoken)) + len(APART.findall(spoken)))
