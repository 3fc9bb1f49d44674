"""What is said of a line that names no activity, or those of two accounts: what it may have meant."""

import re

from sales.followups.activity import ActivityKind
from sales.followups.activity_told import NAME
from sales.followups.activity_words import (
    Misspelled,
    closest_kind,
    items_within,
    say_count,
    say_kinds,
    starts_with_kind,
    verb_misspelled,
)
from sales.language.spelled_count import COUNT
from sales.language.typed_text import shorten, tidy
from sales.refusal import Reading, Refusal

EXAMPLE = "5 calls, 2 meetings"

_SECOND = re.compile(
    rf"[\s,;]*(?:and|&|\+|plus)?\s*(?P<item>{COUNT}[^\W\d_][\w'’-]*\s+(?:with\s|w/|w\s|at\s|to\s|@))", re.I
)
_BEHIND_NAME = re.compile(rf"(?:['’]s)?(?:\s*[,;+&]|\s+and|\s+plus)?\s+(?=[0-9])(?P<item>{COUNT})", re.I)


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


def refuse_second(outcome: str) -> None:
    """Refuse "2 calls with Acme and 1 demo with Globex": an entry is about one account."""
    second = _SECOND.match(outcome)
    if second is not None and next(items_within(outcome[second.start("item") :]), None):
        raise Refusal(
            f"An entry is about one account. Log “{shorten(outcome[second.start('item') :], 40)}” by itself.",
            field="account",
            example="2 calls with Acme",
        )


def ask_about_second(done: str, name: str) -> None:
    """Ask about "2 calls Acme, 1 demo Hooli": whether the second was done with somebody else, or came of the first."""
    before, _, behind = done.partition(NAME)
    second = _BEHIND_NAME.match(behind) if name and before.strip() else None
    if second is None or not starts_with_kind(behind, second.end()):
        return
    if len(behind[second.end() :].split()) < 2:  # "1 demo" by itself is with the same
        return
    first, other = tidy(f"{before}{name}"), tidy(behind[second.start("item") :])
    readings = [
        Reading(shorten(f"Log {first} alone"), first),
        Reading(shorten(f"{first} – {other}"), f"{first} – {other}"),
    ]
    raise Refusal(
        f"An entry is about one account. Is “{shorten(other, 40)}” another one?",
        field="account",
        readings=readings,
    )


_OVER = re.compile(r"(?:the )?(?:last|past|previous|all)(?!\w)", re.I)


def more_than_a_day(said: str, line: str) -> Refusal:
    """Return the refusal of a stretch of days; one that is not over is asked about, as it may be a goal."""
    if _OVER.match(said):
        return Refusal(
            f"“{said}” is more than one day. Log each day by itself.", field="on", example="5 calls yesterday"
        )
    text = f"“{said}” is more than one day, and a log is for one. Is it a goal?"
    return Refusal(text, field="on", readings=[Reading("Make it a goal", f"/goal set {line}")])
