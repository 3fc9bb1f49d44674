"""Opportunities, and the accounts and products they are about.

`name_key` is the name folded for comparison, so that "GTXPro" and "GTX Pro" meet.
"""

from datetime import datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from sales.pipeline.opportunity import Opportunity


class OpportunityRow(Opportunity, table=True):
    __tablename__ = "opportunity"
    __table_args__ = (
        UniqueConstraint("workspace_id", "external_id"),
        Index("ix_opportunity_owner_closed", "workspace_id", "owner_id", "closed_on"),
        Index("ix_opportunity_owner_opened", "workspace_id", "owner_id", "opened_on"),
        {"sqlite_autoincrement": True},  # ids are never used twice: old buttons must not reach newer rows
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    import_id: int | None = Field(default=None, foreign_key="import_run.id", index=True)
    import_sha: str | None = Field(default=None, max_length=16)  # of the file's row last taken in
    updated_at: datetime


class AccountRow(SQLModel, table=True):
    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("workspace_id", "name_key"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    name: str = Field(max_length=200)
    name_key: str = Field(max_length=200)
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

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    name: str = Field(max_length=200)
    name_key: str = Field(max_length=200)
    series: str = ""
    list_price_minor: int | None = None
    import_id: int | None = Field(default=None, foreign_key="import_run.id")
    import_sha: str | None = Field(default=None, max_length=16)
