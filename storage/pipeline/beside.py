"""What changes beside a deal, with a line of its history: a contact, an obstacle, what it shows its gate."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlmodel import SQLModel

from sales.pipeline.deal_contact import DealContact
from sales.pipeline.deal_history import DealField
from sales.pipeline.obstacle import DealObstacle
from storage.pipeline.deal_contact import DealContactRow
from storage.pipeline.deal_history import note_change
from storage.pipeline.gate import GateAnswerRow
from storage.pipeline.obstacle import ObstacleRow
from storage.pipeline.opportunity import Typed
from storage.row_image import Touched
from storage.scope import Scope


class KeptBeside(NamedTuple):
    """What the history calls something, and the value that says how it reads there."""

    what: DealField
    kind: Any


BESIDE: Mapping[type[SQLModel], KeptBeside] = {
    DealContactRow: KeptBeside(DealField.CONTACT, DealContact),
    ObstacleRow: KeptBeside(DealField.OBSTACLE, DealObstacle),
    GateAnswerRow: KeptBeside(DealField.SHOWN, GateAnswerRow),
}


async def with_history(scope: Scope, changes: Iterable[Touched], typed: Typed) -> list[Touched]:
    """Return changes with a line in the history for each that reads otherwise now, so that one undo takes back both."""
    touched: list[Touched] = []
    for one in changes:
        touched.append(one)
        row: Any = one.row
        kept = BESIDE[type(row)]
        was = kept.kind.model_validate(one.before).told if one.before is not None else ""
        now = "" if one.gone else row.told
        if was != now:
            touched.append(
                await note_change(scope, row.opportunity_id, kept.what, was, now, typed.by, typed.on)
            )
    return touched
