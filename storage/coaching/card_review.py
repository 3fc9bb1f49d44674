"""Cards past their review day, who keeps them true, and of which they were asked when (69)."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlmodel import Field, Index, col, or_, select

from sales.coaching.card_review import CardReview, TeamReaders, keepers
from sales.coaching.drill.card import StoredCard
from storage.coaching.drill.card import DrillCardRow, stored
from storage.people.member import find_members, members_in
from storage.people.team import managers_of
from storage.scope import Scope


class CardReviewRow(CardReview, table=True):
    __tablename__ = "card_review"
    __table_args__ = (
        Index("ix_card_review_user", "workspace_id", "user_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")


async def cards_to_review(
    scope: Scope, user_id: str, team_ids: Collection[int], today: date
) -> list[StoredCard]:
    """Return the cards past their review day that somebody keeps true, of these teams and of their own alone."""
    statement = select(DrillCardRow).where(
        DrillCardRow.workspace_id == scope.workspace_id,
        or_(col(DrillCardRow.team_id).in_(team_ids), col(DrillCardRow.for_id) == user_id),
        col(DrillCardRow.review_by) < today,
        col(DrillCardRow.is_gone).is_(False),
    )
    rows = list(await scope.session.exec(statement.order_by(col(DrillCardRow.id))))
    readers = {team_id: await readers_of(scope, team_id) for team_id in {one.team_id for one in rows}}
    return [stored(one) for one in rows if user_id in keepers(one, readers[one.team_id])]


async def readers_of(scope: Scope, team_id: int | None) -> TeamReaders:
    """Return who reads the cards of a team, as long as they are here; nobody for the cards of one person alone."""
    if team_id is None:
        return TeamReaders((), ())
    managers = {
        one.user_id for one in await find_members(scope, await managers_of(scope, team_id)) if one.active
    }
    people = {one.user_id for one in await members_in(scope, team_id) if one.active}
    return TeamReaders(people | managers, sorted(managers))


async def reviews_asked_of(scope: Scope, user_id: str) -> list[CardReviewRow]:
    """Return of which cards somebody was asked, the oldest first."""
    statement = select(CardReviewRow).where(
        CardReviewRow.workspace_id == scope.workspace_id, CardReviewRow.user_id == user_id
    )
    return list(await scope.session.exec(statement.order_by(col(CardReviewRow.id))))


async def note_asked(scope: Scope, user_id: str, cards: Iterable[StoredCard], today: date) -> None:
    """Note that somebody is asked of these cards today."""
    for one in cards:
        values = {"user_id": user_id, "card_id": one.id, "review_by": one.review_by, "asked_on": today}
        scope.session.add(CardReviewRow.model_validate({**values, "workspace_id": scope.workspace_id}))
    await scope.session.flush()
