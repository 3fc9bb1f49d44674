"""Terms: how whoever imports wants a file to be read, and a row that could not be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sales.imports.files.dates import DateOrder
from sales.pipeline.opportunity import Stage


@dataclass(frozen=True)
class ImportTerms:
    """How to read: what is not given is found in the files, the team and the workspace."""

    preset: str | None = None
    team: str | None = None
    dates: DateOrder | None = None
    stages: Mapping[str, Stage] = field(default_factory=dict)
    dry_run: bool = False


class Rejected(NamedTuple):
    """One row that could not be taken."""

    source: str
    line: int
    reason: str
