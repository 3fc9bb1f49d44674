"""A rep's pipeline as the audit takes it: what is open, what it is likely worth, what the checks say, and the goal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sales.audit.answer import silenced
from sales.audit.check import (
    CHECKS,
    AuditAim,
    AuditKnown,
    CheckRecord,
    CheckSort,
    DealFinding,
    findings_of,
    is_dead,
    is_retired,
    twins_among,
)
from sales.goals.forecast.calibration import Calibration
from sales.goals.forecast.cut import chance_without
from sales.goals.forecast.question import FROM_DEALS, Question
from sales.goals.forecast.record import DealRecord
from sales.goals.goal import Metric
from sales.goals.progress import GoalProgress
from sales.goals.runway.outlook import Outlook, has_runway
from sales.pipeline.cycle import DealAhead
from sales.pipeline.likely_value import LikelyValue, likely_values
from sales.pipeline.opportunity import Opportunity, Stage, by_currency, stage_on
from storage.audit.finding import check_mutes, check_records, last_answers
from storage.goals.calibration import team_calibration
from storage.goals.forecast.memo import worked
from storage.goals.forecast.reader import Reader
from storage.goals.goal import open_goals
from storage.goals.progress import member_progress
from storage.goals.runway import outlooks
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.pipeline.cycle import CycleRecord, open_deals_of, record_on
from storage.pipeline.deal_facts import deal_facts
from storage.pipeline.opportunity import OpportunityRow, live_deals
from storage.pipeline.owner_deals import is_bare
from storage.pipeline.stage import stages_of
from storage.scope import Scope


@dataclass(frozen=True)
class PipelineAudit:
    """A rep's open deals with what the checks say of them; `dead` are those hardly ever won at their age.

    Suspects and parked deals are counted, and in nothing else.
    """

    owner: MemberRow
    team: TeamRow
    today: date
    deals: Sequence[OpportunityRow]
    suspects: int
    parked: int
    findings: Sequence[DealFinding]
    dead: Sequence[OpportunityRow]
    standings: Sequence[GoalProgress]
    records: Mapping[str, CheckRecord]
    record: CycleRecord

    def likely(self, instead: Mapping[int, Opportunity]) -> dict[str, LikelyValue]:
        """Return by currency what is likely won of the open deals; some of them as they are about to be `instead`."""
        said = [instead.get(deal.id, deal) for deal in self.deals]
        left = [self.ahead(deal) for deal in said if deal.stage is Stage.OPEN]
        return likely_values(left, self.record.cycle, self.today)

    def ahead(self, deal: Opportunity) -> DealAhead:
        """Return an open deal as the likely value and the runway see it."""
        assert deal.opened_on is not None
        typical = self.record.by_product.get((deal.currency, deal.product), 0.0)
        return DealAhead(str(deal.owner_id), deal.opened_on, deal.value_minor, deal.currency, typical)


async def pipeline_audit(
    scope: Scope, owner: MemberRow, team: TeamRow, reader_id: str, today: date
) -> PipelineAudit:
    """Return a rep's pipeline as one person reads it: without the checks that they switched off, or that retired."""
    live = await live_deals(scope, owner.user_id, today)
    deals = [row for row in live if stage_on(row, today) is Stage.OPEN and row.opened_on is not None]
    facts = await deal_facts(scope, deals, await stages_of(scope, team.id))
    record = await record_on(scope, today)
    standings = await member_progress(scope, owner, team, today)
    known = known_of(standings, team, today, deals, record)
    records = await check_records(scope, record.cycle)
    silent = silenced(await last_answers(scope, owner.user_id), facts, today)
    off = await check_mutes(scope, reader_id) | retired(records)
    return PipelineAudit(
        owner=owner,
        team=team,
        today=today,
        deals=deals,
        suspects=sum(row.stage is Stage.SUSPECT for row in live),
        parked=sum(row.stage is Stage.PARKED for row in live),
        findings=findings_of(facts, known, silent, off),
        dead=[deal for deal, one in zip(deals, facts, strict=True) if is_dead(one, known)],
        standings=standings,
        records=records,
        record=record,
    )


def retired(records: Mapping[str, CheckRecord]) -> set[str]:
    """Return the checks that foretell and whose record says that they do not."""
    return {
        check.key
        for check in CHECKS
        if check.sort is CheckSort.FORETELLS and is_retired(records.get(check.key, CheckRecord()))
    }


def known_of(
    standings: Sequence[GoalProgress],
    team: TeamRow,
    today: date,
    deals: Sequence[OpportunityRow],
    record: CycleRecord,
) -> AuditKnown:
    """Return what checks are told beside a deal."""
    means: dict[tuple[str, str | None], float] = {
        (currency, None): mean for currency, mean in record.means.items()
    }
    return AuditKnown(
        today=today,
        cycle=record.cycle,
        fiscal_year_start=team.fiscal_year_start,
        typical={**record.by_product, **means},
        aims=[
            AuditAim(one.label, one.goal.currency, one.gap)
            for one in standings
            if one.goal.metric is Metric.REVENUE and not one.asks_start
        ],
        paper=by_currency(deals),
        twins=twins_among(deals),
    )


@dataclass(frozen=True)
class GoalAhead:
    """The goal that a rep's open deals are for next: its chance, and what must be opened for it by when.

    `chance` is P(hit) as people read it, None where there is no figure; `outlook` None where nothing has a runway.
    """

    standing: GoalProgress
    question: Question
    right: Calibration | None
    chance: float | None
    outlook: Outlook | None


async def goal_ahead(
    scope: Scope, audit: PipelineAudit, without: OpportunityRow | None = None
) -> GoalAhead | None:
    """Return the goal that open deals are for next; what must be opened is told as if a deal were let go.

    None where no goal counts won deals, or each is reached or over.
    """
    standings = [
        one for one in audit.standings if one.goal.metric in FROM_DEALS and one.gap > 0 and not one.asks_start
    ]
    if not standings:
        return None
    question = await Reader(scope, audit.team, audit.today).question(standings[0])
    right = await team_calibration(scope, audit.team)
    found = GoalAhead(standings[0], question, right, None, await outlook_ahead(scope, audit, without))
    return replace(found, chance=await chance_with(scope, found, ()))


async def chance_with(scope: Scope, goal: GoalAhead, left: Sequence[OpportunityRow]) -> float | None:
    """Return P(hit) of a goal as it would be had some open deals been let go; None where there is no figure."""
    records = tuple(record_of(deal) for deal in left)
    raw = await worked(scope, chance_without, goal.question, records)
    return raw if raw is None or goal.right is None else goal.right.of(raw)


def record_of(deal: OpportunityRow) -> DealRecord:
    """Return an open deal as forecasts see it."""
    return DealRecord(
        str(deal.owner_id),
        deal.product,
        deal.opened_on,
        deal.closed_on,
        deal.stage,
        deal.value_minor,
        is_bare(deal),
    )


async def outlook_ahead(scope: Scope, audit: PipelineAudit, without: OpportunityRow | None) -> Outlook | None:
    """Return the runway that says what must be opened: the first that is open, else the first there is."""
    rows = [
        row
        for row in await open_goals(scope, audit.owner.user_id, audit.today)
        if has_runway(row, audit.today)
    ]
    left = [audit.ahead(without)] if without is not None else []
    found = await outlooks(scope, rows, audit.owner, audit.team, audit.today, left)
    return next((one for one in found if one.is_open), next(iter(found), None))


async def likely_of(scope: Scope, owners: Sequence[str], today: date) -> dict[str, LikelyValue] | None:
    """Return by currency what the open deals of these people are likely worth; None where nothing tells."""
    record = await record_on(scope, today)
    if not record.cycle.has_history:
        return None
    deals = await open_deals_of(scope, owners, today, record.by_product)
    return likely_values([deal for theirs in deals.values() for deal in theirs], record.cycle, today)
