"""Known firms: whether the firm of a lead is a customer already, or in somebody's pipeline."""

from collections.abc import Collection
from typing import NamedTuple

from sqlmodel import col, or_, select

from sales.language.names.descent import comparable
from sales.pipeline.opportunity import Stage, StoredOpportunity
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

LIVE = (Stage.OPEN, Stage.SUSPECT, Stage.PARKED)


class KnownFirm(NamedTuple):
    """The last deal a firm bought in, and the newest that is live; None where there is none."""

    won: StoredOpportunity | None = None
    live: StoredOpportunity | None = None

    @property
    def is_known(self) -> bool:
        return self.won is not None or self.live is not None


async def known_firm(scope: Scope, firm: str, owner_ids: Collection[str] | None) -> KnownFirm:
    """Return what deals of these people, or of nobody, say of a firm; of everybody's for None.

    A name that only other teams do business under is none: nobody learns of others' customers by a lead.
    """
    name = comparable(firm)
    if not name:
        return KnownFirm()
    row = OpportunityRow
    of_them = (
        [] if owner_ids is None else [or_(col(row.owner_id).is_(None), col(row.owner_id).in_(owner_ids))]
    )
    of_firm = or_(row.account_folded == name, row.name_folded == name)
    every = select(row).where(row.workspace_id == scope.workspace_id, of_firm, *of_them)
    won = every.where(row.stage == Stage.WON).order_by(col(row.closed_on).desc(), col(row.id).desc())
    live = every.where(col(row.stage).in_(LIVE)).order_by(col(row.id).desc())
    return KnownFirm(
        (await scope.session.exec(won.limit(1))).first(), (await scope.session.exec(live.limit(1))).first()
    )
