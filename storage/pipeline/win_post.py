"""Win posts: which deals were told in a team's channel, once each, and in which message."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Field, Index, SQLModel, col, select

from sales.language.dates.instants import local_date
from sales.nudges.ledger import Nudge
from sales.pipeline.opportunity import Stage, Win
from sales.pipeline.win_post import FRESH, SETTLES, TOGETHER, WIN_POST, WORTH_READING, wants_posts
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.lookup import delivery_by_key
from storage.people.member import MemberRow, reps_counted
from storage.people.team import TeamRow
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope


class WinPostRow(SQLModel, table=True):
    """One message about wins. `said` is its notification as it was last written down to be said."""

    __tablename__ = "win_post"
    __table_args__ = (Index("ix_win_post_team", "workspace_id", "team_id", "opened_at"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")
    opened_at: datetime
    said: str = ""


class PostedWinRow(SQLModel, table=True):
    """A deal that was told; once, whatever becomes of it. It goes when the deal goes."""

    __tablename__ = "posted_win"

    opportunity_id: int = Field(primary_key=True, foreign_key="opportunity.id", ondelete="CASCADE")
    workspace_id: str = Field(foreign_key="workspace.id")
    post_id: int = Field(foreign_key="win_post.id", index=True)


def key_of(post: WinPostRow) -> str:
    return f"{WIN_POST}:{post.workspace_id}:{post.id}"


async def gather(
    scope: Scope, team: TeamRow, since: datetime, now: datetime, *, joins_sent: bool
) -> WinPostRow | None:
    """Take up the wins of a team that were written down since an instant and never told, in one message.

    It is the one of the last hour, if there is any; one that was sent already only where it will be edited and still
    tells of a win: an edit notifies nobody, so no win is told in place of one that was taken back. Returns it, None
    where there was nothing to take up.
    """
    if not wants_posts(team):
        return None
    deals = await untold_wins(scope, team, since, now)
    if not deals:
        return None
    post = await latest_post(scope, team, now)
    if post is not None and await is_sent(scope, post):
        told = await wins_of(scope, post, await reps_counted(scope, team.id)) if joins_sent else []
        post = post if told else None
    if post is None:
        post = WinPostRow(workspace_id=scope.workspace_id, team_id=team.id, opened_at=now)
        scope.session.add(post)
        await scope.session.flush()
        await enqueue(scope, nudge(post, team, now), now)
    for deal in deals:
        scope.session.add(
            PostedWinRow(opportunity_id=deal.id, workspace_id=scope.workspace_id, post_id=post.id)
        )
    await scope.session.flush()
    return post


def nudge(post: WinPostRow, team: TeamRow, now: datetime) -> Nudge:
    return Nudge(
        key=key_of(post),
        kind=WIN_POST,
        intent={"post_id": post.id},
        why="Your team wants its wins told as they come; `/team settings` changes that.",
        not_before=now + SETTLES,
        channel_id=team.digest_channel,
        expires_at=now + WORTH_READING,
    )


async def untold_wins(scope: Scope, team: TeamRow, since: datetime, now: datetime) -> list[OpportunityRow]:
    """Return the deals a team's reps won lately that were written down since an instant and never told."""
    today = local_date(now, team.zone)
    owners = [rep.user_id for rep in await reps_counted(scope, team.id)]
    told = select(PostedWinRow.opportunity_id).where(PostedWinRow.workspace_id == scope.workspace_id)
    statement = select(OpportunityRow).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        col(OpportunityRow.owner_id).in_(owners),
        OpportunityRow.stage == Stage.WON,
        col(OpportunityRow.closed_on).between(today - FRESH, today),
        OpportunityRow.updated_at >= since,
        col(OpportunityRow.id).not_in(told),
    )
    return list(await scope.session.exec(statement.order_by(col(OpportunityRow.id))))


async def latest_post(scope: Scope, team: TeamRow, now: datetime) -> WinPostRow | None:
    """Return a team's message about wins of the last hour; None without one."""
    found = await posts_since(scope, team.id, now - TOGETHER)
    return found[0] if found else None


async def posts_since(scope: Scope, team_id: int, since: datetime) -> list[WinPostRow]:
    """Return a team's messages about wins since an instant, the newest first."""
    statement = select(WinPostRow).where(
        WinPostRow.workspace_id == scope.workspace_id,
        WinPostRow.team_id == team_id,
        WinPostRow.opened_at > since,
    )
    return list(await scope.session.exec(statement.order_by(col(WinPostRow.id).desc())))


async def find_post(scope: Scope, post_id: int) -> WinPostRow | None:
    """Return one message about wins of this workspace, or None."""
    row = await scope.session.get(WinPostRow, post_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def is_sent(scope: Scope, post: WinPostRow) -> bool:
    """Say whether a message about wins stands in Slack already."""
    row = await delivery_by_key(scope, key_of(post))
    return row is not None and row.sent_at is not None


async def wins_of(scope: Scope, post: WinPostRow, reps: Sequence[MemberRow]) -> list[Win]:
    """Return the wins of these reps a message tells of as they stand, the latest last; those taken back are missing."""
    names = {rep.user_id: rep.name for rep in reps}
    statement = (
        select(OpportunityRow)
        .join(PostedWinRow, col(PostedWinRow.opportunity_id) == col(OpportunityRow.id))
        .where(PostedWinRow.workspace_id == scope.workspace_id, PostedWinRow.post_id == post.id)
        .order_by(col(OpportunityRow.id))
    )
    rows = list(await scope.session.exec(statement))
    return [
        Win(row.closed_on, names[str(row.owner_id)], row.name, row.value_minor, row.currency)
        for row in rows
        if row.stage is Stage.WON and row.closed_on is not None and row.owner_id in names
    ]


async def note_said(scope: Scope, post_id: int, said: str) -> None:
    """Note what a message about wins says, so that it is edited only where that changes."""
    row = await find_post(scope, post_id)
    if row is not None:
        row.said = said
        scope.session.add(row)
        await scope.session.flush()
