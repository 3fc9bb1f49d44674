"""Who was spoken to, or written to: by name, as somebody logged it."""

from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from sales.followups.activity import ActivityKind
from sales.language.names.customer import customer_in
from sales.language.names.match import folded
from storage.followups.activity import ActivityRow
from storage.scope import Scope


async def spoken_since(scope: Scope, owner_id: str, since: date) -> list[tuple[str, datetime]]:
    """Return with whom somebody was in touch on a day or later, by name, folded, each with when that was noted.

    Of "Dana at Acme" both names count. Service is no touch of a prospect, and is one of a customer all the same.
    """
    columns: list[Any] = [ActivityRow.account, ActivityRow.created_at]
    statement = select(*columns).where(
        ActivityRow.workspace_id == scope.workspace_id,
        ActivityRow.owner_id == owner_id,
        col(ActivityRow.account).is_not(None),
        col(ActivityRow.on) >= since,
    )
    found: list[tuple[str, datetime]] = []
    for account, at in await scope.session.exec(statement):
        found += [(name, at) for name in names_in(str(account))]
    return found


async def last_touches(scope: Scope, owner_id: str, since: date) -> dict[str, date]:
    """Return when somebody was last in touch with each customer they named since a day, by name, folded."""
    columns: list[Any] = [ActivityRow.account, ActivityRow.on]
    statement = select(*columns).where(
        ActivityRow.workspace_id == scope.workspace_id,
        ActivityRow.owner_id == owner_id,
        col(ActivityRow.account).is_not(None),
        col(ActivityRow.kind) != ActivityKind.REFERRAL_ASK,
        col(ActivityRow.on) >= since,
    )
    found: dict[str, date] = {}
    for account, on in await scope.session.exec(statement):
        for name in names_in(str(account)):
            found[name] = max(on, found.get(name, on))
    return found


def names_in(account: str) -> set[str]:
    """Return the names in what an activity was logged for: of "Dana at Acme" all of it, Dana, and Acme."""
    customer = customer_in(account)
    person = account[: -len(customer)].strip().removesuffix(" at").strip() if customer != account else ""
    return {folded(one) for one in (account, customer, person) if one}
