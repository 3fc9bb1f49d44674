"""Ideal clients: whom each team wants, and how accounts fit that, on paper and by what was noted of their attitude."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import case
from sqlmodel import Field, UniqueConstraint, col, distinct, func, or_, select

from sales.language.names.match import name_key
from sales.prospects.account_family import MOST_PARENTS, AccountParents, parents_of, with_parent
from sales.prospects.client_census import ClientCensus, Standings, census
from sales.prospects.ideal_client import (
    ClientFit,
    Criterion,
    Firmographics,
    IdealClient,
    client_fit,
    range_of,
)
from storage.pipeline.account import AccountRow, accounts_called
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.attitude import AttitudeAnswerRow, answers_for
from storage.row_image import Touched, image
from storage.scope import Scope

Accounts = Mapping[str, AccountRow]  # by how their names are compared


class IdealClientRow(IdealClient, table=True):
    """Whom a team wants; one without a row has not said so yet."""

    __tablename__ = "ideal_client"
    __table_args__ = (UniqueConstraint("workspace_id", "team_id"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


async def ideal_client_of(scope: Scope, team_id: int | None) -> IdealClient | None:
    """Return whom a team wants; None where it has not said so, or for no team."""
    row = await ideal_client_row(scope, team_id)
    return None if row is None or row.says_nothing else row


async def ideal_client_row(scope: Scope, team_id: int | None) -> IdealClientRow | None:
    """Return a team's row, also where it says nothing any more."""
    if team_id is None:
        return None

    async def read() -> IdealClientRow | None:
        statement = select(IdealClientRow).where(
            IdealClientRow.workspace_id == scope.workspace_id, IdealClientRow.team_id == team_id
        )
        return (await scope.session.exec(statement)).one_or_none()

    return await scope.once(IdealClientRow, team_id, read)


async def save_ideal_client(scope: Scope, team_id: int, wanted: IdealClient) -> Touched:
    """Let a team want this from now on; return what undoing it needs."""
    row = await ideal_client_row(scope, team_id)
    before = image(row) if row is not None else None
    said = IdealClient.model_validate(wanted.model_dump(include=set(IdealClient.model_fields))).model_dump()
    if row is None:
        row = IdealClientRow.model_validate({**said, "workspace_id": scope.workspace_id, "team_id": team_id})
    else:
        row.sqlmodel_update(said)
    scope.session.add(row)
    await scope.session.flush()
    scope.forget(IdealClientRow)
    return Touched(row, before)


async def fits_of(scope: Scope, wanted: IdealClient, names: Collection[str]) -> dict[str, ClientFit]:
    """Return how accounts fit whom a team wants, by how their names are compared: two or three questions for all.

    An account nobody knows anything of has its place in it too, with nothing known.
    """
    firms = await firms_called(scope, names)
    answers = await answers_for(scope, names)
    return {key: client_fit(wanted, firm, answers.get(key, ())) for key, firm in firms.items()}


async def fit_of(scope: Scope, wanted: IdealClient, name: str) -> ClientFit:
    """Return how one account fits whom a team wants."""
    return (await fits_of(scope, wanted, [name]))[name_key(name)]


async def firms_called(scope: Scope, names: Collection[str]) -> dict[str, Firmographics]:
    """Return what is known on paper of accounts, by how names are compared; nothing of those that are unknown."""
    family = await family_of(scope, names)
    return {key: with_family(key, family) for key in {name_key(name) for name in names}}


async def family_of(scope: Scope, names: Collection[str]) -> dict[str, AccountRow]:
    """Return accounts with all that stand above them, a level at a time: as many questions as there are levels."""
    found: dict[str, AccountRow] = {}
    wanted = set(names)
    for _ in range(MOST_PARENTS):
        news = await accounts_called(scope, wanted)
        found |= news
        wanted = {row.parent for row in news.values() if row.parent and name_key(row.parent) not in found}
        if not wanted:
            break
    return found


def parents_in(name: str, family: Accounts) -> AccountParents:
    """Return who stands above an account, as far as a family tells."""
    return parents_of(name, {key: row.parent for key, row in family.items()})


def with_family(key: str, family: Accounts) -> Firmographics:
    """Return what is known of an account on paper, what only its parents say taken from the nearest."""
    row = family.get(key)
    if row is None:
        return Firmographics()
    firm = of_row(row)
    for parent in parents_in(row.name, family).above if row.parent else ():
        if firm.sector and firm.reach is not None:
            break
        above = family.get(name_key(parent))
        firm = with_parent(firm, parent, of_row(above)) if above is not None else firm
    return firm


def of_row(row: AccountRow) -> Firmographics:
    """Return what an account's own row says of it."""
    return Firmographics(row.employees, row.revenue_minor, row.locations, row.reach, row.sector)


async def census_of(scope: Scope, wanted: IdealClient) -> ClientCensus:
    """Return how the workspace's accounts stand against an ideal client; live deals' without a record count as such.

    The database says of each account what it meets, and counts those that meet the same: some hundred kinds at most.
    """
    asked = wanted.criteria
    met = [(await meets(scope, criterion, wanted)).label(criterion.value) for criterion in asked]
    columns: list[Any] = [*met, func.count().label("accounts")]
    statement: Any = select(*columns).where(AccountRow.workspace_id == scope.workspace_id).group_by(*met)
    rows = (await (await scope.session.connection()).execute(statement)).all()
    kinds: list[tuple[Standings, int]] = [
        (
            {one: None if is_met is None else bool(is_met) for one, is_met in zip(asked, said, strict=True)},
            count,
        )
        for *said, count in rows
    ]
    if nameless := await customers_without_record(scope):
        kinds.append((dict.fromkeys(asked), nameless))
    return census(asked, kinds, await accounts_with_attitude(scope))


async def meets(scope: Scope, criterion: Criterion, wanted: IdealClient) -> Any:
    """Return what says of an account whether it meets a criterion: 1 or 0, and nothing where nobody knows."""
    row: Any = AccountRow
    if criterion is Criterion.SECTOR:
        return case((row.sector == "", None), (row.sector.in_(await spelled(scope, wanted)), 1), else_=0)
    if criterion is Criterion.REACH:
        return case((row.reach.is_(None), None), (row.reach.in_(wanted.wanted_reaches), 1), else_=0)
    column = {
        Criterion.EMPLOYEES: row.employees,
        Criterion.REVENUE: row.revenue_minor,
        Criterion.LOCATIONS: row.locations,
    }[criterion]
    least, most = range_of(criterion, wanted)
    outside = [column < least] if least is not None else []
    outside += [column > most] if most is not None else []
    return case((column.is_(None), None), (or_(*outside), 0), else_=1)


async def spelled(scope: Scope, wanted: IdealClient) -> list[str]:
    """Return the spellings of a team's sectors that accounts have."""
    keys = {name_key(name) for name in wanted.wanted_sectors}
    statement = select(AccountRow.sector).where(AccountRow.workspace_id == scope.workspace_id).distinct()
    return [sector for sector in await scope.session.exec(statement) if name_key(sector) in keys]


async def customers_without_record(scope: Scope) -> int:
    """Return how many accounts live deals name that have no record."""
    deal = OpportunityRow
    known = select(col(AccountRow.name_folded)).where(AccountRow.workspace_id == scope.workspace_id)
    statement = select(func.count(distinct(col(deal.account_folded)))).where(
        deal.workspace_id == scope.workspace_id,
        col(deal.account).is_not(None),
        col(deal.closed_on).is_(None),
        col(deal.account_folded).not_in(known),
    )
    return int((await scope.session.exec(statement)).one())


async def accounts_with_attitude(scope: Scope) -> int:
    """Return of how many accounts anything was noted of their attitude."""
    statement = select(func.count(distinct(col(AttitudeAnswerRow.account_key)))).where(
        AttitudeAnswerRow.workspace_id == scope.workspace_id
    )
    return int((await scope.session.exec(statement)).one())
