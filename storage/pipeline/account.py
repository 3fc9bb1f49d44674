"""Accounts and products: what opportunities are with, and about."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlmodel import Field, Index, SQLModel, UniqueConstraint, col, select

from sales.language.names.match import name_key
from sales.pipeline.account import MAX_COUNT, MAX_REVENUE, MarketReach
from storage.pieces import pieces
from storage.pipeline.comparable_name import IN_ORDER, compares_names, half_indexes
from storage.row_image import Touched, image
from storage.scope import Scope


@compares_names
class AccountRow(SQLModel, table=True):
    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("workspace_id", "name_key"),
        Index("ix_account_name", "workspace_id", "name_folded"),
        *half_indexes("account", "name"),
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    name: str = Field(max_length=200)
    name_key: str = Field(max_length=200)
    name_folded: str = Field(default="", exclude=True, sa_type=IN_ORDER)
    sector: str = ""
    location: str = ""
    parent: str = ""
    employees: int | None = Field(default=None, ge=0, le=MAX_COUNT)
    revenue_minor: int | None = Field(default=None, ge=0, le=MAX_REVENUE)
    locations: int | None = Field(default=None, ge=0, le=MAX_COUNT)
    reach: MarketReach | None = None
    founded: int | None = None
    import_id: int | None = Field(default=None, foreign_key="import_run.id")
    import_sha: str | None = Field(default=None, max_length=16)


class ProductRow(SQLModel, table=True):
    __tablename__ = "product"
    __table_args__ = (UniqueConstraint("workspace_id", "name_key"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    name: str = Field(max_length=200)
    name_key: str = Field(max_length=200)
    series: str = ""
    list_price_minor: int | None = None
    import_id: int | None = Field(default=None, foreign_key="import_run.id")
    import_sha: str | None = Field(default=None, max_length=16)


async def accounts_called(scope: Scope, names: Collection[str]) -> dict[str, AccountRow]:
    """Return the accounts that go by some names, by how names are compared; those that are unknown are missing."""
    keys, found = sorted({name_key(name) for name in names} - {""}), dict[str, AccountRow]()
    for some in pieces(keys):
        statement = select(AccountRow).where(
            AccountRow.workspace_id == scope.workspace_id, col(AccountRow.name_key).in_(some)
        )
        found |= {row.name_key: row for row in await scope.session.exec(statement)}
    return found


async def state_account(scope: Scope, name: str, said: Mapping[str, Any]) -> Touched:
    """Store what somebody says of an account, which is new where none goes by its name; return what undoing it needs.

    Raises:
        ValidationError: for what no account can be.
    """
    row = (await accounts_called(scope, [name])).get(name_key(name))
    before = image(row) if row is not None else None
    if row is None:
        values = {"workspace_id": scope.workspace_id, "name": name, "name_key": name_key(name), **said}
        row = AccountRow.model_validate(values)
    else:
        AccountRow.model_validate({**row.model_dump(), **said})
        row.sqlmodel_update(dict(said))
    scope.session.add(row)
    await scope.session.flush()
    return Touched(row, before)
