"""The reality check of a team: its line, its two numbers, and how much of what it does is mail (45)."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from sqlmodel import Field, UniqueConstraint, select

from sales.craft.evidence import MONTH, InboxCheck, MailShare, mail_share
from sales.followups.activity import ActivityKind
from sales.value import changed
from storage.followups.activity import counts_of
from storage.people.member import rep_ids
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope


class InboxCheckRow(InboxCheck, table=True):
    """What a team decided and counted; one without a row has the default line and no numbers."""

    __tablename__ = "inbox_check"
    __table_args__ = (UniqueConstraint("workspace_id", "team_id"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


async def inbox_check_of(scope: Scope, team_id: int) -> InboxCheck:
    """Return what a team decided and counted."""
    row = await inbox_check_row(scope, team_id)
    return row if row is not None else InboxCheck()


async def inbox_check_row(scope: Scope, team_id: int) -> InboxCheckRow | None:
    statement = select(InboxCheckRow).where(
        InboxCheckRow.workspace_id == scope.workspace_id, InboxCheckRow.team_id == team_id
    )
    return (await scope.session.exec(statement)).one_or_none()


async def state_inbox_check(scope: Scope, team_id: int, **said: object) -> Touched:
    """Store what a team says of its inbox check; return what undoing it needs."""
    row = await inbox_check_row(scope, team_id)
    if row is None:
        values = {**InboxCheck().model_dump(), "workspace_id": scope.workspace_id, "team_id": team_id}
        row = InboxCheckRow.model_validate({**values, **said})
        scope.session.add(row)
        await scope.session.flush()
        return Touched(row)
    before = image(row)
    await restate(scope, row, InboxCheck, changed(InboxCheck, row, **said))
    return Touched(row, before)


async def mail_share_of(scope: Scope, team_id: int, today: date) -> MailShare:
    """Return how many of a team's touches of the last 30 days were mails."""
    return mail_share(await done_by(scope, sorted(await rep_ids(scope, team_id)), today))


async def done_by(scope: Scope, owner_ids: Collection[str], today: date) -> Counter[ActivityKind]:
    """Return how much of each kind some people did in the 30 days up to one."""
    found = Counter[ActivityKind]()
    if owner_ids:
        counts = await counts_of(scope, list(owner_ids), today - MONTH, today)
        for kinds in counts.values():
            found.update(kinds)
    return found
