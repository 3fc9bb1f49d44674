"""What closed deals teach of whom to want, and what managers said to what was proposed."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Field, col, func, or_, select

from sales.language.names.match import name_key
from sales.pipeline.opportunity import CLOSED, Stage
from sales.prospects.ideal_client import IdealClient
from sales.prospects.profile_change import (
    LEAST_REGRETS,
    LOOK_BACK,
    ProfileChange,
    ProfileDecision,
    TaughtDeal,
    proposed_change,
)
from storage.people.member import reps_counted
from storage.pipeline.debrief import DebriefRow
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.ideal_client import firms_called, ideal_client_of
from storage.scope import Scope


class ProfileDecisionRow(ProfileDecision, table=True):
    __tablename__ = "profile_decision"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id", index=True)


async def add_decision(scope: Scope, said: ProfileDecision) -> ProfileDecisionRow:
    """Store what a manager said to a proposed change."""
    row = ProfileDecisionRow.model_validate({**said.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    return row


async def decisions_of(scope: Scope, team_id: int) -> list[ProfileDecisionRow]:
    """Return what was said to changes that were proposed to a team, in their order."""
    statement = select(ProfileDecisionRow).where(
        ProfileDecisionRow.workspace_id == scope.workspace_id, ProfileDecisionRow.team_id == team_id
    )
    return list(await scope.session.exec(statement.order_by(col(ProfileDecisionRow.id))))


async def change_proposed(scope: Scope, team_id: int, today: date) -> ProfileChange | None:
    """Return the change of whom a team wants that its losses of a year propose; None where none is worth it."""
    wanted = await ideal_client_of(scope, team_id)
    if wanted is None:
        return None
    owners = [rep.user_id for rep in await reps_counted(scope, team_id)]
    if await regrets_since(scope, owners, today) < LEAST_REGRETS:
        return None
    deals = await taught_deals(scope, owners, today)
    plain = IdealClient.model_validate(wanted.model_dump(include=set(IdealClient.model_fields)))
    return proposed_change(plain, deals, await decisions_of(scope, team_id))


async def regrets_since(scope: Scope, owners: Collection[str], today: date) -> int:
    """Return of how many losses of a year their owners said that they should not have been there."""
    statement = (
        select(func.count())
        .select_from(DebriefRow)
        .join(OpportunityRow, col(OpportunityRow.id) == col(DebriefRow.opportunity_id))
        .where(
            OpportunityRow.workspace_id == scope.workspace_id,
            col(OpportunityRow.owner_id).in_(owners),
            OpportunityRow.stage == Stage.LOST,
            col(OpportunityRow.closed_on).between(today - LOOK_BACK, today),
            col(DebriefRow.should_have_been_there).is_(False),
        )
    )
    return int((await scope.session.exec(statement)).one())


async def taught_deals(scope: Scope, owners: Collection[str], today: date) -> list[TaughtDeal]:
    """Return the deals of a year that teach whom to want: those won, and the losses of which somebody said it."""
    deal = OpportunityRow
    statement = (
        select(col(deal.account), col(deal.name), col(DebriefRow.should_have_been_there))
        .outerjoin(DebriefRow, col(DebriefRow.opportunity_id) == col(deal.id))
        .where(
            deal.workspace_id == scope.workspace_id,
            col(deal.owner_id).in_(owners),
            col(deal.stage).in_([*CLOSED]),
            col(deal.closed_on).between(today - LOOK_BACK, today),
            or_(deal.stage == Stage.WON, col(DebriefRow.should_have_been_there).is_not(None)),
        )
    )
    found = [(account or name, belonged) for account, name, belonged in await scope.session.exec(statement)]
    firms = await firms_called(scope, {name for name, _ in found})
    return [TaughtDeal(firms[name_key(name)], belonged is not False) for name, belonged in found]
