"""Can they, will they: what a rep said of a deal, and what else is on record that answers the same questions."""

from datetime import date, timedelta
from typing import NamedTuple

from sqlmodel import Field, col, or_, select

from sales.pipeline.account import customer_of
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.gate import GateQuestion
from sales.pipeline.opportunity import Stage, StoredOpportunity
from sales.prospects.can_will import BuyingFacts, BuyingSigns, CanWill, can_will
from sales.prospects.ideal_client import ClientFit
from storage.people.member import team_id_of
from storage.pipeline.debrief import DebriefRow
from storage.pipeline.gate import answers_to_gate
from storage.pipeline.opportunity import OpportunityRow
from storage.pipeline.tender import tender_of
from storage.prospects.ideal_client import fit_of, ideal_client_of
from storage.row_image import Touched, image
from storage.scope import Scope

REMEMBERED = timedelta(days=730)  # a loss from before that is no sign of what they want today


class BuyingSignsRow(BuyingSigns, table=True):
    """One per deal of which anything was said; it goes when the deal goes."""

    __tablename__ = "buying_signs"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE", unique=True)


class BuyingPicture(NamedTuple):
    """The verdict on a deal, what its rep said of it, and how its customer fits; None where nothing was."""

    found: CanWill
    signs: BuyingSignsRow | None
    fit: ClientFit | None


async def buying_signs_of(scope: Scope, deal_id: int) -> BuyingSignsRow | None:
    """Return what was said of a deal, or None."""
    statement = select(BuyingSignsRow).where(
        BuyingSignsRow.workspace_id == scope.workspace_id, BuyingSignsRow.opportunity_id == deal_id
    )
    return (await scope.session.exec(statement)).one_or_none()


async def save_buying_signs(scope: Scope, said: BuyingSigns) -> Touched | None:
    """Store what was said of a deal, in the place of what was said before; return what undoing it needs.

    None where nothing was said, as nothing was before.
    """
    row = await buying_signs_of(scope, said.opportunity_id)
    if row is None and said == BuyingSigns(opportunity_id=said.opportunity_id):
        return None
    before = image(row) if row is not None else None
    if row is None:
        row = BuyingSignsRow.model_validate({**said.model_dump(), "workspace_id": scope.workspace_id})
    else:
        row.sqlmodel_update(said.model_dump(include=set(BuyingSigns.model_fields)))
    scope.session.add(row)
    await scope.session.flush()
    return Touched(row, before)


async def buying_picture(scope: Scope, facts: DealFacts, today: date) -> BuyingPicture:
    """Return what is known on a day of whether who a deal is with can buy and will."""
    deal = facts.deal
    signs, fit = await buying_signs_of(scope, deal.id), await fit_for(scope, deal)
    tender = await tender_of(scope, deal.id) if deal.is_tender else None
    answered = await answers_to_gate(scope, [deal.id])
    reaches = True if facts.has_decision_maker else tender.has_access if tender is not None else None
    known = BuyingFacts(
        reaches_decider=reaches,
        shows_need=any(one.question is GateQuestion.NEED for one in answered),
        attitude=fit.attitude if fit is not None else None,
        not_for_us=await was_not_for_us(scope, deal, today),
    )
    return BuyingPicture(can_will(signs, known), signs, fit)


async def fit_for(scope: Scope, deal: StoredOpportunity) -> ClientFit | None:
    """Return how a deal's customer fits its owner's team; None where that wants nobody yet."""
    wanted = await ideal_client_of(scope, await team_id_of(scope, deal.owner_id))
    return await fit_of(scope, wanted, customer_of(deal)) if wanted is not None else None


async def was_not_for_us(scope: Scope, deal: StoredOpportunity, today: date) -> bool:
    """Say whether an earlier deal with the same customer was lost, and we said we should not have been there."""
    here = await scope.session.get(OpportunityRow, deal.id)
    customer = (here.account_folded or here.name_folded) if here is not None else ""
    if not customer:
        return False
    statement = (
        select(col(DebriefRow.id))
        .join(OpportunityRow, col(OpportunityRow.id) == col(DebriefRow.opportunity_id))
        .where(
            OpportunityRow.workspace_id == scope.workspace_id,
            col(OpportunityRow.id) != deal.id,
            OpportunityRow.stage == Stage.LOST,
            col(OpportunityRow.closed_on).between(today - REMEMBERED, today),
            or_(OpportunityRow.account_folded == customer, OpportunityRow.name_folded == customer),
            col(DebriefRow.should_have_been_there).is_(False),
        )
        .limit(1)
    )
    return (await scope.session.exec(statement)).first() is not None
