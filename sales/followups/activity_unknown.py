"""What is said of a line that names no activity: what it may have meant."""

import re

from sales.followups.activity import ActivityKind
from sales.followups.activity_told import NAME
from sales.followups.activity_words import (
    Misspelled,
    closest_kind,
    say_count,
    say_kinds,
    verb_misspelled,
)
from sales.language.typed_text import shorten
from sales.refusal import Reading, Refusal

EXAMPLE = "5 calls, 2 meetings"


def asked_about(misspelled: Misspelled, line: str) -> Refusal:
    """Return a word that is no activity as a question: the line with the word that was probably meant."""
    if not misspelled.meant or misspelled.typed not in line:
        return misspelled
    likely = line.replace(misspelled.typed, misspelled.meant, 1)
    return Refusal(
        misspelled.text, field="kind", example=misspelled.example, readings=[Reading(shorten(likely), likely)]
    )


def unknown_activity(done: str) -> Refusal:
    """Return the refusal of a line that names no activity, with what it may have meant."""
    words = re.findall(r"[^\W\d_][\w'’-]*", done)
    said = shorten(done.replace(NAME, "…"))
    if done.strip().isdecimal():
        likely = [say_count(kind, int(done[:9])) for kind in (ActivityKind.CALL, ActivityKind.EMAIL)]
        return Refusal(
            f"{said} of what?",
            field="kind",
            example=likely[0],
            readings=[Reading(one, one) for one in likely],
        )
    if words and (verb := verb_misspelled(words[0])):
        return Misspelled(f"“{said}” names no activity. Did you mean {verb}?", f"{verb} Acme", words[0], verb)
    for word in words[:3]:
        kind = closest_kind(word)
        if kind:
            meant = say_count(kind, 1).split(" ", 1)[1]
            return Misspelled(
                f"“{said}” names no activity. Did you mean {say_count(kind, 1)}?", meant, word, meant
            )
    return Refusal(
        f"“{said}” names no activity. Rainmaker counts {say_kinds()}.", field="kind", example=EXAMPLE
    )
