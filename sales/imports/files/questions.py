"""Questions: what a file does not say by itself, each as a value, so that a terminal and a chat ask it in their ways.

Nothing of a file is taken while one of them is open: a column that may be the money is never left out in silence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sales.imports.files.amounts import DecimalMark, Units
from sales.imports.files.dates import DateOrder, read_date
from sales.imports.files.preset import LABELS, MEANINGS, NOTHING
from sales.language.figures import listed, month_day
from sales.language.typed_text import shorten
from sales.refusal import Refusal

FIRST_PARTS = {DateOrder.DMY: "the day", DateOrder.MDY: "the month", DateOrder.YMD: "the year"}
UNITS_TOLD = {
    Units.CENTS: "in cents",
    Units.WHOLE: "as they stand",
    Units.THOUSANDS: "in thousands",
    Units.LAKHS: "in lakhs",
    Units.MILLIONS: "in millions",
    Units.CRORES: "in crores",
}


def column_option(header: str, meaning: str) -> str:
    """Return the option that says what a column is, as it is typed."""
    return f'--column "{header}={meaning}"'


@dataclass(frozen=True)
class ColumnQuestion:
    """What is this column? `likely` is the meaning its header comes closest to; `samples` are cells of it."""

    header: str
    likely: str | None = None
    samples: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        shown = f" (such as {listed([f'“{shorten(one)}”' for one in self.samples])})" if self.samples else ""
        maybe = f"the {LABELS.get(self.likely, self.likely)}" if self.likely else "one that is needed"
        return f"Column “{shorten(self.header)}”{shown} may be {maybe}"

    @property
    def option(self) -> str:
        return column_option(self.header, self.likely or NOTHING)


@dataclass(frozen=True)
class DatesQuestion:
    """Does the day, the month or the year come first in this column? `example` can be read in all of these `orders`.

    `against` is a date that what was said of an earlier file does not fit.
    """

    column: str
    example: str
    orders: tuple[DateOrder, ...] = (DateOrder.DMY, DateOrder.MDY)
    against: str = ""

    @property
    def text(self) -> str:
        readings = listed(list(dict.fromkeys(filter(None, map(self.read, self.orders)))), "or")
        ways = "three" if len(self.orders) > 2 else "two"
        first = listed([FIRST_PARTS[order] for order in self.orders], "or")
        return (
            f"The dates in column “{self.column}” can be read {ways} ways: {self.example} is {readings}, and no date "
            f"in the file settles it. Say which comes first, {first}"
        )

    def read(self, order: DateOrder) -> str:
        try:
            return month_day(read_date(self.example, order))
        except ValueError:
            return ""

    @property
    def option(self) -> str:
        return f"--dates {self.orders[-1]}"


@dataclass(frozen=True)
class DecimalsQuestion:
    """Is the dot in 1.200 a decimal point, or does it divide thousands?

    `against` is an amount that what was said of an earlier file does not fit.
    """

    column: str
    example: str
    against: str = ""

    @property
    def text(self) -> str:
        return (
            f"The amounts in column “{self.column}” can be read two ways: {self.example} may have a decimal point, or "
            "a dot between its thousands, and no amount in the column settles it. Say what stands before the cents, "
            "a dot or a comma"
        )

    @property
    def option(self) -> str:
        return f"--decimals {DecimalMark.COMMA}"


@dataclass(frozen=True)
class UnitsQuestion:
    """Does a column of amounts count whole units, thousands or millions? Its header may say either."""

    column: str
    units: tuple[Units, ...]
    example: str

    @property
    def text(self) -> str:
        ways = listed([UNITS_TOLD[one] for one in self.units], "or")
        return f"The amounts in column “{self.column}” (such as “{shorten(self.example)}”) may count {ways}. Say which"

    @property
    def option(self) -> str:
        return f"--units {self.units[-1]}"


@dataclass(frozen=True)
class EncodingQuestion:
    """Which letters are these? `previews` are the code pages that fit, each with how the same words read in it."""

    previews: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        read = "; ".join(f"{name}: {words}" for name, words in self.previews)
        if len(self.previews) == 1:
            return f"The file is not UTF-8, and its letters may be of an older machine: {read}. Say if that is right"
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


Question = (
    ColumnQuestion | DatesQuestion | DecimalsQuestion | UnitsQuestion | EncodingQuestion | SheetQuestion
)


class UnsureFile(Refusal):
    """A file that can be read once its questions are answered."""

    def __init__(self, questions: Sequence[Question], *, field: str | None = None) -> None:
        said = ". ".join(one.text for one in questions)
        if columns := [one for one in questions if isinstance(one, ColumnQuestion)]:
            what = "what it is" if len(columns) == 1 else "what each is"
            said += f". Say {what}: one of {', '.join(MEANINGS)}, or {NOTHING} to leave it aside"
        super().__init__(f"{said}.", field=field, example=options_of(questions))
        self.questions = tuple(questions)


def options_of(questions: Sequence[Question]) -> str:
    """Return options that answer all questions and can be typed together: no two columns are one thing."""
    options, taken = list[str](), set[str]()
    for one in questions:
        if isinstance(one, ColumnQuestion):
            meant = one.likely if one.likely and one.likely not in taken else NOTHING
            taken.add(meant)
            options.append(column_option(one.header, meant))
        else:
            options.append(one.option)
    return " ".join(options)
