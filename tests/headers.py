"""Headers of files as the first passes over them read them, without a file."""

from collections.abc import Iterable, Mapping, Sequence

from sales.imports.files.dates import DateOrder
from sales.imports.files.header import Layout, drafted
from sales.imports.files.preset import Preset
from sales.imports.files.sheet import Damaged, SheetRecord
from sales.imports.files.survey import Survey, surveyed
from sales.imports.files.terms import ImportTerms


def read_header(
    header: Sequence[str],
    rows: Iterable[SheetRecord | Damaged] = (),
    *,
    preset: Preset | None = None,
    dates: DateOrder | None = None,
    columns: Mapping[str, str] | None = None,
) -> tuple[Layout, Survey]:
    terms = ImportTerms(preset.name if preset else None, dates=dates, columns=columns or {})
    return surveyed(rows, drafted(header, preset, terms.columns), terms)


def recognised(header: Sequence[str], preset: Preset | None = None) -> Layout:
    return read_header(header, preset=preset)[0]
