"""Typed text: what a person wrote, made safe to keep without changing what it says."""

import re
import unicodedata

from sales.language.emoji import without_emoji
from sales.language.figures import number, plural
from sales.refusal import Refusal

MAX_TYPED = 2000  # a name, a task, a reason and an outcome at their longest still fit
MAX_NAME = 200  # as the value classes hold it
MAX_WORDS = 500

# Overrides and isolates can make stored text display as something else; marks that merely say
# "this is right-to-left" (U+200E, U+200F) and the joiners inside emoji stay.
_DISPLAY_TRICKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_SET_APART = re.compile(r"<[^<>\s][^<>]*>|https?://\S+|[\w.+-]+@[\w-]+\.[\w.-]+|(?<!\w):[a-z0-9_+-]+:(?!\w)")
_JOINER = "\u200d"
_MODIFIERS = frozenset(
    map(chr, (*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080)))
)  # skin tones, flags of regions
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))  # two make a flag
_EDGES = " \t,;:–—-|"


def clean(text: str, limit: int = MAX_TYPED, field: str | None = None) -> str:
    """Return the text on one line, spaces collapsed, without control characters or display overrides.

    Letters of every script, emoji and Slack mentions such as <@U123> are left as they are.

    Raises:
        Refusal: if more than `limit` characters remain; nothing is ever cut off silently.
    """
    kept = "".join(_plain(character) for character in text)
    line = " ".join(kept.split())
    if len(line) > limit:
        raise Refusal(
            f"That is {plural(len(line), 'character')}; {number(limit)} is the most that fits. Please shorten it.",
            field=field,
        )
    return line


def clean_name(text: str, field: str | None = None) -> str:
    """Return a name on one line, without the emoji around it; empty if there is nothing else.

    Raises:
        Refusal: if it is longer than a name may be.
    """
    return clean(without_emoji(text), MAX_NAME, field)


def _plain(character: str) -> str:
    if character in _DISPLAY_TRICKS:
        return ""
    kind = unicodedata.category(character)
    if kind in ("Zs", "Zl", "Zp") or character in "\t\n\r\v\f\x85":
        return " "
    return "" if kind in ("Cc", "Cs") else character


def ascii_lower(text: str) -> str:
    """Return the text with A–Z in lower case and every character still at its place."""
    return "".join(character.lower() if character.isascii() else character for character in text)


def set_apart(text: str) -> str:
    """Return the text with links, addresses, mentions and :emoji: blanked out, same length.

    Words inside them are names, not dates or amounts (":sun:" is no Sunday).
    """
    return _SET_APART.sub(lambda match: blank(match.group()), text)


def blank(text: str) -> str:
    """Return as many NUL characters as `text` is long: no reader takes them for a word."""
    return "\0" * len(text)


def blank_spans(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Return the text with each span (start, end) blanked out, same length."""
    for start, end in spans:
        text = text[:start] + blank(text[start:end]) + text[end:]
    return text


def tidy(text: str) -> str:
    """Return the text without stray separators around it and with single spaces inside."""
    joined = re.sub(r"\s+([,.;:])", r"\1", " ".join(text.split()))
    joined = re.sub(r"([,;:])(?:\s*[,;:])+", r"\1", joined)
    return joined.strip(_EDGES).strip()


def shorten(text: str, limit: int = 60) -> str:
    """Return the text for quoting back to its writer: at most `limit` characters, cut with an ellipsis.

    What people see as one character, such as a family emoji or a letter with its accents, is kept or left out whole.
    """
    return text if len(text) <= limit else text[: cut_before(text, limit - 1)].rstrip() + "…"


def cut_before(text: str, at: int) -> int:
    """Return the last place up to `at` where a text can be cut without taking a character apart."""
    while 0 < at < len(text) and _belongs_together(text, at):
        at -= 1
    return at


def _belongs_together(text: str, at: int) -> bool:
    """Say whether the characters before and at a place are shown as one."""
    before, here = text[at - 1], text[at]
    if _JOINER in (before, here) or here in _MODIFIERS or unicodedata.category(here).startswith("M"):
        return True
    if here not in _FLAG_LETTERS or before not in _FLAG_LETTERS:
        return False
    letters = text[:at][::-1]
    return next((n for n, one in enumerate(letters) if one not in _FLAG_LETTERS), len(letters)) % 2 == 1
