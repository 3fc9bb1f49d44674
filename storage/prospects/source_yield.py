"""What became of what came from where: decided deals and leads of some people with their source and what was done."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import col, func, or_, select

from sales.followups.activity import ActivityKind
from sales.language.dates.instants import local_date
from sales.language.names.match import name_key
from sales.pipeline.opportunity import Stage
from sales.prospects.lead import LeadState
from sales.prospects.source_yield import SourcedCase
from storage.followups.activity import ActivityRow
from storage.people.team import TeamRow
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.lead import LeadRow
from storage.prospects.score.case import LEARNS_FROM, decided
from storage.scope import Scope


class Touches(NamedTuple):
    """What was done: for each deal, and for each account by day where no deal was meant; accounts by `name_key`."""

    of_deals: Mapping[int, int]
    of_accounts: Mapping[str, Sequence[tuple[date, int]]]

    def between(self, account: str | None, first: date | None, last: date) -> int:
        """Return what was done for an account from one day to another, where no deal was meant."""
        done = self.of_accounts.get(name_key(account), ()) if account else ()
        return sum(count for on, count in done if (first is None or on >= first) and on <= last)


async def sourced_deals(
    scope: Scope, owner_ids: Collection[str], team: TeamRow, today: date
) -> list[SourcedCase]:
    """Return the deals of these people that ended in the last two years; amounts in other currencies count nothing."""
    row = OpportunityRow
    columns: list[Any] = [
        row.id, row.account, row.name, row.source, row.stage, row.opened_on, row.closed_on, row.value_minor,
        row.currency,
    ]  # fmt: skip
    statement: Any = select(*columns).where(*decided(scope, owner_ids, today)).order_by(col(row.id))
    rows = (await scope.session.exec(statement)).all()
    done = await touches_of(scope, owner_ids, today)
    found = []
    for deal_id, account, name, source, stage, opened_on, closed_on, value, currency in rows:
        won = stage is Stage.WON
        touches = done.of_deals.get(deal_id, 0) + done.between(account or name, opened_on, closed_on)
        brought = value if won and currency == team.currency else 0
        found.append(SourcedCase(source or "", won, opened_on, closed_on, brought, touches))
    return found


async def sourced_leads(
    scope: Scope, owner_ids: Collection[str], team: TeamRow, today: date, *, whole_team: bool
) -> list[SourcedCase]:
    """Return the leads of these people that qualified or were sent back in the last two years.

    Of a `whole_team` those count too that nobody owns. What the deal of one brought counts once it is won.
    """
    row = LeadRow
    theirs = col(row.owner_id).in_(owner_ids)
    columns: list[Any] = [
        row.account, row.name, row.source, row.state, row.came_at, row.decided_at,
        OpportunityRow.stage, OpportunityRow.value_minor, OpportunityRow.currency,
    ]  # fmt: skip
    statement: Any = (
        select(*columns)
        .select_from(row)
        .outerjoin(OpportunityRow, col(OpportunityRow.id) == col(row.deal_id))
        .where(
            row.workspace_id == scope.workspace_id,
            or_(theirs, col(row.team_id) == team.id) if whole_team else theirs,
            col(row.state).in_([LeadState.QUALIFIED, LeadState.REJECTED]),
        )
        .order_by(col(row.id))
    )
    rows = (await scope.session.exec(statement)).all()
    done = await touches_of(scope, owner_ids, today) if rows else Touches({}, {})
    found = []
    for account, name, source, state, came_at, decided_at, stage, value, currency in rows:
        came, ended = local_date(came_at, team.zone), local_date(decided_at, team.zone)
        if today - LEARNS_FROM <= ended <= today:
            brought = value if stage is Stage.WON and currency == team.currency else 0
            touches = done.between(account or name, came, ended)
            found.append(
                SourcedCase(source or "", state is LeadState.QUALIFIED, came, ended, brought, touches)
            )
    return found


async def touches_of(scope: Scope, owner_ids: Collection[str], today: date) -> Touches:
    """Return what these people did in the last two years with an account or for a deal; service is no selling."""
    row = ActivityRow
    selling = (
        row.workspace_id == scope.workspace_id,
        col(row.owner_id).in_(owner_ids),
        col(row.on).between(today - LEARNS_FROM, today),
        col(row.kind) != ActivityKind.SERVICE,
    )
    of_deals: Any = (
        select(col(row.opportunity_id), func.sum(col(row.count)))
        .where(*selling, col(row.opportunity_id).is_not(None))
        .group_by(col(row.opportunity_id))
    )
    of_accounts: Any = (
        select(col(row.account), col(row.on), func.sum(col(row.count)))
        .where(*selling, col(row.opportunity_id).is_(None), col(row.account).is_not(None))
        .group_by(col(row.account), col(row.on))
    )
    by_account: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for account, on, count in await scope.session.exec(of_accounts):
        by_account[name_key(account)].append((on, int(count)))
    by_deal = {int(deal_id): int(count) for deal_id, count in await scope.session.exec(of_deals)}
    return Touches(by_deal, by_account)
