"""Owners by name alone: whom deals name as theirs, and Slack never showed us."""

from collections.abc import Collection, Sequence

from sqlalchemy import or_, update
from sqlmodel import col, func, select

from sales.language.names.match import fold
from sales.people.pseudonym import FORMER
from storage.pipeline.opportunity import UNOWNED_NAMES, OpportunityRow
from storage.scope import Scope


async def owner_names(scope: Scope, said: str) -> list[str]:
    """Return the spellings in which deals that are nobody's name somebody as their owner."""
    names = [str(name) for (name,) in await scope.ask(UNOWNED_NAMES)]
    return sorted(name for name in names if fold(name) == fold(said) and name != FORMER)


async def holders_of(scope: Scope, said: str) -> list[str]:
    """Return whose the deals are that name somebody as their owner, where they are a member's all the same."""
    statement = (
        select(OpportunityRow.owner_id, OpportunityRow.owner_name)
        .where(OpportunityRow.workspace_id == scope.workspace_id, col(OpportunityRow.owner_id).is_not(None))
        .distinct()
    )
    return sorted(
        {str(owner) for owner, name in await scope.session.exec(statement) if fold(name) == fold(said)}
    )


async def count_deals_named(scope: Scope, names: Sequence[str]) -> int:
    """Return how many deals that are nobody's name these as their owner."""
    statement = select(func.count()).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        col(OpportunityRow.owner_id).is_(None),
        col(OpportunityRow.owner_name).in_(names),
    )
    return int((await scope.session.exec(statement)).one())


async def put_named_under(scope: Scope, names: Collection[str], pseudonym: str, most: int) -> int:
    """Put some of the deals that name these as their owner under a pseudonym; return how many."""
    mine = (
        select(OpportunityRow.id)
        .where(
            OpportunityRow.workspace_id == scope.workspace_id,
            col(OpportunityRow.owner_name).in_(names),
            or_(col(OpportunityRow.owner_id).is_(None), col(OpportunityRow.owner_id) == pseudonym),
        )
        .limit(most)
    )
    done = await (await scope.session.connection()).execute(
        update(OpportunityRow)
        .where(col(OpportunityRow.id).in_(mine))
        .values(owner_id=pseudonym, owner_name=FORMER)
    )
    return int(done.rowcount)
