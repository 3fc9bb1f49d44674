"""Encodings: how the bytes of a spreadsheet became letters.

Text without a mark is UTF-8 where it can be. Where it cannot, every code page in common use is tried on the words
that tell: a reading stands if they look like words of one script. One that stands alone is taken; where several do
and differ, a person is shown them and asked. Guessing from frequencies reads Spanish and Danish wrongly. Those of older
machines come into question where letters stand at places that Windows keeps for signs.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLED = 1000  # bytes looked at for UTF-16 without a mark
NULS_IN_UTF16 = 0.3  # share of NUL among every other byte in Western text; one stray NUL is damage instead
TELLING = 200  # lines with other than English letters, looked at to find their code page
PREVIEWED = 3  # cells of a reading, shown to whoever is asked
MOST_ACCENTED = (
    0.75  # of the letters of a Latin word of four or more, as Łódź has; "Ëèäèÿ" is no word in any language
)

# The likeliest first: of readings that are the same, the first names them.
CODE_PAGES = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "cp932", "gb18030", "cp949", "big5", "koi8-r",
)  # fmt: skip
OLDER = ("mac_roman", "cp850", "cp852", "mac_cyrillic", "cp866")
IN_OTHER_WORDS = {
    "cp1252": "windows-1252", "cp1250": "windows-1250", "cp1251": "windows-1251", "cp1253": "windows-1253",
    "cp1254": "windows-1254", "cp1257": "windows-1257", "cp932": "shift_jis", "mac_roman": "mac-roman",
    "mac_cyrillic": "mac-cyrillic",
}  # fmt: skip

_CELL = re.compile(r'[^,;\t|"]+')
_WORD = re.compile(r"[^\W\d_]+")
# What an older machine wrote a letter with, and Windows mostly a sign, as it stands in a word; quotation marks, dots
# and an apostrophe as in Macy’s or O’Brien stand there on Windows, too.
_OLD_LETTER = re.compile(
    rb"[a-zA-Z][\x80-\x84\x86-\x91\x96-\x98\x9a-\x9f\xa7\xae\xaf\xbe\xbf]"
    rb"|(?:(?<![a-zA-Z])[a-z]|(?<![a-zA-Z])[A-Z](?![\x92][A-Z])|[a-zA-Z]{2})[\x92](?!(?:s|t|d|m|re|ll|ve)\b)"
    rb"|[a-zA-Z][\x85\x93-\x95\x99][a-zA-Z]|(?<![a-zA-Z])[\x80-\x83\x85\xe7\xee][a-z]"
    rb"|[\x80-\x9f][\xa0-\xff]|[\xa0-\xff][\x80-\x9f]"
)
# A sign in the middle of a word, and money before an accent, are letters of another code page.
_WEDGED = re.compile("[^\\W\\d_][‰„“”…•™¡¿£€¥§©®°±«»¼½¾²³¹÷ªº´`¨‚][^\\W\\d_]|[£€¥§][^\\W\\d_a-zA-Z]|[‰†‡¶]")
_SIGNS = frozenset("€£¥§©®°·«»¿¡–—‘’‚“”„…•№ªº\xa0´`™±½¼¾²³×÷&/()+-.,:;!?'#%*=@~^<>[]{}|\\_$\"")


@dataclass(frozen=True)
class TextReading:
    """A code page, and how the telling cells of a file read in it."""

    encoding: str
    words: str

    @property
    def name(self) -> str:
        """What people call the code page; Python knows it too."""
        return IN_OTHER_WORDS.get(self.encoding, self.encoding)


def encoding_of(lines: Iterable[bytes]) -> tuple[str, list[bytes]]:
    """Return the encoding of a file given as lines of bytes, and the lines that tell its code page.

    It is empty where only a code page can be meant: most lines with other than English letters are not UTF-8.
    Single bad lines of a UTF-8 file stay unreadable rather than turn every accent of the others into nonsense.
    """
    sure, odd, telling = 0, 0, list[bytes]()
    for number, line in enumerate(lines):
        if number == 0 and (known := by_beginning(line)):
            return known, []
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            sure += 1
        except UnicodeDecodeError:
            odd += 1
            if len(telling) < TELLING:
                telling.append(line)
    return ("utf-8", []) if odd <= sure else ("", telling)


def readings(telling: Sequence[bytes]) -> list[TextReading]:
    """Return the code pages in which these lines are words, one for each way they read."""
    written = b"\n".join(telling)
    found = _worded(written, CODE_PAGES)
    if _OLD_LETTER.search(written):
        found |= {text: one for text, one in _worded(written, OLDER).items() if text not in found}
    return list(found.values())


def _worded(written: bytes, code_pages: Iterable[str]) -> dict[str, TextReading]:
    """Return the code pages in which bytes are words, by how they read."""
    found: dict[str, TextReading] = {}
    for encoding in code_pages:
        try:
            text = written.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(is_worded(word) for word in _WORD.findall(text)) and not _strange(text):
            found.setdefault(text, TextReading(encoding, preview(text)))
    return found


def preview(text: str) -> str:
    """Return the first few cells with other than English letters."""
    cells = (cell.strip() for cell in _CELL.findall(text.replace("\n", ";")))
    telling = dict.fromkeys(cell for cell in cells if not cell.isascii())
    return ", ".join(list(telling)[:PREVIEWED])


def is_worded(word: str) -> bool:
    """Say whether a word may be one: of one script, written small, large or with a capital, not all accents."""
    if word.isascii():
        return True
    scripts = {_script(letter) for letter in word}
    if scripts == {"LATIN"}:
        accented = sum(not letter.isascii() for letter in word)
        if len(word) >= 4 and accented / len(word) > MOST_ACCENTED:
            return False
        return _has_usual_case(word)
    if scripts <= {"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "FULLWIDTH"} or scripts == {"HANGUL"}:
        return len(word) > 1
    return len(scripts) == 1 and _has_usual_case(word)


def _has_usual_case(word: str) -> bool:
    """Say whether capitals stand where they do in names: "PeÑa" is none, "McÑa" and "O'Ñ" are."""
    small = next((at for at, letter in enumerate(word) if letter.islower()), len(word))
    capitals_after = [at for at in range(small, len(word)) if word[at].isupper()]
    if word.isupper() or word.islower():
        return True
    return small <= 1 and (not capitals_after or all(word[at].isascii() for at in capitals_after))


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


def _strange(text: str) -> bool:
    """Say whether a text holds signs that nobody types into a CRM, or not there."""
    if _WEDGED.search(text):
        return True
    for sign in set(text):
        if sign.isascii() or sign.isalpha() or sign in _SIGNS:
            continue
        if unicodedata.category(sign) not in ("Zs", "Ps", "Pe", "Pd", "Po", "Lm", "Mn", "Mc", "Nd"):
            return True
        if _script(sign) == "HALFWIDTH":
            return True
    return False


def by_beginning(line: bytes) -> str | None:
    """Return the encoding that the first bytes give away, or None."""
    for mark, name in MARKS:
        if line.startswith(mark):
            return name
    sample = line[:SAMPLED]
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        half = sample[start::2]
        if len(half) > 1 and half.count(0) / len(half) > NULS_IN_UTF16:
            return name
    return None


def on_bad_bytes(encoding: str) -> str:
    """Return how bytes that are no letter are marked, so that their line can be refused by itself."""
    return "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
