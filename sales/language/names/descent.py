"""Names that begin at a word of a text, found in however long a list by a few looks into its order.

Of the names that the rest of a text begins with, each is at most that rest in the order of characters. So the greatest
name that is not greater is one of them, or it parts from the rest somewhere, and then they all begin as both do. A list
in order, such as a database's index, finds it in one step, and after a few there is none left.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from sales.language.typed_text import MAX_NAME

LONGEST = 3 * MAX_NAME  # characters of a name in comparison: ΐ is folded into three


def comparable(name: str) -> str:
    """Return a name as names are compared: letter case and the width of spaces do not count."""
    return " ".join(name.split()).casefold()


class Descent:
    """Finds which names a text begins with at any of its words.

    `asked` are beginnings; whoever has the names answers each, in `learn`, with the greatest name that is not greater,
    as `comparable` spells it, or None. Once nothing is asked any more, `found` has all of them.
    """

    def __init__(self, text: str) -> None:
        self.found: set[str] = set()
        self.left: dict[str, list[int]] = {}
        for rest, ends in rests(text):
            self.go_on(rest, ends)

    @property
    def asked(self) -> list[str]:
        """Return the beginnings to be answered next."""
        return list(self.left)

    def learn(self, answers: Mapping[str, str | None]) -> None:
        """Take in the answers to all that is asked."""
        asked, self.left = self.left, {}
        for rest, ends in asked.items():
            name = answers[rest]
            if not name:
                continue
            alike = common(rest, name)
            if alike == len(name) and alike in ends:
                self.found.add(name)
                alike -= 1
            self.go_on(rest, [end for end in ends if end <= alike])

    def go_on(self, rest: str, ends: list[int]) -> None:
        if ends:
            beginning = rest[: ends[-1]]
            self.left[beginning] = sorted({*ends, *self.left.get(beginning, ())})


def rests(text: str) -> Iterator[tuple[str, list[int]]]:
    """Yield what is left of a text from each place where a name may begin, and the places in it where one may end.

    Both are wherever no word is cut in two, punctuation included: what reads a sentence may cut it there.
    """
    folded, gaps, before = "", [], " "
    for character in " ".join(text.split()):
        if not (in_word(before) and in_word(character)):
            gaps.append(len(folded))
        folded, before = folded + character.casefold(), character
    gaps.append(len(folded))
    for at, start in enumerate(gaps[:-1]):
        if folded[start] != " ":
            within = gaps[at + 1 : bisect_right(gaps, start + LONGEST)]
            yield folded[start : start + LONGEST], [gap - start for gap in within if folded[gap - 1] != " "]


def common(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    if other.startswith(one) or one.startswith(other):
        return min(len(one), len(other))
    return next(at for at, (mine, yours) in enumerate(zip(one, other, strict=False)) if mine != yours)


def in_word(character: str) -> bool:
    """Say whether a character is one of a word, as regular expressions see it."""
    return character.isalnum() or character == "_"
