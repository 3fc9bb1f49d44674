"""When deals came by an import: from then on what happens on them is on record here, and nothing of before."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Integer, column, select, table

from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

DEAL = OpportunityRow.__table__.c  # type: ignore[attr-defined]  # plain columns: no row passes the ORM
# As far as deals know of it: the table is of a later chapter.
RUN: Any = table("import_run", column("id", Integer), column("started_at", DEAL.updated_at.type))
IMPORTED_AT: Any = select(RUN.c.started_at).where(RUN.c.id == DEAL.import_id).scalar_subquery()


async def imported_at(scope: Scope, deals: Sequence[OpportunityRow]) -> dict[int, datetime]:
    """Return when the import began that last said anything of some deals, by deal; missing where there was none."""
    runs = {row.import_id for row in deals if row.import_id is not None}
    if not runs:
        return {}
    rows = await scope.session.exec(select(RUN.c.id, RUN.c.started_at).where(RUN.c.id.in_(runs)))
    began: dict[int, datetime] = dict(rows.all())
    return {row.id: began[row.import_id] for row in deals if row.import_id in began}
