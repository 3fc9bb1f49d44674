"""Cases: what scores are learned from, and what is judged by them: deals and leads, with all that was known of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple, Protocol

from sqlmodel import col, func, or_, select

from sales.language.dates.instants import local_date
from sales.language.names.match import name_key
from sales.pipeline.opportunity import CLOSED, Stage
from sales.pipeline.win_rate import Decided
from sales.prospects.lead import LeadState
from sales.prospects.score.fact import DatedCase, KnownFact
from sales.prospects.score.firm import FactName, rank_of
from sales.prospects.score.scoring import MOST_CASES
from storage.engines.turn import give_way
from storage.people.member import reps_counted
from storage.people.team import TeamRow
from storage.pieces import pieces
from storage.pipeline.opportunity import OpportunityRow
from storage.pipeline.win_rate import decided_between
from storage.prospects.lead import LeadRow
from storage.prospects.score.known import (
    NOBODY,
    Facts,
    FirmRecord,
    beside_deals,
    firms_on_record,
    tender_days,
)
from storage.scope import Scope

AT_A_TIME = 100  # cases, assembled in a hundredth of a second; then everybody else has a turn
LEARNS_FROM = timedelta(days=730)  # two years; what is older was sold by another team, or to another market


class DealBeginning(NamedTuple):
    """What of a deal is a fact of its beginning."""

    id: int
    name: str
    account: str | None
    source: str | None
    product: str | None
    is_tender: bool
    stage: Stage
    opened_on: date | None
    closed_on: date | None

    @classmethod
    def of(cls, deal: OpportunityRow) -> "DealBeginning":
        return cls(*(getattr(deal, name) for name in cls._fields))

    @property
    def firm(self) -> str:
        """Whom it is with: its account, or what it is called where it names none."""
        return self.account or self.name

    @property
    def began_on(self) -> date | None:
        """The day it was opened; of one that never was, the day it ended."""
        return self.opened_on or self.closed_on


DEAL_COLUMNS: list[Any] = [getattr(OpportunityRow, name) for name in DealBeginning._fields]


async def deal_cases(scope: Scope, team: TeamRow, today: date) -> list[DatedCase]:
    """Return the deals of a team's reps that were won or lost in the last two years, the latest ones of them."""
    owners = [rep.user_id for rep in await reps_counted(scope, team.id)]
    latest = col(OpportunityRow.closed_on).desc(), col(OpportunityRow.id).desc()
    statement: Any = (
        select(*DEAL_COLUMNS).where(*decided(scope, owners, today)).order_by(*latest).limit(MOST_CASES)
    )
    lines = [DealBeginning(*one) for one in await scope.session.exec(statement)]
    facts: dict[int, Facts] = {}
    for some in pieces(lines, AT_A_TIME):
        facts |= await facts_of_lines(scope, some, team.zone)
        await give_way()
    return [
        DatedCase(facts[one.id], one.began_on or one.closed_on, one.closed_on, one.stage is Stage.WON)
        for one in lines
        if one.closed_on is not None
    ]


def decided(scope: Scope, owner_ids: Collection[str], today: date) -> tuple[Any, ...]:
    """Return what holds of deals that were won or lost lately."""
    return decided_between(scope, owner_ids, today - LEARNS_FROM, today)


async def facts_of_deals(
    scope: Scope, deals: Sequence[OpportunityRow], zone: str
) -> dict[int, dict[str, str]]:
    """Return what is known by now of deals, by id."""
    found = await facts_of_lines(scope, [DealBeginning.of(one) for one in deals], zone)
    return {deal_id: said(facts) for deal_id, facts in found.items()}


async def facts_of_lines(scope: Scope, lines: Sequence[DealBeginning], zone: str) -> dict[int, Facts]:
    """Return what is known of deals with the day of each fact, by id."""
    ids = [one.id for one in lines]
    firms = await firms_on_record(scope, {one.firm for one in lines})
    beside, tenders = await beside_deals(scope, ids, zone), await tender_days(scope, ids)
    found = {}
    for one in lines:
        facts = firm_of(firms, one.firm).on(one.began_on)
        facts |= stated(one.source, FactName.SOURCE) | stated(one.product, FactName.PRODUCT)
        if one.is_tender:
            facts[FactName.TENDER.value] = KnownFact("yes", tenders.get(one.id))
        found[one.id] = facts | beside.get(one.id, {})
    return found


async def lead_cases(scope: Scope, team: TeamRow, today: date) -> list[DatedCase]:
    """Return a team's leads that came to an end in the last two years: a deal won, a deal lost, or sent back.

    One that a file brought as qualified, and of whose deal nothing is known here, came to a good end on that day.
    """
    row, owners = LeadRow, [rep.user_id for rep in await reps_counted(scope, team.id)]
    statement: Any = (
        select(row, col(OpportunityRow.stage), col(OpportunityRow.closed_on))
        .outerjoin(OpportunityRow, col(OpportunityRow.id) == col(row.deal_id))
        .where(
            row.workspace_id == scope.workspace_id,
            or_(col(row.owner_id).in_(owners), col(row.team_id) == team.id),
            col(row.state).in_([LeadState.REJECTED, LeadState.QUALIFIED]),
        )
        .order_by(col(row.decided_at).desc(), col(row.id).desc())
        .limit(MOST_CASES)
    )
    ended = []
    for lead, stage, closed_on in await scope.session.exec(statement):
        by_file = lead.state is LeadState.QUALIFIED and lead.deal_id is None and lead.import_id is not None
        on = closed_on if stage in CLOSED else None
        if by_file or lead.state is LeadState.REJECTED:
            on = local_date(lead.decided_at, team.zone)
        if on is not None and today - LEARNS_FROM <= on <= today:
            won = lead.state is LeadState.QUALIFIED and stage is Stage.WON
            ended.append((lead, on, won or by_file))
    found = []
    for some in pieces(ended, AT_A_TIME):
        firms = await firms_on_record(scope, {lead.firm for lead, _, _ in some})
        for lead, on, won in some:
            began = min(local_date(lead.came_at, team.zone), on)
            found.append(DatedCase(lead_facts(lead, firm_of(firms, lead.firm), began), began, on, won))
        await give_way()
    return found


async def facts_of_leads(scope: Scope, leads: Sequence[LeadRow], zone: str) -> dict[int, dict[str, str]]:
    """Return what is known by now of leads, by id."""
    firms = await firms_on_record(scope, {one.firm for one in leads})
    return {
        one.id: said(lead_facts(one, firm_of(firms, one.firm), local_date(one.came_at, zone)))
        for one in leads
    }


class JudgedLead(Protocol):
    """What of a lead itself goes into its score."""

    @property
    def title(self) -> str: ...
    @property
    def source(self) -> str | None: ...


def lead_facts(lead: JudgedLead, firm: FirmRecord, began_on: date) -> Facts:
    """Return what is known of a lead from the start."""
    facts = firm.on(began_on) | stated(lead.source, FactName.SOURCE)
    return facts | stated(rank_of(lead.title), FactName.TITLE)


def stated(value: str | None, name: FactName) -> Facts:
    """Return a fact that holds from the start, if it is known."""
    return {name.value: KnownFact(value.strip())} if value and value.strip() else {}


def said(facts: Mapping[str, KnownFact]) -> dict[str, str]:
    """Return facts without their days."""
    return {name: fact.value for name, fact in facts.items()}


def firm_of(firms: Mapping[str, FirmRecord], name: str) -> FirmRecord:
    return firms.get(name_key(name), NOBODY)


async def count_decided(scope: Scope, team: TeamRow, today: date) -> Decided:
    """Return how many deals `deal_cases` would find, if it read more than it does, and how many of them were won."""
    owners = [rep.user_id for rep in await reps_counted(scope, team.id)]
    statement: Any = (
        select(col(OpportunityRow.stage), func.count())
        .where(*decided(scope, owners, today))
        .group_by(col(OpportunityRow.stage))
    )
    counts = dict((await scope.session.exec(statement)).all())
    return Decided(counts.get(Stage.WON, 0), sum(counts.values()))


async def lead_decided_since(scope: Scope, team: TeamRow, since: datetime) -> bool:
    """Say whether any lead of a team's reps was sent back or qualified since an instant."""
    owners = [rep.user_id for rep in await reps_counted(scope, team.id)]
    statement = select(LeadRow.id).where(
        LeadRow.workspace_id == scope.workspace_id,
        col(LeadRow.owner_id).in_(owners),
        col(LeadRow.decided_at) >= since,
    )
    return (await scope.session.exec(statement.limit(1))).first() is not None
