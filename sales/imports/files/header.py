"""Headers: which preset a file is, and where its columns are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sales.imports.files.names import tidy_cell
from sales.imports.files.presets import PRESETS, Preset
from sales.language.names.match import fold
from sales.language.spelling import closest
from sales.language.typed_text import shorten
from sales.refusal import Refusal

SHOWN_COLUMNS = 8  # of a header that fits nothing


@dataclass(frozen=True)
class Layout:
    """A file's preset and the position of each column it has; `width` is the number of fields of a row."""

    preset: Preset
    at: dict[str, int]
    headers: tuple[str, ...]

    @property
    def width(self) -> int:
        return len(self.headers)

    def header(self, column: str) -> str:
        """Return what the file calls a column."""
        return self.headers[self.at[column]]

    def wrong_width(self, fields: Sequence[str]) -> str | None:
        """Return the reason why a row with these fields cannot be told apart into columns, or None."""
        if len(fields) == self.width:
            return None
        return f"has {len(fields)} fields, the header has {self.width}"


def recognise(header: Sequence[str], preset: Preset | None = None) -> Layout:
    """Return the layout of a file from its header row, as the preset given or the one that fits best.

    Raises:
        Refusal: if a needed column is missing (named with the closest that is there) or there twice.
    """
    headers = tuple(tidy_cell(cell) for cell in header)
    places = positions(headers)
    fitting = [preset] if preset else list(PRESETS.values())
    layouts = [Layout(each, found(each, places), headers) for each in fitting]
    complete = [layout for layout in layouts if not missing(layout)]
    if not complete:
        raise no_fit(max(layouts, key=share_found), headers, asked=preset is not None)
    best = max(complete, key=lambda layout: len(layout.at))
    require_once(best)
    return best


def positions(headers: Iterable[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for position, header in enumerate(headers):
        places.setdefault(fold(header), position)
    return places


def found(preset: Preset, places: dict[str, int]) -> dict[str, int]:
    """Return where each of the preset's columns is, by the first of its spellings that is there."""
    at = {}
    for column, spellings in preset.columns.items():
        for spelling in spellings:
            if fold(spelling) in places:
                at[column] = places[fold(spelling)]
                break
    return at


def missing(layout: Layout) -> list[str]:
    return [column for column in layout.preset.required if column not in layout.at]


def share_found(layout: Layout) -> float:
    required = layout.preset.required
    return 1 - len(missing(layout)) / len(required) + len(layout.at) / 1000


def require_once(layout: Layout) -> None:
    folded = [fold(header) for header in layout.headers]
    for position in layout.at.values():
        if folded.count(folded[position]) > 1:
            twice = shorten(layout.headers[position])
            raise Refusal(f"The column “{twice}” is there twice. Remove or rename one of them.")


def no_fit(layout: Layout, headers: tuple[str, ...], *, asked: bool) -> Refusal:
    """Return the refusal that names what is missing and what comes closest to it."""
    if not any(headers):
        return Refusal("The first line holds no column names.")
    unused = [header for position, header in enumerate(headers) if position not in layout.at.values()]
    if not layout.at and not asked:
        shown = ", ".join(f"“{shorten(header)}”" for header in headers[:SHOWN_COLUMNS])
        return Refusal(
            f"The columns {shown} fit none of the files Rainmaker knows ({', '.join(PRESETS)}). "
            "samples/README.md lists the columns of each."
        )
    lacks = "; ".join(described(layout.preset, column, unused) for column in missing(layout))
    return Refusal(
        f"As {layout.preset.name} the file lacks {lacks}. Rename or add what is missing, "
        "or name another preset with --preset."
    )


def described(preset: Preset, column: str, unused: list[str]) -> str:
    spellings = preset.columns[column]
    near = next((like for like in (closest(each, unused, 0.5) for each in spellings) if like), None)
    return f"“{spellings[0]}”" + (f" (closest is “{shorten(near)}”)" if near else "")
