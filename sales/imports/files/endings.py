"""Endings: columns beside the stage that say how deals ended: "Outcome", "Won?", "IsClosed".

Where such a column only repeats the stage, nothing is asked. Where it says that a deal ended which its stage has as
open, taking the stage alone would bring in closed deals as open ones: somebody has to say whether it counts.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sales.imports.files.blanks import is_blank
from sales.imports.files.contents import LOOKED_AT, SAMPLES
from sales.imports.files.questions import ColumnQuestion
from sales.imports.files.stage_words import StageWords
from sales.language.names.match import fold, unaccented
from sales.language.typed_text import shorten
from sales.pipeline.opportunity import CLOSED, Stage

WON = frozenset({"won", "gewonnen", "ganado", "ganada", "gagne", "gagnee"})
LOST = frozenset({"lost", "verloren", "perdido", "perdida", "perdu", "perdue"})
ENDED = frozenset(
    {
        "closed", "abgeschlossen", "geschlossen", "cerrado", "cerrada", "ferme", "fermee"
    }
)  # fmt: skip
BESIDE = frozenset(
    {"is", "was", "deal", "opportunity", "flag", "closed", "the"}
)  # words that change nothing of what is asked
OUTCOMES = frozenset(
    map(fold, ("outcome", "deal outcome", "final outcome", "result", "deal result", "final result", "won lost",
               "won/loss", "win loss", "ergebnis", "resultado", "résultat"))
)  # fmt: skip
YES = frozenset({"true", "yes", "y", "t", "1", "x", "ja", "si", "sí", "oui", "✓", "✔"})
NO = frozenset({"false", "no", "n", "f", "0", "nein", "non"})
MOST_SEEN = 1000  # different cells of a column kept
FEW = 20  # words; a column of outcomes has no more of them

_WORD = re.compile(r"[^\W\d_]+")
_PARTS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def says_yes(cell: str) -> bool | None:
    """Return what a cell of yes and no says; None where it is empty or something else."""
    word = cell.strip().casefold()
    if word in NO:
        return False
    return True if word in YES else None


def words_of(header: str) -> set[str]:
    """Return the words of a header, apart and for comparison: "IsClosedWon" has three."""
    return {unaccented(word) for word in _WORD.findall(_PARTS.sub(" ", header).replace("_", " "))}


def ending_of(header: str) -> Stage | None:
    """Return which ending a header speaks of, None where of none or of both."""
    words = words_of(header) | {bare(header)}
    won, lost = bool(words & WON), bool(words & LOST)
    if won is lost:
        return None
    return Stage.WON if won else Stage.LOST


def is_flag_header(header: str) -> bool:
    """Say whether a header asks whether a deal is won, lost or closed, and nothing else."""
    words, asked = words_of(header), WON | LOST | ENDED
    return bare(header) in asked or (bool(words & asked) and words <= asked | BESIDE)


def bare(header: str) -> str:
    """Return what is left of a header written as one word: "ISCLOSEDWON" asks whether a deal is won."""
    rest = fold(header).removeprefix("is")
    return rest.removeprefix("closed") or rest


@dataclass
class Ending:
    """What one column has shown: its filled cells, by what they could be, and whether they add to the stage.

    `ending` is the one its header speaks of. `seen` are the cells met so far beside the stages they stood with, so that
    each is looked at once.
    """

    header: str
    is_flag: bool = False
    is_outcome: bool = False
    ending: Stage | None = None
    filled: int = 0
    words: int = 0
    flags: int = 0
    ends: int = 0
    differ: int = 0
    unknown: set[str] = field(default_factory=set)
    samples: list[str] = field(default_factory=list)
    seen: set[tuple[str, Stage | None]] = field(default_factory=set)

    def see(self, cell: str, stage: Stage | None, known: StageWords) -> None:
        """Take one filled cell into account, beside what the stage of its row is; both again say nothing new."""
        if (cell, stage) in self.seen:
            return
        if len(self.seen) < MOST_SEEN:
            self.seen.add((cell, stage))
        self.filled += 1
        said, yes = known.known(cell), says_yes(cell)
        self.flags += yes is not None
        self.words += said is not None
        self.ends += said in CLOSED
        if said is None and yes is None and len(self.unknown) <= FEW:
            self.unknown.add(cell)
        if self.adds(said, yes, stage):
            self.differ += 1
            if len(self.samples) < SAMPLES and shorten(cell) not in self.samples:
                self.samples.append(shorten(cell))

    def adds(self, said: Stage | None, yes: bool | None, stage: Stage | None) -> bool:
        """Say whether a cell tells another ending than the stage does, as far as that is known."""
        if said is not None:
            return stage is not None and said in CLOSED and said is not stage
        if self.is_flag and yes is not None:
            if self.ending is None:
                return yes and stage is not None and stage not in CLOSED
            return stage is not None and yes is not (stage is self.ending)
        return self.is_outcome and stage is not None and stage not in CLOSED

    @property
    def may_count(self) -> bool:
        """Whether what was seen so far can be endings: yes and no, words for stages, few words of an outcome."""
        if self.is_flag and self.flags == self.filled:
            return True
        if self.is_outcome:
            return len(self.unknown) <= FEW
        return self.words == self.filled and (self.ends > 0 or self.filled < LOOKED_AT)

    @property
    def counts(self) -> bool:
        """Whether the column holds endings, and not all of them are those of the stages."""
        is_told = (self.is_flag and self.flags == self.filled) or self.is_outcome or self.ends > 0
        return self.differ > 0 and is_told and self.may_count


class Endings:
    """The columns of a file that may say how deals ended, as its rows go by.

    Most columns are none at their first cell, and are not looked at again.
    """

    def __init__(
        self, headers: Sequence[str], unused: Iterable[int], stage_at: int | None, words: StageWords
    ) -> None:
        self.stage_at, self.words = stage_at, words
        self.columns: dict[int, Ending] = {}
        if stage_at is not None:
            for at in unused:
                header = headers[at]
                is_outcome = fold(header) in OUTCOMES
                self.columns[at] = Ending(header, is_flag_header(header), is_outcome, ending_of(header))

    def see(self, cells: Sequence[str]) -> None:
        """Take one row into account."""
        if not self.columns:
            return
        stage = self.words.known(cells[self.stage_at or 0].strip())
        for at, column in list(self.columns.items()):
            cell = cells[at].strip()
            if is_blank(cell):
                continue
            column.see(cell, stage, self.words)
            if not column.may_count:
                del self.columns[at]

    def questions(self) -> list[ColumnQuestion]:
        """Return the columns that somebody has to speak of."""
        return [
            ColumnQuestion(one.header, "status", tuple(one.samples))
            for one in self.columns.values()
            if one.counts
        ]
