"""A rep's pipeline as the audit takes it: what is open, what it is likely worth, what the checks say, and the goal."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sales.audit.answer import STAYS, AnswerKind, FindingAnswer, silenced
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
from sales.audit.foreseen import Foresee
from sales.audit.page import AuditStep
from sales.goals.forecast.calibration import Calibration
from sales.goals.forecast.cut import chance_without
from sales.goals.forecast.question import FROM_DEALS, Question
from sales.goals.forecast.record import DealRecord
from sales.goals.goal import Metric
from sales.goals.progress import GoalProgress
from sales.goals.runway.outlook import Outlook, has_runway
from sales.pipeline.cycle import DealAhead
from sales.pipeline.deal_facts import DealFacts
from sales.pipeline.likely_value import LikelyValue, likely_values
from sales.pipeline.opportunity import Stage, StoredOpportunity, by_currency, stage_on
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
from storage.pipeline.opportunity import live_deals
from storage.pipeline.owner_deals import is_bare
from storage.pipeline.stage import stages_of
from storage.scope import Scope


@dataclass(frozen=True)
class PipelineAudit:
    """A rep's open deals with what the checks say of them; `dead` are those hardly ever won at their age.

    Suspects and parked deals are counted, and in nothing else. `bare` are the deals that somebody typed and behind
    which nothing stands; `answers` the last ones to each check, `off` the checks that say nothing.
    """

    owner: MemberRow
    team: TeamRow
    today: date
    facts: Sequence[DealFacts]
    bare: Collection[int]
    suspects: int
    parked: int
    findings: Sequence[DealFinding]
    dead: Sequence[StoredOpportunity]
    standings: Sequence[GoalProgress]
    records: Mapping[str, CheckRecord]
    record: CycleRecord
    answers: Sequence[FindingAnswer]
    off: Collection[str]

    @property
    def deals(self) -> list[StoredOpportunity]:
        return [one.deal for one in self.facts]

    @property
    def likely(self) -> dict[str, LikelyValue]:
        """What is likely won of the open deals, by currency."""
        return likely_values([self.ahead(deal) for deal in self.deals], self.record.cycle, self.today)

    def ahead(self, deal: StoredOpportunity) -> DealAhead:
        """Return an open deal as the likely value and the runway see it."""
        assert deal.opened_on is not None
        typical = self.record.by_product.get((deal.currency, deal.product), 0.0)
        return DealAhead(str(deal.owner_id), deal.opened_on, deal.value_minor, deal.currency, typical)

    def as_forecast(self, deal: StoredOpportunity) -> DealRecord:
        """Return an open deal as forecasts see it."""
        is_bare = deal.id in self.bare and deal.external_id is None and deal.stage_label == ""
        seen = deal.product, deal.opened_on, deal.closed_on, deal.stage, deal.value_minor
        return DealRecord(str(deal.owner_id), *seen, is_bare)

    def checked(
        self, facts: Sequence[DealFacts], step: AuditStep | None = None, off: Collection[str] = ()
    ) -> "PipelineAudit":
        """Return the same pipeline with other deals in it, behind an answer to a finding, or without some checks."""
        deals, off = [one.deal for one in facts], {*self.off, *off}
        known = known_of(self.standings, self.team, self.today, deals, self.record)
        silent = silenced(self.answers, facts, self.today)
        if step is not None and step.answer in STAYS:
            silent[step.deal_id, step.check] = AnswerKind(step.answer)
        return replace(
            self,
            facts=facts,
            off=off,
            findings=findings_of(facts, known, silent, off),
            dead=[one.deal for one in facts if is_dead(one, known)],
        )

    def behind(self, step: AuditStep, foresee: Foresee | None) -> "PipelineAudit":
        """Return the pipeline behind a step that answers a finding; `foresee` is what it does to deals."""
        return self.checked(foresee(self.facts) if foresee is not None else self.facts, step)


async def pipeline_audit(
    scope: Scope, owner: MemberRow, team: TeamRow, reader_id: str, today: date
) -> PipelineAudit:
    """Return a rep's pipeline as one person reads it: without the checks that they switched off, or that retired."""
    live = await live_deals(scope, owner.user_id, today)
    deals = [row for row in live if stage_on(row, today) is Stage.OPEN and row.opened_on is not None]
    facts = await deal_facts(scope, deals, await stages_of(scope, team.id))
    record = await record_on(scope, today)
    records = await check_records(scope, record.cycle)
    read = PipelineAudit(
        owner=owner,
        team=team,
        today=today,
        facts=facts,
        bare={row.id for row in deals if is_bare(row)},
        suspects=sum(row.stage is Stage.SUSPECT for row in live),
        parked=sum(row.stage is Stage.PARKED for row in live),
        findings=(),
        dead=(),
        standings=await member_progress(scope, owner, team, today),
        records=records,
        record=record,
        answers=await last_answers(scope, owner.user_id),
        off=await check_mutes(scope, reader_id) | retired(records),
    )
    return read.checked(facts)


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
    deals: Sequence[StoredOpportunity],
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


@dataclass(frozen=True)
class DealsMoved:
    """Open deals that a step lets go, or makes say something else: as they stood, and as they will."""

    were: Sequence[StoredOpportunity] = ()
    will_be: Sequence[StoredOpportunity] = ()


def moved_between(audit: PipelineAudit, behind: PipelineAudit) -> DealsMoved:
    """Return which open deals forecasts and the runway see otherwise behind a step."""
    was = {deal.id: deal for deal in audit.deals}
    now = {deal.id: deal for deal in behind.deals}

    def looks(deal: StoredOpportunity | None) -> object:
        return deal and (audit.as_forecast(deal), audit.ahead(deal))

    other = [key for key in {**was, **now} if looks(was.get(key)) != looks(now.get(key))]
    return DealsMoved([was[key] for key in other if key in was], [now[key] for key in other if key in now])


async def goal_ahead(scope: Scope, audit: PipelineAudit, moved: DealsMoved) -> GoalAhead | None:
    """Return the goal that open deals are for next; what must be opened is told as if some deals were moved already.

    None where no goal counts won deals, or each is reached or over.
    """
    standings = [
        one for one in audit.standings if one.goal.metric in FROM_DEALS and one.gap > 0 and not one.asks_start
    ]
    if not standings:
        return None
    question = await Reader(scope, audit.team, audit.today).question(standings[0])
    right = await team_calibration(scope, audit.team)
    found = GoalAhead(standings[0], question, right, None, await outlook_ahead(scope, audit, moved))
    return replace(found, chance=await chance_with(scope, audit, found, DealsMoved()))


async def chance_with(scope: Scope, audit: PipelineAudit, goal: GoalAhead, moved: DealsMoved) -> float | None:
    """Return P(hit) of a goal as it would be had some open deals been moved; None where there is no figure."""
    were, will_be = (tuple(map(audit.as_forecast, deals)) for deals in (moved.were, moved.will_be))
    raw = await worked(scope, chance_without, goal.question, were, will_be)
    return raw if raw is None or goal.right is None else goal.right.of(raw)


async def outlook_ahead(scope: Scope, audit: PipelineAudit, moved: DealsMoved) -> Outlook | None:
    """Return the runway that says what must be opened: the first that is open, else the first there is."""
    rows = [
        row
        for row in await open_goals(scope, audit.owner.user_id, audit.today)
        if has_runway(row, audit.today)
    ]
    were, will_be = (list(map(audit.ahead, deals)) for deals in (moved.were, moved.will_be))
    found = await outlooks(scope, rows, audit.owner, audit.team, audit.today, were, will_be)
    return next((one for one in found if one.is_open), next(iter(found), None))


async def likely_of(scope: Scope, owners: Sequence[str], today: date) -> dict[str, LikelyValue] | None:
    """Return by currency what the open deals of these people are likely worth; None where nothing tells."""
    record = await record_on(scope, today)
    if not record.cycle.has_history:
        return None
    deals = await open_deals_of(scope, owners, today, record.by_product)
    return likely_values([deal for theirs in deals.values() for deal in theirs], record.cycle, today)
