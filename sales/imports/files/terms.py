"""Terms: how whoever imports wants a file to be read, and a row that could not be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sales.imports.files.amounts import DecimalMark, Units
from sales.imports.files.dates import DateOrder
from sales.pipeline.opportunity import Stage
from sales.prospects.lead import LeadState


@dataclass(frozen=True)
class ImportTerms:
    """How to read: what is not given is found in the files, the team and the workspace.

    `columns` maps headers to what they mean (`MEANINGS`, or `NOTHING` to leave one aside), `stages` words to stages,
    and `states` those of leads. `encoding` is a name that Python knows; `sheet` one of a workbook's. No lead came
    after `today`. With `again` whoever was erased is taken all the same. `twins` says of ids of
    new deals whether they are the same as one that was typed here. `before` names what of this was said of an earlier
    file of the kind: where this one shows otherwise, somebody is asked again. With `by_name` a list of deals
    without ids is taken, each deal known again by its name and company. `apart` is what ids are kept under that are of
    another system than those of other files.
    """

    preset: str | None = None
    team: str | None = None
    dates: DateOrder | None = None
    stages: Mapping[str, Stage] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    sheet: str | None = None
    currency: str | None = None
    dry_run: bool = False
    decimals: DecimalMark | None = None
    units: Units | None = None
    states: Mapping[str, LeadState] = field(default_factory=dict)
    today: date | None = None
    again: bool = False
    twins: Mapping[str, str] = field(default_factory=dict)
    before: frozenset[str] = frozenset()
    by_name: bool = False
    apart: str = ""


class Rejected(NamedTuple):
    """One row that could not be taken, and every reason why."""

    source: str
    line: int
    reasons: tuple[str, ...]

    @property
    def reason(self) -> str:
        return "; ".join(self.reasons)
