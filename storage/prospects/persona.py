"""Personas: a team's cards, and the people its deals are with, by their roles."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from sqlmodel import Field, Index, col, select

from sales.pipeline.debrief import Debrief
from sales.pipeline.opportunity import Stage
from sales.prospects.persona import DealWithRole, Persona, PersonaShelf, StoredPersona, shelf
from storage.people.member import rep_ids
from storage.pipeline.deal_contact import DealContactRow
from storage.pipeline.debrief import DebriefRow
from storage.pipeline.opportunity import OpportunityRow
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope

LEARNED_FROM = timedelta(
    days=365
)  # a year of losses; what people of a role said before that is another market


class PersonaRow(StoredPersona, table=True):
    """A card. Who looks after it, and by when, is the library's (`storage/craft/library.py`)."""

    __tablename__ = "persona"
    __table_args__ = (
        Index("ix_persona_team", "workspace_id", "team_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")
    owner_id: str | None = None
    review_by: date | None = None


async def personas_of(scope: Scope, team_id: int | None) -> list[PersonaRow]:
    """Return the cards of a team in the order they were written; none for no team."""
    if team_id is None:
        return []
    statement = select(PersonaRow).where(
        PersonaRow.workspace_id == scope.workspace_id, PersonaRow.team_id == team_id
    )
    return list(await scope.session.exec(statement.order_by(col(PersonaRow.id))))


async def find_persona(scope: Scope, persona_id: int) -> PersonaRow | None:
    """Return one card of this workspace, or None."""
    row = await scope.session.get(PersonaRow, persona_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def add_persona(scope: Scope, team_id: int, persona: Persona) -> PersonaRow:
    """Store a card of a team's."""
    values = {**persona.model_dump(), "workspace_id": scope.workspace_id, "team_id": team_id}
    row = PersonaRow.model_validate(values)
    scope.session.add(row)
    await scope.session.flush()
    return row


async def change_persona(scope: Scope, row: PersonaRow, persona: Persona) -> Touched:
    """Store what a card says now; return what undoing it needs."""
    before = image(row)
    await restate(scope, row, Persona, persona)
    return Touched(row, before)


async def remove_persona(scope: Scope, row: PersonaRow) -> Touched:
    """Take a card away; return what undoing it needs."""
    gone = Touched(row, image(row), gone=True)
    await scope.session.delete(row)
    await scope.session.flush()
    return gone


async def persona_shelf(scope: Scope, team_id: int, today: date) -> PersonaShelf:
    """Return a team's cards with what they are needed for, and which roles of its open deals have none."""
    personas = await personas_of(scope, team_id)
    reps = sorted(await rep_ids(scope, team_id))
    return shelf(
        personas,
        await roles_of_open_deals(scope, reps),
        await roles_of_lost_deals(scope, reps, today - LEARNED_FROM) if personas else (),
    )


async def roles_of_open_deals(scope: Scope, owner_ids: Collection[str]) -> list[DealWithRole]:
    """Return the roles of everybody who is spoken to about the live deals of these people."""
    columns: Any = select(col(DealContactRow.opportunity_id), col(DealContactRow.role))
    statement = columns.join(
        OpportunityRow, col(OpportunityRow.id) == col(DealContactRow.opportunity_id)
    ).where(
        DealContactRow.workspace_id == scope.workspace_id,
        OpportunityRow.workspace_id == scope.workspace_id,
        col(OpportunityRow.owner_id).in_(owner_ids),
        col(OpportunityRow.closed_on).is_(None),
        DealContactRow.role != "",
    )
    return [DealWithRole(deal_id, role) for deal_id, role in await scope.session.exec(statement)]


async def roles_of_lost_deals(
    scope: Scope, owner_ids: Collection[str], since: date
) -> list[tuple[str, Debrief]]:
    """Return the roles of everybody who was spoken to about deals lost since a day, beside what was said of each."""
    columns: Any = select(col(DealContactRow.role), DebriefRow)
    statement = (
        columns.join(OpportunityRow, col(OpportunityRow.id) == col(DealContactRow.opportunity_id))
        .join(DebriefRow, col(DebriefRow.opportunity_id) == col(OpportunityRow.id))
        .where(
            DealContactRow.workspace_id == scope.workspace_id,
            OpportunityRow.workspace_id == scope.workspace_id,
            col(OpportunityRow.owner_id).in_(owner_ids),
            OpportunityRow.stage == Stage.LOST,
            col(OpportunityRow.closed_on) >= since,
            DebriefRow.outcome == Stage.LOST,
            DealContactRow.role != "",
        )
    )
    return [(role, debrief) for role, debrief in await scope.session.exec(statement)]
