"""Currency rates: what a team says another currency is worth, each from its day on."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Field, UniqueConstraint, col, select

from sales.people.currency_rate import CurrencyRate
from storage.row_image import Image, image
from storage.rows import restate
from storage.scope import Scope


class CurrencyRateRow(CurrencyRate, table=True):
    __tablename__ = "currency_rate"
    __table_args__ = (
        UniqueConstraint("team_id", "currency", "counted_in", "since"),
        {"sqlite_autoincrement": True},  # an old button must not reach a newer rate
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


async def rates_of(scope: Scope, team_id: int, counted_in: str) -> list[CurrencyRateRow]:
    """Return what a team says currencies are worth in the one it counts in: by currency, the latest first."""
    return [row for row in await rates_into(scope, counted_in) if row.team_id == team_id]


async def rates_into(scope: Scope, counted_in: str) -> Sequence[CurrencyRateRow]:
    """Return what all teams say currencies are worth in one of them: by currency, the latest first."""
    statement = select(CurrencyRateRow).where(
        CurrencyRateRow.workspace_id == scope.workspace_id, CurrencyRateRow.counted_in == counted_in
    )
    ordered = statement.order_by(col(CurrencyRateRow.currency), col(CurrencyRateRow.since).desc())
    return list(await scope.session.exec(ordered))


async def find_rate(scope: Scope, rate_id: int) -> CurrencyRateRow | None:
    """Return one rate of this workspace, or None."""
    row = await scope.session.get(CurrencyRateRow, rate_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def keep_rate(scope: Scope, team_id: int, rate: CurrencyRate) -> tuple[CurrencyRateRow, Image | None]:
    """Store a rate, in the place of the one that begins on the same day; return it with what it said before."""
    same = (one for one in await rates_of(scope, team_id, rate.counted_in) if begins_alike(one, rate))
    row = next(same, None)
    if row is not None:
        before = image(row)
        await restate(scope, row, CurrencyRate, rate)
        return row, before
    row = CurrencyRateRow.model_validate(
        {**rate.model_dump(), "workspace_id": scope.workspace_id, "team_id": team_id}
    )
    scope.session.add(row)
    await scope.session.flush()
    return row, None


def begins_alike(one: CurrencyRate, other: CurrencyRate) -> bool:
    """Say whether two rates are of one currency and one day, so that only one of them can stand."""
    first: tuple[str, date] = (one.currency, one.since)
    return first == (other.currency, other.since)


async def remove_rate(scope: Scope, row: CurrencyRateRow) -> None:
    """Let a rate be no more; the one before it holds on."""
    await scope.session.delete(row)
    await scope.session.flush()
