"""Causes: why rows of a file were not taken, each once, with how many rows it cost and one to look at."""

import re
from collections import Counter
from dataclasses import dataclass, field

from sales.imports.files.stages import UNKNOWN_STAGE
from sales.imports.files.terms import Rejected

MOST_CAUSES = 500  # told apart; a file with more is of another kind altogether
MOST_WORDS = 500

_QUOTED = re.compile(r"“[^”]*”")
_OPTION = re.compile(r' \(--column "[^"]*"\)')  # which a chat has no use for
_FIGURES = re.compile(r"\d[\d.,:-]*")


@dataclass
class RefusalCause:
    """One cause: how many rows it cost, and the file, line and wording of the first of them."""

    source: str
    line: int
    reason: str
    rows: int = 0


@dataclass
class Causes:
    """The causes of all refusals so far. `stages` are words nobody has said the meaning of, with their rows."""

    by_kind: dict[str, RefusalCause] = field(default_factory=dict)
    stages: Counter[str] = field(default_factory=Counter)
    rows: int = 0

    def note(self, rejected: Rejected) -> None:
        """Count a row that was not taken, under each of its reasons."""
        self.rows += 1
        for reason in rejected.reasons:
            if reason.startswith(UNKNOWN_STAGE) and (word := unknown_word(reason)):
                if word in self.stages or len(self.stages) < MOST_WORDS:
                    self.stages[word] += 1
                continue
            kind = _FIGURES.sub("#", _QUOTED.sub("“”", reason))
            if kind in self.by_kind or len(self.by_kind) < MOST_CAUSES:
                cause = self.by_kind.setdefault(kind, RefusalCause(rejected.source, rejected.line, reason))
                cause.rows += 1

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
