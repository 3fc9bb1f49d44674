"""Facts of accounts: what was noted of each, and whether somebody reaches out to one of whom nothing was (18)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Text, bindparam
from sqlmodel import Field, Index, SQLModel, UniqueConstraint, col, delete, func, or_, select

from sales.followups.activity import ActivityKind
from sales.followups.followup import Owes
from sales.followups.touch_limit import reaches_out
from sales.language.names.customer import customer_in
from sales.language.names.descent import comparable
from sales.language.names.match import name_key
from sales.prospects.account_fact import (
    FRESH,
    AccountFact,
    LoggedWords,
    StoredFact,
    goes_out,
    says_something,
)
from sales.prospects.lead import OPEN_STATES
from storage.engines.statement import AlongAnswer, AlongQuestion, Statement, Together, given
from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow
from storage.pieces import pieces
from storage.prospects.lead import LeadRow
from storage.prospects.target import TargetRow
from storage.row_image import Touched, image
from storage.scope import Scope


class AccountFactRow(StoredFact, table=True):
    """One thing noted of an account; of an account, whoever sells to it."""

    __tablename__ = "account_fact"
    __table_args__ = (
        Index("ix_account_fact_account", "workspace_id", "account_key", "on"),
        Index("ix_account_fact_on", "workspace_id", "on"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    account_key: str = Field(max_length=200)


class FactFirst(SQLModel):
    """Whether a team wants its reps to be asked for one fact before they reach out."""

    is_wanted: bool = True


class FactFirstRow(FactFirst, table=True):
    """What a team decided; one without a row is asked."""

    __tablename__ = "fact_first"
    __table_args__ = (UniqueConstraint("workspace_id", "team_id"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


MOST_FIRMS = 200  # of a person's leads that are compared with what was typed


class PursuedCustomer(NamedTuple):
    """Somebody who is pursued: the account, every name it is spoken of by, and what was noted with the lead itself."""

    account: str
    names: Sequence[str]
    note: str = ""


LEAD_NAMES: Any = (LeadRow.name, LeadRow.account, LeadRow.note)
TARGETS = Statement(
    select(col(TargetRow.name)).where(given(TargetRow.workspace_id), given(TargetRow.owner_id))
)
LEADS = Statement(
    select(*map(col, LEAD_NAMES)).where(
        given(LeadRow.workspace_id),
        given(LeadRow.owner_id),
        or_(*(col(LeadRow.state) == state for state in OPEN_STATES)),
        or_(
            *(
                column == bindparam(name, type_=Text())
                for column in (col(LeadRow.name_folded), col(LeadRow.account_folded))
                for name in ("spoken_of", "customer")
            )
        ),
    )
)
PURSUED = Together(TARGETS, LEADS)


def pursued_questions(owner_id: str, who: str) -> tuple[AlongQuestion, AlongQuestion]:
    """Return what is asked to find whom somebody pursues by a name: their targets, and their leads of that name."""
    names = {"spoken_of": comparable(who), "customer": comparable(customer_in(who))}
    return AlongQuestion(TARGETS, {"owner_id": owner_id}), AlongQuestion(
        LEADS, {"owner_id": owner_id, **names}
    )


async def prospect_called(scope: Scope, owner_id: str, who: str) -> PursuedCustomer | None:
    """Return whom somebody pursues by a name, a target account or an open lead of theirs; None where it is neither."""
    customer = customer_in(who)
    asked = pursued_questions(owner_id, who)
    known = [scope.known(AlongAnswer, one.key) for one in asked]
    found = [one.rows for one in known if one is not None]
    targets, leads = found if len(found) == len(asked) else await scope.together(PURSUED, **asked[1].values)
    keys = {name_key(who), name_key(customer)} - {""}
    for (name,) in targets:
        if name_key(name) in keys:
            return PursuedCustomer(name, [name, who, customer])
    for name, account, note in leads:
        names = [one for one in (name, account, who, customer) if one]
        return PursuedCustomer(account or name, names, note)
    return None


async def firms_of_leads(scope: Scope, owner_id: str, text: str) -> list[str]:
    """Return the firms of somebody's open leads that a text may begin with, by their first letters."""
    first = comparable(text)[:1]
    statement = (
        select(LeadRow.account)
        .where(
            LeadRow.workspace_id == scope.workspace_id,
            LeadRow.owner_id == owner_id,
            col(LeadRow.state).in_([*OPEN_STATES]),
            col(LeadRow.account_folded).startswith(first, autoescape=True),
        )
        .distinct()
        .limit(MOST_FIRMS)
    )
    return [firm for firm in await scope.session.exec(statement) if firm]


async def is_unknown(scope: Scope, owner_id: str, whom: PursuedCustomer, today: date) -> bool:
    """Say whether nothing was noted of somebody in 90 days: no fact, and no words of what came of a touch."""
    if whom.note:
        return False
    since = today - FRESH
    if await facts_since(scope, whom.names, since):
        return False
    row = ActivityRow
    statement = select(row.kind, row.outcome).where(
        row.workspace_id == scope.workspace_id,
        row.owner_id == owner_id,
        col(row.on).between(since, today),
        row.outcome != "",
        spoken_of(col(row.account), whom.names),
    )
    said = await scope.session.exec(statement)
    return not any(says_something(LoggedWords(ActivityKind(kind), words)) for kind, words in said)


def spoken_of(column: Any, names: Iterable[str]) -> Any:
    """Return the condition that a column says one of some names, letter case aside."""
    spelled = sorted({*names, *(name.lower() for name in names)})
    return or_(column.in_(spelled), func.lower(column).in_(spelled))


async def facts_since(scope: Scope, names: Collection[str], since: date) -> bool:
    """Say whether anything was noted of an account since a day, by any of its names."""
    statement = select(AccountFactRow.id).where(
        AccountFactRow.workspace_id == scope.workspace_id,
        col(AccountFactRow.account_key).in_(sorted({name_key(name) for name in names})),
        AccountFactRow.on >= since,
    )
    return (await scope.session.exec(statement.limit(1))).first() is not None


async def was_asked(
    scope: Scope,
    owner_id: str,
    whom: PursuedCustomer,
    since: datetime,
    besides: Collection[tuple[type[Any], int]],
) -> bool:
    """Say whether somebody reached out to the same people before, since an instant: they were asked then.

    What was done just now is left out, by `besides`.
    """
    promise, done = FollowUpRow, ActivityRow
    promised = select(promise.id, promise.what).where(
        promise.workspace_id == scope.workspace_id,
        promise.owner_id == owner_id,
        promise.created_at >= since,
        promise.owes == Owes.ME,
        spoken_of(col(promise.who), whom.names),
    )
    for row_id, what in await scope.session.exec(promised):
        if (FollowUpRow, row_id) not in besides and reaches_out(what):
            return True
    logged = select(done.id, done.kind).where(
        done.workspace_id == scope.workspace_id,
        done.owner_id == owner_id,
        done.created_at >= since,
        spoken_of(col(done.account), whom.names),
    )
    return any(
        (ActivityRow, row_id) not in besides and goes_out([ActivityKind(kind)])
        for row_id, kind in await scope.session.exec(logged)
    )


async def asks_first(scope: Scope, team_id: int | None) -> bool:
    """Say whether a team wants its reps to be asked for one fact first; it does unless it said otherwise."""
    row = await fact_first_row(scope, team_id)
    return row is None or row.is_wanted


async def fact_first_row(scope: Scope, team_id: int | None) -> FactFirstRow | None:
    if team_id is None:
        return None
    statement = select(FactFirstRow).where(
        FactFirstRow.workspace_id == scope.workspace_id, FactFirstRow.team_id == team_id
    )
    return (await scope.session.exec(statement)).one_or_none()


async def want_facts(scope: Scope, team_id: int, *, is_wanted: bool) -> Touched:
    """Let a team be asked for one fact first, or not any more; return what undoing it needs."""
    row = await fact_first_row(scope, team_id)
    before = image(row) if row is not None else None
    if row is None:
        row = FactFirstRow(workspace_id=scope.workspace_id, team_id=team_id)
    row.is_wanted = is_wanted
    scope.session.add(row)
    await scope.session.flush()
    return Touched(row, before)


async def add_fact(scope: Scope, fact: AccountFact) -> AccountFactRow:
    """Note something of an account."""
    said = AccountFact.model_validate(fact.model_dump()).model_dump()
    row = AccountFactRow.model_validate(
        {**said, "workspace_id": scope.workspace_id, "account_key": name_key(fact.account)}
    )
    scope.session.add(row)
    await scope.session.flush()
    return row


async def find_fact(scope: Scope, fact_id: int) -> AccountFactRow | None:
    """Return one fact of this workspace, or None."""
    row = await scope.session.get(AccountFactRow, fact_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def remove_fact(scope: Scope, row: AccountFactRow) -> Touched:
    """Take back what was noted; return what undoing that needs."""
    gone = Touched(row, image(row), gone=True)
    await scope.session.delete(row)
    await scope.session.flush()
    return gone


async def facts_of(scope: Scope, name: str, most: int) -> list[AccountFactRow]:
    """Return what was noted of an account, the latest first."""
    statement = select(AccountFactRow).where(
        AccountFactRow.workspace_id == scope.workspace_id, AccountFactRow.account_key == name_key(name)
    )
    latest_first = statement.order_by(col(AccountFactRow.on).desc(), col(AccountFactRow.id).desc())
    return list(await scope.session.exec(latest_first.limit(most)))


async def latest_facts(scope: Scope, names: Collection[str], since: date) -> Mapping[str, AccountFactRow]:
    """Return the latest that was noted of each of some accounts since a day, by how their names are compared."""
    found: dict[str, AccountFactRow] = {}
    for some in pieces(sorted({name_key(name) for name in names} - {""})):
        statement = select(AccountFactRow).where(
            AccountFactRow.workspace_id == scope.workspace_id,
            col(AccountFactRow.account_key).in_(some),
            AccountFactRow.on >= since,
        )
        for row in await scope.session.exec(
            statement.order_by(col(AccountFactRow.on), col(AccountFactRow.id))
        ):
            found[row.account_key] = row
    return found


async def forget_facts(scope: Scope, before: datetime, most: int) -> int:
    """Forget some of what was noted before an instant. Return how many."""
    old = (
        select(AccountFactRow.id)
        .where(AccountFactRow.workspace_id == scope.workspace_id, col(AccountFactRow.on) < before.date())
        .order_by(col(AccountFactRow.on))
        .limit(most)
    )
    done = await scope.session.exec(
        delete(AccountFactRow)
        .where(col(AccountFactRow.id).in_(old))
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)
