"""Halvings: which half a rep would keep, remembered until the period's end says who was right."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlmodel import Field, Index, col, select, update

from sales.audit.halve import HalveDeal
from sales.audit.halving import Halving, HalvingBoard, HalvingPick, PickedDeal, picks_of
from sales.language.dates.period import Period
from sales.pipeline.opportunity import Stage, stage_on
from storage.pipeline.cycle import record_on
from storage.pipeline.opportunity import OpportunityRow, open_deals
from storage.scope import Scope


class HalvingRow(Halving, table=True):
    __tablename__ = "halving"
    __table_args__ = (
        Index("ix_halving_owner", "workspace_id", "owner_id", "ends_on"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


class HalvingPickRow(HalvingPick, table=True):
    __tablename__ = "halving_pick"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    halving_id: int = Field(foreign_key="halving.id", ondelete="CASCADE", index=True)
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE", index=True)


class DealsToHalve(NamedTuple):
    """A rep's open deals in one currency, as halving sees them; `others` are in another. `knows` a cycle or not."""

    deals: list[HalveDeal]
    currency: str
    others: int
    knows: bool


async def deals_to_halve(scope: Scope, owner_id: str, currency: str, today: date, end: date) -> DealsToHalve:
    """Return a rep's open deals with their chance of being won by `end`, in the currency that most of them have.

    Amounts of two currencies are not compared. Of currencies as frequent `currency` is taken, where it is one.
    """
    rows = await open_deals(scope, owner_id, today)
    counted = Counter(row.currency for row in rows)
    chosen = max(counted, key=lambda one: (counted[one], one == currency, one), default=currency)
    record = await record_on(scope, today)
    found = [
        HalveDeal(
            row.id,
            record.cycle.win_within((today - row.opened_on).days, (end - today).days),
            row.value_minor
            or record.by_product.get((row.currency, row.product), record.means.get(chosen, 0.0)),
            row.opened_on,
        )
        for row in rows
        if row.currency == chosen and row.opened_on is not None
    ]
    return DealsToHalve(found, chosen, len(rows) - counted[chosen], record.cycle.has_history)


async def start_halving(
    scope: Scope, owner_id: str, found: DealsToHalve, today: date, period: Period
) -> HalvingRow:
    """Keep the deals of a halving as they stand today."""
    halving = Halving(owner_id=owner_id, started_on=today, ends_on=period.end, currency=found.currency)
    row = HalvingRow.model_validate({**halving.model_dump(), "workspace_id": scope.workspace_id})
    scope.session.add(row)
    await scope.session.flush()
    about = {"workspace_id": scope.workspace_id, "halving_id": row.id}
    scope.session.add_all(
        [HalvingPickRow.model_validate({**pick.model_dump(), **about}) for pick in picks_of(found.deals)]
    )
    await scope.session.flush()
    return row


async def current_halving(scope: Scope, owner_id: str, today: date) -> HalvingRow | None:
    """Return the newest halving of a rep whose end is still to come; None without one."""
    statement = select(HalvingRow).where(
        HalvingRow.workspace_id == scope.workspace_id,
        HalvingRow.owner_id == owner_id,
        HalvingRow.ends_on >= today,
    )
    return (await scope.session.exec(statement.order_by(col(HalvingRow.id).desc()).limit(1))).first()


async def find_halving(scope: Scope, halving_id: int) -> HalvingRow | None:
    """Return one halving of this workspace, or None."""
    row = await scope.session.get(HalvingRow, halving_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def board_of(scope: Scope, row: HalvingRow, today: date) -> HalvingBoard:
    """Return a halving with what its deals say as known on a day; what was won after its end brought nothing."""
    statement = (
        select(HalvingPickRow, OpportunityRow)
        .join(OpportunityRow, col(OpportunityRow.id) == col(HalvingPickRow.opportunity_id))
        .where(HalvingPickRow.workspace_id == scope.workspace_id, HalvingPickRow.halving_id == row.id)
        .order_by(col(HalvingPickRow.place))
    )
    found = (await scope.session.exec(statement)).all()
    return HalvingBoard(row, row.id, tuple(_picked(pick, deal, row, today) for pick, deal in found))


def _picked(pick: HalvingPickRow, deal: OpportunityRow, row: HalvingRow, today: date) -> PickedDeal:
    stage = stage_on(deal, min(today, row.ends_on))
    brought = deal.value_minor if stage is Stage.WON and deal.currency == row.currency else 0
    return PickedDeal(pick.id, pick, deal.name, deal.value_minor, stage, brought)


async def answer_picks(
    scope: Scope, halving_id: int, pick_ids: Collection[int], *, kept: bool | None
) -> None:
    """Note what was said of some deals of a halving; None takes the answer back."""
    await scope.session.exec(
        update(HalvingPickRow)
        .where(
            col(HalvingPickRow.workspace_id) == scope.workspace_id,
            col(HalvingPickRow.halving_id) == halving_id,
            col(HalvingPickRow.id).in_(pick_ids),
        )
        .values(kept=kept)
        .execution_options(synchronize_session="fetch")
    )


async def not_revisited(scope: Scope, owner_ids: Collection[str], ended_by: date) -> list[HalvingRow]:
    """Return the newest halving of each of these people that ended by a day and that nobody was told the end of."""
    statement = select(HalvingRow).where(
        HalvingRow.workspace_id == scope.workspace_id,
        col(HalvingRow.owner_id).in_(owner_ids),
        HalvingRow.ends_on <= ended_by,
        col(HalvingRow.revisited).is_(False),
    )
    rows = (await scope.session.exec(statement.order_by(col(HalvingRow.id)))).all()
    newest = {(row.owner_id, row.ends_on): row for row in rows}
    return [row for row in rows if newest[row.owner_id, row.ends_on] is row]


async def mark_revisited(scope: Scope, halvings: Sequence[HalvingRow]) -> None:
    """Note that these were looked at again, and all that their owners began before them for the same end."""
    for row in halvings:
        await scope.session.exec(
            update(HalvingRow)
            .where(
                col(HalvingRow.workspace_id) == scope.workspace_id,
                col(HalvingRow.owner_id) == row.owner_id,
                col(HalvingRow.ends_on) == row.ends_on,
            )
            .values(revisited=True)
        )
