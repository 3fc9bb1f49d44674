"""Deals that earlier files of a kind had and this one has not any more: they stay open until somebody ends them."""

from collections.abc import Collection, Container

from sqlalchemy import select
from sqlmodel import col

from sales.imports.files.deals import LIVE
from sales.imports.files.key_by_name import key_by_name
from sales.imports.files.record_id import one_id
from storage.engines.turn import give_way
from storage.imports.files.runs import ImportRow
from storage.pieces import AT_ONCE
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope


async def missing_deals(
    scope: Scope, preset: str, keys: Container[str], owners: Collection[str]
) -> list[str]:
    """Return the names of open deals that a file of this preset brought and whose ids are not among these.

    Only those count that are nobody's, or of somebody who has deals in this file: `owners` are ids of members and names
    as they are written, so that a file of one rep says nothing of another's deals.
    """
    row, found, after = OpportunityRow, list[str](), 0
    while True:
        statement = (
            select(
                col(row.id),
                col(row.external_id),
                col(row.name),
                col(row.account),
                col(row.owner_id),
                col(row.owner_name),
            )
            .join(ImportRow, col(ImportRow.id) == col(row.import_id))
            .where(
                col(row.workspace_id) == scope.workspace_id,
                col(row.id) > after,
                col(row.external_id).is_not(None),
                col(row.stage).in_(LIVE),
                col(ImportRow.preset) == preset,
            )
            .order_by(col(row.id))
            .limit(AT_ONCE)
        )
        rows = (await (await scope.session.connection()).execute(statement)).all()
        found += [
            name
            for _, key, name, account, owner_id, owner_name in rows
            if one_id(str(key)) not in keys
            and key_by_name(name, account) not in keys
            and (not (owner_id or owner_name) or owner_id in owners or owner_name in owners)
        ]
        if len(rows) < AT_ONCE:
            return found
        after = rows[-1][0]
        await give_way()
