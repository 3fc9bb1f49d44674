"""Questions: what a file does not say by itself, each as a value, so that a terminal and a chat ask it in their ways.

Nothing of a file is taken while one of them is open: a column that may be the money is never left out in silence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sales.imports.files.dates import DateOrder, read_date
from sales.imports.files.preset import MEANINGS, NOTHING
from sales.language.figures import listed, month_day
from sales.language.typed_text import shorten
from sales.refusal import Refusal


@dataclass(frozen=True)
class ColumnQuestion:
    """What is this column? `likely` is the meaning its header comes closest to; `samples` are cells of it."""

    header: str
    likely: str | None = None
    samples: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        shown = f" (such as {listed([f'“{shorten(one)}”' for one in self.samples])})" if self.samples else ""
        maybe = f" may be the {self.likely}" if self.likely else " may be one that is needed"
        return f"Column “{shorten(self.header)}”{shown}{maybe}"

    @property
    def option(self) -> str:
        return f'--column "{self.header}={self.likely or "…"}"'


@dataclass(frozen=True)
class DatesQuestion:
    """Does the day or the month come first in this column? `example` reads either way."""

    column: str
    example: str

    @property
    def text(self) -> str:
        readings = listed([month_day(read_date(self.example, order)) for order in DateOrder], "or")
        return (
            f"The dates in column “{self.column}” can be read two ways: {self.example} is {readings}, and no date in "
            "the file settles it. Say which comes first, the day or the month"
        )

    @property
    def option(self) -> str:
        return "--dates mdy"


@dataclass(frozen=True)
class EncodingQuestion:
    """Which letters are these? `previews` are the code pages that fit, each with how the same words read in it."""

    previews: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        read = "; ".join(f"{name}: {words}" for name, words in self.previews)
        return (
            f"The file is not UTF-8, and its letters can be read in several ways: {read}. Say which is right"
        )

    @property
    def option(self) -> str:
        return f"--encoding {self.previews[0][0]}"


@dataclass(frozen=True)
class SheetQuestion:
    """Which of these sheets of a workbook is meant?"""

    names: tuple[str, ...]

    @property
    def text(self) -> str:
        return f"The workbook has several sheets with deals: {listed([f'“{one}”' for one in self.names])}. Say which"

    @property
    def option(self) -> str:
        return f'--sheet "{self.names[0]}"'


Question = ColumnQuestion | DatesQuestion | EncodingQuestion | SheetQuestion


class UnsureFile(Refusal):
    """A file that can be read once its questions are answered."""

    def __init__(self, questions: Sequence[Question], *, field: str | None = None) -> None:
        first = questions[0]
        said = ". ".join(one.text for one in questions)
        if isinstance(first, ColumnQuestion):
            said += f". Say what it is: one of {', '.join(MEANINGS)}, or {NOTHING} to leave it aside"
        super().__init__(f"{said}.", field=field, example=" ".join(one.option for one in questions))
        self.questions = tuple(questions)
