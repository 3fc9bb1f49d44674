"""Typed text: what a person wrote, made safe to keep without changing what it says."""

import re
import unicodedata

from sales.language.emoji import without_emoji
from sales.language.figures import number, plural
from sales.refusal import Refusal

MAX_TYPED = 2000  # a name, a task, a reason and an outcome at their longest still fit
MAX_NAME = 200  # as the value classes hold it
MAX_WORDS = 500

# What is not seen itself and makes text display as something else, or two names look like one: directions, widths
# of nothing, fillers, tags. Joiners stay, as families of emoji and Persian words need them, and so do a flag's tags.
_UNSEEN = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,8}\U000e007f)"
    "|(?P<gap>[\v\f\x1c-\x1f\x85\u2028\u2029]|\r(?!\n))"
    "|[\x00-\x08\r\x0e-\x1b\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\u2800\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_JOINERS = "\u200c\u200d"
_SET_APART = re.compile(
    r"<[^<>\s][^<>]*>|https?://\S+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+|(?<!\w):[a-z0-9_+-]+:(?!\w)"
)
_JOINER = "\u200d"
_MODIFIERS = frozenset(
    map(chr, (*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080)))
)  # skin tones, flags of regions
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))  # two make a flag
_EDGES = " \t,;:–—-|=≈~"
_SENTENCE = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)")
_SPACE_BEFORE = re.compile(r"\s+(?=[,.;:])")
_SEPARATED_AGAIN = re.compile(r"(?<=[,;:])(?:\s*[,;:])+")


def clean(text: str, limit: int = MAX_TYPED, field: str | None = None) -> str:
    """Return the text on one line, spaces collapsed, without anything in it that is not seen.

    Letters of every script, emoji and Slack mentions such as <@U123> are left as they are.

    Raises:
        Refusal: if more than `limit` characters remain; nothing is ever cut off silently.
    """
    line = on_one_line(text)
    if len(line) > limit:
        raise Refusal(
            f"That is {plural(len(line), 'character')}; {number(limit)} is the most that fits. Please shorten it.",
            field=field,
        )
    return line


def something(text: str, limit: int, ask: str, field: str | None = None) -> str:
    """Return the same of a text that has to say something.

    Raises:
        Refusal: with what is asked for, if nothing remains, and if more than `limit` characters do.
    """
    line = clean(text, limit, field)
    if not line:
        raise Refusal(ask, field=field)
    return line


def seen(text: str) -> str:
    """Return the text without what is not seen of it: control and direction characters. Its lines stay."""
    if text.isascii() and text.isprintable():
        return text
    return _UNSEEN.sub(lambda found: found["flag"] or (" " if found["gap"] else ""), text)


def on_one_line(text: str) -> str:
    """Return what is seen of a text on one line, spaces collapsed."""
    return " ".join(seen(text).split()).strip(_JOINERS)


def name_among(*texts: str | None) -> str:
    """Return the first of these that leaves something to read, as a name no longer than one may be; else empty."""
    return next(filter(None, (on_one_line(text or "")[:MAX_NAME].rstrip() for text in texts)), "")


def clean_name(text: str, field: str | None = None) -> str:
    """Return a name on one line, without the emoji around it; empty if there is nothing else.

    Raises:
        Refusal: if it is longer than a name may be.
    """
    return clean(without_emoji(text), MAX_NAME, field)


def ascii_lower(text: str) -> str:
    """Return the text with A–Z in lower case and every character still at its place."""
    if text.isascii():
        return text.lower()
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
    joined = _SPACE_BEFORE.sub("", " ".join(text.split()))
    return _SEPARATED_AGAIN.sub("", joined).strip(_EDGES).strip()


def shorten(text: str, limit: int = 60) -> str:
    """Return the text for quoting back to its writer: at most `limit` characters, cut with an ellipsis.

    What people see as one character, such as a family emoji or a letter with its accents, is kept or left out whole.
    """
    return text if len(text) <= limit else text[: cut_before(text, limit - 1)].rstrip() + "…"


def shorten_at_word(text: str, limit: int) -> str:
    """Return the text cut at a word as `shorten` does; a word that is longer than a third of it is cut within."""
    short = shorten(text, limit)
    if short == text or text[len(short) - 1 :][:1].isspace():
        return short
    before = short[:-1].rpartition(" ")[0].rstrip(" ,;:–—-")
    return f"{before}…" if len(before) > limit * 2 // 3 else short


def shorten_at_sentence(text: str, limit: int) -> str:
    """Return the text cut behind a sentence; at a word, if those that fit are less than a third of it."""
    if len(text) <= limit:
        return text
    ends = [one.end() for one in _SENTENCE.finditer(text) if one.end() <= limit - 2]
    return f"{text[: ends[-1]]} …" if ends and ends[-1] > limit // 3 else shorten_at_word(text, limit)


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
