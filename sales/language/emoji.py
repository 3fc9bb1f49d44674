"""Emoji as Slack writes them (`:tada:`): nothing of a command is meant by one, and whoever wrote it keeps it.

So a reader gets a mark in the place of each, which is no word, no name and no sign of the sentence; what comes out of
it has the emoji back, but for names, which have none.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sales.refusal import Refusal

P = ParamSpec("P")
T = TypeVar("T")

_FIRST_MARK = 0xF0000  # a plane for private use: no keyboard types these
_MOST = 1_000
MARKS = f"{chr(_FIRST_MARK)}-{chr(_FIRST_MARK + _MOST)}"  # for the brackets of a pattern
_MARKS = re.compile(f"[{MARKS}]")
_PICTURE = "[\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff][\u200d\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]*"
# A picture that stands apart, before a number or at the end; elsewhere it may belong to a name.
_APART = rf"(?<=\s)(?:{_PICTURE})+(?=\s+\d|\s*$)"
_CODE = re.compile(r"(?<![\w:])(?::(?:[+-]1|100|(?=[^:\s]*[^\W\d])[\w+'-]{1,100}):)+(?!\w)")
_MEANT = re.compile(rf"{_CODE.pattern}|{_APART}")
_LEADING = re.compile(rf"^(?:\s*{_CODE.pattern})+\s*")
_JOINS = frozenset("\u200d\ufe0e\ufe0f\u20e3")


def apart(read: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
    """Let a reader of typed text see marks for emoji; what it returns, or refuses with, has them back."""

    @wraps(read)
    def around(text: str, /, *args: P.args, **more: P.kwargs) -> T:
        found: list[str] = []

        def mark(code: re.Match[str]) -> str:
            found.append(code.group())
            return chr(_FIRST_MARK + len(found) - 1)

        marked = _MEANT.sub(mark, _LEADING.sub("", _MARKS.sub("", text)), count=_MOST)
        if not found:
            return read(marked, *args, **more)
        try:
            result: T = _with(found, read(marked, *args, **more))
        except Refusal as refusal:
            for name, value in vars(refusal).items():
                setattr(refusal, name, _with(found, value))
            raise
        return result

    return around


def _with(found: list[str], value: Any) -> Any:
    """Return a text, or a tuple of anything, with emoji in the places of their marks."""
    if type(value) is str:  # and no name of a kind, which is a text as well
        return _MARKS.sub(lambda mark: found[ord(mark.group()) - _FIRST_MARK], value)
    if isinstance(value, tuple):
        back = [_with(found, one) for one in value]
        return type(value)(*back) if hasattr(value, "_fields") else tuple(back)
    return value


def without_marks(text: str) -> str:
    """Return a part of a marked text in which an emoji says nothing."""
    return " ".join(_MARKS.sub(" ", text).split())


def without_codes(text: str) -> str:
    """Return a text without Slack's emoji codes."""
    return " ".join(_CODE.sub(" ", text).split())


def without_emoji(name: str) -> str:
    """Return a name without marks, and without emoji behind it: "Acme 🎉" is Acme's."""
    words = without_marks(name).split()
    while words and all(_is_emoji(character) for character in words[-1]):
        words.pop()
    return " ".join(words)


def _is_emoji(character: str) -> bool:
    return (
        unicodedata.category(character) in ("So", "Sk")
        or character in _JOINS
        or "\U0001f1e6" <= character <= "\U0001f1ff"
    )
