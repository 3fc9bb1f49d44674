"""Accounts and products: what opportunities are with, and about."""

from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from storage.pipeline.comparable_name import IN_ORDER, compares_names, half_indexes


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
    employees: int | None = None
    revenue_minor: int | None = None
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
