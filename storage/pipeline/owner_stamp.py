"""The stamp of each owner's deals: another after every change of one of them, as the deal stamp is of a workspace's.

Triggers renew it in the transaction that writes (`storage/migrations/triggers.py`); a deal that goes from one owner to
another renews both. It is drawn at random and never comes back, so what was kept under the stamp of a unit of work is
found by nobody once the unit was undone.
"""

from sqlmodel import Field, SQLModel, bindparam, select

from storage.engines.statement import Statement
from storage.scope import Scope


class OwnerStampRow(SQLModel, table=True):
    """`owner` is a member's id, or what the CRM calls the owner of deals that are no member's; empty for nobody."""

    __tablename__ = "owner_stamp"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id", ondelete="CASCADE")
    owner: str = Field(primary_key=True)
    stamp: str


STAMP = OwnerStampRow.__table__.c  # type: ignore[attr-defined]  # plain columns: no row passes the ORM
NOW = Statement(
    select(STAMP.owner, STAMP.stamp)
    .where(STAMP.workspace_id == bindparam("workspace_id"))
    .order_by(STAMP.owner)
)


async def owner_stamps(scope: Scope) -> dict[str, str]:
    """Return the stamp of every owner who ever had a deal, as it is in this unit of work."""
    return {str(owner): str(stamp) for owner, stamp in await scope.ask(NOW)}
