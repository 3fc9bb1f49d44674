"""Sign-offs: the regards at the end of a draft and the name, title and number below them, which say nothing to anybody.

What stands below a signature, a postscript for one, is of the draft again.
"""

import re

MOST_LINES = 8  # of a signature: a name, a title, a firm, its address, some numbers
LONGEST_LINE = 70  # characters; what is longer is prose
MOST_NAMED = 10  # words behind regards on their line: "Best regards, Ana Kovač, Head of Sales"
SAID = (
    r"(?:with )?(?:(?:best|kind|kindest|warm|warmest) )?(?:regards|wishes)",
    r"(?:with )?many thanks|thanks(?: again| a lot| so much| in advance)?",
    r"thank you(?: again| very much| so much| in advance)?",
    r"(?:yours )?(?:sincerely|faithfully|truly)(?: yours)?|yours",
    r"all the best|best|cheers|(?:talk|speak) soon",
)
# On a line of its own, or behind a sentence: "Would that help you? Best regards, Ana".
REGARDS = re.compile(
    r"(?:(?:^|(?<=\n))[ \t]*|(?<=[.!?…])[ \t]+)"
    rf"(?:(?i:{'|'.join(SAID)})\b|--(?=[ \t]*(?:\n|\Z)))(?P<behind>[^\n]*)"
)
PARTICLES = frozenset({"of", "and", "for", "at", "in", "the", "de", "da", "di", "von", "van", "der", "den"})
POSTSCRIPT = re.compile(r"\s*p\.?\s?s\b", re.I)
END_WITHIN = re.compile(r"\w{4,}[.!?…]+\s")  # behind "Dr.", "Ltd." or an initial nothing ends
END = re.compile(r"[.!?…][\"'”’)]*$")


def without_sign_off(text: str) -> str:
    """Return a text of the same length with empty lines in the place of its last regards and the signature below."""
    found = [one for one in REGARDS.finditer(text) if one.start() > 0 and is_name(one["behind"])]
    if not found:
        return text
    start, end = found[-1].span()
    for line in text[end:].splitlines(keepends=True)[: MOST_LINES + 1]:
        if not is_of_signature(line.strip()):
            break
        end += len(line)
    if "?" in text[end:] and not POSTSCRIPT.match(text[end:]):
        end = found[-1].end()  # thanks on the way: the draft goes on below
    return text[:start] + "\n" * (end - start) + text[end:]


def is_name(behind: str) -> bool:
    """Say whether what stands behind regards goes with them: nothing, a stop, or who sends them and as what."""
    said = behind.strip().strip(" ,.!–—-")
    words = said.split()
    named = all(word in PARTICLES or not word[0].isalpha() or word[0].isupper() for word in words)
    return named and len(words) <= MOST_NAMED and "?" not in said and not END_WITHIN.search(said)


def is_of_signature(line: str) -> bool:
    """Say whether a line below regards is a part of a signature: an empty one is, a sentence or a postscript is not."""
    is_prose = END.search(line) is not None and not is_name(line)
    return len(line) <= LONGEST_LINE and not is_prose and "?" not in line and not POSTSCRIPT.match(line)
