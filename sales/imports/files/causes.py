"""Causes: why rows of a file were not taken, each once, with how many rows it cost and one to look at."""

import re
from collections import Counter
from dataclasses import dataclass, field

from sales.imports.files.lead_states import UNKNOWN_STATE
from sales.imports.files.stages import UNKNOWN_STAGE
from sales.imports.files.terms import Rejected
from sales.language.figures import listed, number

MOST_CAUSES = 500  # told apart; a file with more is of another kind altogether
MOST_WORDS = 500
MOST_LINES = 20  # told of one cause; of more rows a file of them is written

_QUOTED = re.compile(r"“[^”]*”")
_OPTION = re.compile(r' \(--column "[^"]*"\)')  # which a chat has no use for
_FIGURES = re.compile(r"\d[\d.,:-]*")


@dataclass
class RefusalCause:
    """One cause: how many rows of a file it cost, the first lines of them, and the wording of the very first."""

    source: str
    reason: str
    rows: int = 0
    lines: list[int] = field(default_factory=list)

    def note(self, line: int) -> None:
        """Count one more row."""
        self.rows += 1
        if len(self.lines) < MOST_LINES:
            self.lines.append(line)

    @property
    def line(self) -> int:
        return self.lines[0]


@dataclass
class Causes:
    """The causes of all refusals so far, by file and kind. `words` are stages nobody has said the meaning of.

    `states` are such words of leads.
    """

    by_kind: dict[tuple[str, str], RefusalCause] = field(default_factory=dict)
    words: dict[str, RefusalCause] = field(default_factory=dict)
    states: dict[str, RefusalCause] = field(default_factory=dict)
    rows: int = 0

    def note(self, rejected: Rejected) -> None:
        """Count a row that was not taken, under each of its reasons."""
        self.rows += 1
        for reason in rejected.reasons:
            words = self.words if reason.startswith(UNKNOWN_STAGE) else self.states
            if reason.startswith((UNKNOWN_STAGE, UNKNOWN_STATE)) and (word := unknown_word(reason)):
                if word in words or len(words) < MOST_WORDS:
                    words.setdefault(word, RefusalCause(rejected.source, word)).note(rejected.line)
                continue
            kind = rejected.source, _FIGURES.sub("#", _QUOTED.sub("“”", reason))
            if kind in self.by_kind or len(self.by_kind) < MOST_CAUSES:
                self.by_kind.setdefault(kind, RefusalCause(rejected.source, reason)).note(rejected.line)

    @property
    def stages(self) -> Counter[str]:
        """The stages nobody has said the meaning of, each with the rows it cost."""
        return Counter({word: cause.rows for word, cause in self.words.items()})

    @property
    def statuses(self) -> Counter[str]:
        """The words for what became of leads that nobody has said the meaning of, each with the rows it cost."""
        return Counter({word: cause.rows for word, cause in self.states.items()})

    @property
    def largest_first(self) -> list[RefusalCause]:
        """The causes but for unknown stages, those that cost most rows first."""
        return sorted(self.by_kind.values(), key=lambda cause: -cause.rows)


def unknown_word(reason: str) -> str | None:
    """Return the stage word that a reason says is not known."""
    quoted = _QUOTED.search(reason)
    return quoted[0][1:-1] if quoted else None


def without_options(reason: str) -> str:
    """Return a reason as it is said where nobody types a command."""
    return _OPTION.sub("", reason)


def lines_told(cause: RefusalCause, most: int = MOST_LINES) -> str:
    """Return on which lines rows were refused, as numbers that an editor shows: "3, 7 and 12", "3, 7 and 40 more"."""
    shown = [str(line) for line in cause.lines[:most]]
    if cause.rows > len(shown):
        shown.append(f"{number(cause.rows - len(shown))} more")
    return listed(shown)
