"""Rating: what outcomes taught of every open lead, kept beside it, so that the likeliest are found by an index (37).

It is renewed at night, and after a file of leads, accounts or deals. In between what is kept may be a little old; so it
says only which leads are looked at, and those are judged as of now.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, literal_column, update
from sqlmodel import and_, col, or_, select

from sales.language.dates.instants import local_date
from sales.prospects.lead import OPEN_STATES, LeadState
from sales.prospects.score.model import UNKNOWN, ScoreModel
from sales.prospects.score.ranking import LeadOdds, Values
from storage.engines.statement import Rows
from storage.people.member import reps_counted
from storage.people.team import TeamRow
from storage.pieces import AT_ONCE
from storage.prospects.lead import MINE, OPEN, OPEN_ONES, LeadRow
from storage.prospects.score.case import firm_of, lead_facts, said
from storage.prospects.score.known import FirmRecord, firms_on_record
from storage.prospects.score.live import lead_scoring
from storage.scope import Scope

EXACT = 3  # digits of log odds: leads that are closer are alike, and need not be written again
WITH_PHONE = col(LeadRow.phone) != literal_column("''")  # spelled as the indexes of them are
WITHOUT = col(LeadRow.phone) == literal_column("''")
LIKELIEST_WITH_PHONE, LIKELIEST_WITHOUT = (
    Rows(
        LeadRow,
        *MINE,
        col(LeadRow.odds).is_not(None),
        phone,
        OPEN_ONES,
        order=[col(LeadRow.odds).desc(), col(LeadRow.id).desc()],
        paged=True,
    )
    for phone in (WITH_PHONE, WITHOUT)
)


class RatedLead(NamedTuple):
    """What of a lead goes into its score, and what was kept of that so far."""

    id: int
    name: str
    account: str | None
    title: str
    source: str | None
    state: LeadState
    came_at: datetime
    odds: float | None

    @property
    def firm(self) -> str:
        return self.account or self.name


class NewOdds(NamedTuple):
    """What is to be kept of a lead."""

    of_lead: int
    now: float | None


Firms = Mapping[str, FirmRecord]
COLUMNS: list[Any] = [getattr(LeadRow, name) for name in RatedLead._fields]


class Rating(NamedTuple):
    """By what a team's leads are rated, and whose they are; `model` is None where nothing is learned."""

    team: TeamRow
    owner_ids: Sequence[str]
    model: ScoreModel | None
    odds: LeadOdds


async def rating_of(scope: Scope, team: TeamRow, today: date) -> Rating:
    """Return by what a team's leads are rated on a day."""
    model = (await lead_scoring(scope, team, today)).model
    owners = [rep.user_id for rep in await reps_counted(scope, team.id)]
    return Rating(team, owners, model, LeadOdds(model.weights if model is not None else ()))


async def leads_to_rate(scope: Scope, rating: Rating, after: int) -> tuple[list[RatedLead], Firms]:
    """Return some of a team's leads in order of their ids, those behind one, with what is known of their firms.

    Where nothing is learned they are those of which something is kept all the same.
    """
    rows = await some_of(scope, rating, after)
    if rating.model is None or not rows:
        return rows, {}
    return rows, await firms_on_record(scope, {row.firm for row in rows})


async def some_of(scope: Scope, rating: Rating, after: int) -> list[RatedLead]:
    nobodys = and_(col(LeadRow.owner_id).is_(None), LeadRow.team_id == rating.team.id)
    still_open = [col(LeadRow.state).in_(OPEN)] if rating.model is not None else []
    statement: Any = (
        select(*COLUMNS)
        .where(
            LeadRow.workspace_id == scope.workspace_id,
            or_(col(LeadRow.owner_id).in_(rating.owner_ids), nobodys),
            or_(col(LeadRow.odds).is_not(None), *still_open),
            col(LeadRow.id) > after,
        )
        .order_by(col(LeadRow.id))
        .limit(AT_ONCE)
    )
    return [RatedLead(*one) for one in await scope.session.exec(statement)]


def rated(rows: Sequence[RatedLead], firms: Firms, rating: Rating) -> list[NewOdds]:
    """Return the leads of which something else is to be kept, with that; nothing of those decided since."""
    news: dict[int, float] = {}
    model = rating.model
    if model is not None:
        still = [row for row in rows if row.state in OPEN_STATES]
        found = rating.odds.of([values_of(row, firms, rating.team.zone, model) for row in still])
        news = {row.id: round(one, EXACT) for row, one in zip(still, found, strict=True)}
    return [NewOdds(row.id, news.get(row.id)) for row in rows if news.get(row.id) != row.odds]


def values_of(row: RatedLead, firms: Firms, zone: str, model: ScoreModel) -> Values:
    facts = said(lead_facts(row, firm_of(firms, row.firm), local_date(row.came_at, zone)))
    return tuple(facts.get(name, UNKNOWN) for name in model.names)


async def keep_odds(scope: Scope, news: Sequence[NewOdds]) -> None:
    """Keep what leads are rated by now."""
    statement = (
        update(LeadRow.__table__)  # type: ignore[attr-defined]  # SQLModel adds it to table models
        .where(col(LeadRow.id) == bindparam("of_lead"), col(LeadRow.workspace_id) == scope.workspace_id)
        .values(odds=bindparam("now"))
    )
    if news:
        await (await scope.session.connection()).execute(statement, [one._asdict() for one in news])


async def likeliest_of(
    scope: Scope, owner_id: str, most: int, at: int = 0, *, with_phone: bool
) -> list[LeadRow]:
    """Return a person's open leads, the likeliest first, from number `at` on: those with a telephone number or without.

    Empty where outcomes teach nothing yet. An index has them in this order, so hardly more are read than returned.
    """
    rows = LIKELIEST_WITH_PHONE if with_phone else LIKELIEST_WITHOUT
    return await scope.find(rows, owner_id=owner_id, most=most, at=at)
