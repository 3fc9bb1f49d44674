"""Leads by name: those that a name, a firm or an address means, and the one that a person is already."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import String, union
from sqlmodel import and_, bindparam, col, or_, select

from sales.language.names.descent import comparable
from sales.prospects.lead import Lead
from storage.engines.statement import Rows, given
from storage.pipeline.comparable_name import IN_ORDER
from storage.prospects.lead import HERE, LATEST_FIRST, OPEN, OPEN_ONES, LeadRow
from storage.scope import Scope

MOST_ALIKE = 20  # that a name may mean; nobody chooses among more
LAST = "\U0010ffff"  # behind every name that begins with a text


class LeadsSeen(NamedTuple):
    """Whose leads somebody may read: those of these people, and nobody's of these teams or of none; None for all."""

    owner_ids: Collection[str] | None = None
    team_ids: Collection[int] = ()


def going_by(fits: Callable[[Any], Any], here: Any) -> Any:
    """Return the condition that a lead's name or its firm's fits: by both indexes, where one `or` would use neither."""
    looks = [
        select(col(LeadRow.id)).where(here, fits(folded))
        for folded in (col(LeadRow.name_folded), col(LeadRow.account_folded))
    ]
    return col(LeadRow.id).in_(union(*looks))


KNOWN_AS = Rows(
    LeadRow,
    given(LeadRow.owner_id),
    OPEN_ONES,
    going_by(
        lambda folded: or_(
            folded == bindparam("name", type_=IN_ORDER),
            and_(
                folded >= bindparam("first", type_=String()),  # the column says the order
                folded <= bindparam("last", type_=String()),
            ),
        ),
        HERE,
    ),
    order=[col(LeadRow.came_at), col(LeadRow.id)],
)


async def known_as(scope: Scope, owner_id: str, name: str) -> list[LeadRow]:
    """Return a person's open leads of a name, their own or their firm's, or of one that begins with it as a word.

    The oldest come first.
    """
    said = comparable(name)
    begun = f"{said} "
    return await scope.find(KNOWN_AS, owner_id=owner_id, name=said, first=begun, last=begun + LAST)


async def leads_called(
    scope: Scope,
    name: str,
    owner_ids: Collection[str] | None = None,
    only_open: bool = False,
    seen: LeadsSeen | None = None,
) -> list[LeadRow]:
    """Return the leads whose name or firm begins with a name, the open ones first, then the latest; a few at most.

    A whole name beats a beginning. With `owner_ids` only theirs are meant, with `seen` those that somebody may read.
    """
    first = comparable(name)
    if not first:
        return []
    narrowed: list[Any] = [] if owner_ids is None else [col(LeadRow.owner_id).in_(owner_ids)]
    narrowed += [OPEN_ONES] if only_open else []
    narrowed += within(seen)
    exact = await those_going_by(scope, lambda folded: folded == first, narrowed)
    return exact or await those_going_by(
        scope, lambda folded: and_(folded >= first, folded <= first + LAST), narrowed
    )


async def leads_among(scope: Scope, names: Sequence[str], seen: LeadsSeen) -> list[LeadRow]:
    """Return the leads somebody may read that go by one of some names as they are compared; a few at most."""
    return await those_going_by(scope, lambda folded: folded.in_(names), within(seen))


async def leads_at(scope: Scope, email: str) -> list[LeadRow]:
    """Return the leads with an e-mail address, the latest first; none for no address."""
    address = email.strip().lower()
    if not address:
        return []
    statement = select(LeadRow).where(LeadRow.workspace_id == scope.workspace_id, LeadRow.email == address)
    return list(await scope.session.exec(statement.order_by(col(LeadRow.id).desc()).limit(MOST_ALIKE)))


async def same_lead(scope: Scope, lead: Lead) -> LeadRow | None:
    """Return the lead there is of the same person: by address, else by name and firm; open ones before the others."""
    found = await leads_at(scope, lead.email)
    if not found:
        firm = comparable(lead.account) if lead.account else None
        statement = select(LeadRow).where(
            LeadRow.workspace_id == scope.workspace_id,
            LeadRow.name_folded == comparable(lead.name),
            col(LeadRow.account_folded).is_(None) if firm is None else LeadRow.account_folded == firm,
        )
        found = [
            row
            for row in await scope.session.exec(statement.order_by(col(LeadRow.id).desc()).limit(MOST_ALIKE))
            if not (lead.email and row.email)  # two addresses are two people
        ]
    return next((row for row in found if row.is_open), next(iter(found), None))


def within(seen: LeadsSeen | None) -> list[Any]:
    """Return the conditions by which leads are those that somebody may read."""
    if seen is None or seen.owner_ids is None:
        return []
    nobodys = and_(
        col(LeadRow.owner_id).is_(None),
        or_(col(LeadRow.team_id).is_(None), col(LeadRow.team_id).in_(seen.team_ids)),
    )
    return [or_(col(LeadRow.owner_id).in_(seen.owner_ids), nobodys)]


async def those_going_by(scope: Scope, fits: Callable[[Any], Any], narrowed: Sequence[Any]) -> list[LeadRow]:
    here = LeadRow.workspace_id == scope.workspace_id
    statement = (
        select(LeadRow)
        .where(going_by(fits, here), *narrowed)
        .order_by(col(LeadRow.state).not_in(OPEN), *LATEST_FIRST)
        .limit(MOST_ALIKE)
    )
    return list(await scope.session.exec(statement))
