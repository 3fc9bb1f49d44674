"""Cards: a team's own, a rep's own, and which of ours a team changed or took away (69, 70).

A row is a card of a team, of one person alone (`for_id`), one of ours that a team changed (`starter`), or one of ours
that it took away (`is_gone`).
"""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Field, Index, col, or_, select

from sales.coaching.drill.card import DrillCard, StoredCard
from sales.coaching.drill.starters import starter_called, stored_starters, with_starters
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope


class DrillCardRow(DrillCard, table=True):
    __tablename__ = "drill_card"
    __table_args__ = (
        Index("ix_drill_card_team", "workspace_id", "team_id"),
        Index("ix_drill_card_owner", "workspace_id", "owner_id", "review_by"),
        Index("ix_drill_card_for", "workspace_id", "for_id"),
        {"sqlite_autoincrement": True},  # ids are never used twice: what is remembered is of one card
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int | None = Field(default=None, foreign_key="team.id")  # none for a card of one person alone
    changed_on: date | None = None
    is_gone: bool = False


FIELDS = tuple(StoredCard.model_fields)
COLUMNS: Any = [getattr(DrillCardRow, name) for name in FIELDS]


def own_cards() -> ColumnElement[bool]:
    """Return what is true of cards that are one person's alone."""
    return col(DrillCardRow.for_id).is_not(None)


async def cards_for(scope: Scope, team_id: int | None, user_id: str) -> list[StoredCard]:
    """Return every card that somebody practises: their own, their team's, and ours. Who is in no team has their own."""
    own, gone = await written_for(scope, team_id, user_id)
    return own if team_id is None else with_starters(own, gone)


async def team_cards(scope: Scope, team_id: int) -> list[StoredCard]:
    """Return the cards that everybody in a team practises."""
    return await cards_for(scope, team_id, "")


async def written_for(scope: Scope, team_id: int | None, user_id: str) -> tuple[list[StoredCard], list[str]]:
    """Return the cards of a team and of one person alone, the oldest first, and which of ours the team took away.

    They are read as values: a team may have thousands, and each press of a drill asks for them.
    """
    wanted = (*COLUMNS, col(DrillCardRow.is_gone))
    statement = select(*wanted).where(
        DrillCardRow.workspace_id == scope.workspace_id,
        or_(
            (col(DrillCardRow.team_id) == team_id) & col(DrillCardRow.for_id).is_(None),
            col(DrillCardRow.for_id) == user_id,
        ),
    )
    found, gone = list[StoredCard](), list[str]()
    for *values, is_gone in await scope.session.exec(statement.order_by(col(DrillCardRow.id))):
        card = StoredCard.model_construct(**dict(zip(FIELDS, values, strict=True)))
        if is_gone:
            gone.append(card.starter)
        else:
            found.append(card)
    return found, gone


async def find_card(scope: Scope, team_id: int | None, user_id: str, key: str) -> StoredCard | None:
    """Return one of the cards that somebody practises by its key; None once it is gone."""
    named, _, called = key.partition(":")
    starter = called if named == "starter" else ""
    statement = select(DrillCardRow).where(
        DrillCardRow.workspace_id == scope.workspace_id,
        DrillCardRow.starter == starter,
        or_(
            (col(DrillCardRow.team_id) == team_id) & col(DrillCardRow.for_id).is_(None),
            col(DrillCardRow.for_id) == user_id,
        ),
    )
    if not starter:
        statement = statement.where(DrillCardRow.id == int(called))
    row = (await scope.session.exec(statement)).first()
    if row is not None:
        return None if row.is_gone else stored(row)
    ours = (one for one in stored_starters() if starter and one.starter == starter)
    return next(ours, None) if team_id is not None else None


def stored(row: DrillCardRow) -> StoredCard:
    return StoredCard.model_validate(row.model_dump(include=set(StoredCard.model_fields)))


async def find_card_row(scope: Scope, card_id: int) -> DrillCardRow | None:
    """Return one row of this workspace, or None."""
    row = await scope.session.get(DrillCardRow, card_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def add_card(scope: Scope, team_id: int | None, said: DrillCard, today: date) -> Touched:
    """Put a card into a team's decks, or with `for_id` into those of one person. Return what undoing it needs."""
    return Touched(await keep_card(scope, team_id, said, today))


async def change_card(
    scope: Scope, team_id: int | None, held: StoredCard, said: DrillCard, today: date
) -> Touched:
    """Let a card say something else, also one of ours. Return what undoing it needs."""
    row = await find_card_row(scope, held.id) if held.id else None
    if row is None:
        return await add_card(scope, team_id, said, today)
    before = image(row)
    if said.fingerprint != held.fingerprint:
        row.changed_on = today
    await restate(scope, row, DrillCard, said)
    return Touched(row, before)


async def retire_card(scope: Scope, team_id: int | None, held: StoredCard, today: date) -> Touched | None:
    """Let nobody be asked a card any more, also one of ours. Return what undoing it needs; None where it is gone."""
    if not held.id:
        ours = starter_called(held.starter)
        return (
            Touched(await keep_card(scope, team_id, ours, today, is_gone=True)) if ours is not None else None
        )
    row = await find_card_row(scope, held.id)
    if row is None:
        return None
    before = image(row)
    if row.starter:  # ours is not to come back where the team's own version stood
        row.is_gone = True
        scope.session.add(row)
        await scope.session.flush()
        return Touched(row, before)
    await scope.session.delete(row)
    await scope.session.flush()
    return Touched(row, before, gone=True)


async def keep_card(
    scope: Scope, team_id: int | None, said: DrillCard, today: date, *, is_gone: bool = False
) -> DrillCardRow:
    values = {**said.model_dump(include=set(DrillCard.model_fields)), "workspace_id": scope.workspace_id}
    given = {"team_id": None if said.for_id else team_id, "is_gone": is_gone, "changed_on": today}
    row = DrillCardRow.model_validate({**values, **given})
    scope.session.add(row)
    await scope.session.flush()
    return row
