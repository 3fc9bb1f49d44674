"""Reading an audit: whose pipeline is meant, who may see it, and a page as it is, or as a step will leave it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.context import Context
from handlers.goals.goal.owner import owner_of, user_meant
from sales.audit.answer import CUTS, AnswerKind, happened_on
from sales.audit.check import CheckRecord, DealFinding
from sales.audit.foreseen import Foresee
from sales.audit.page import AuditPage, AuditSpot, AuditStep, CutDeal, after
from sales.pipeline.opportunity import StoredOpportunity
from sales.refusal import Refusal
from storage.audit.finding import FindingAnswerRow, answered_since
from storage.audit.pipeline import (
    GoalAhead,
    PipelineAudit,
    chance_with,
    goal_ahead,
    moved_between,
    pipeline_audit,
)
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

OTHERS = "The pipelines of others are for their managers and for admins."


@dataclass(frozen=True)
class PipelineReading:
    """A pipeline, who reads it, and on which day of its owner's."""

    owner: MemberRow
    team: TeamRow
    today: date
    reader_id: str

    @property
    def named(self) -> str:
        """Whose pipeline it is; empty for the reader's own."""
        return "" if self.owner.user_id == self.reader_id else self.owner.name


async def read_by(context: Context, user_id: str) -> PipelineReading:
    """Return somebody's pipeline for the asking person.

    Raises:
        PermissionRefusal: if it is not theirs to read.
        Refusal: if whose it is is in no team.
    """
    owner = await owner_of(context, user_id, others=OTHERS, then=" first", may_have_left=True)
    return PipelineReading(owner.member, owner.team, owner.today, context.member.user_id)


async def meant(context: Context) -> PipelineReading:
    """Return the pipeline that somebody asks for: the one of whom they name, else their own.

    Raises:
        Refusal: for words that name nobody, and as `read_by`.
    """
    text = context.text.strip()
    user_id = await user_meant(context, text)
    if text and user_id is None:
        raise Refusal("I read `/pipeline`, `/pipeline @ana` and `/pipeline team`.", example="/pipeline")
    return await read_by(context, user_id or context.member.user_id)


@dataclass(frozen=True)
class StepEffect:
    """What a step does beside answering: to the deals, until when one rests, which check it switches off."""

    foresee: Foresee | None = None
    until: date | None = None
    off: str = ""


ANSWERED = StepEffect()  # nothing is done but that


@dataclass(frozen=True)
class StepPlan:
    """What a step settles, the page behind it, and what has happened by then on the deal it is about."""

    settled: Sequence[DealFinding]
    page: AuditPage
    happened: str = ""


async def plan(
    scope: Scope,
    reading: PipelineReading,
    spot: AuditSpot,
    step: AuditStep | None = None,
    effect: StepEffect = ANSWERED,
) -> StepPlan:
    """Return what a step settles, and the page behind it; nothing is stored."""
    audit = await pipeline_audit(scope, reading.owner, reading.team, reading.reader_id, reading.today)
    if effect.off:
        audit = audit.checked(audit.facts, off={effect.off})
    behind = audit
    if step is not None and step.answer is not None and acted_on(audit, step):
        behind = audit.behind(step, effect.foresee)
    left = after(audit.findings, step, spot.at, behind.findings)
    deal = left.settled[0].deal if left.settled else None
    is_cut = deal is not None and step is not None and step.answer in CUTS
    chances = await chances_of(scope, audit, behind)
    before = await answered_since(scope, reading.reader_id, reading.owner.user_id, spot.since)
    done = done_by(step, deal, effect, chances) if deal is not None and step is not None else None
    cuts = [cut_of(answer, row) for answer, row in before.cuts] + ([done] if done and is_cut else [])
    cleared = before.cleared + len(left.settled)
    finding = left.finding
    page = AuditPage(
        spot=spot._replace(at=left.at),
        today=reading.today,
        owner=reading.named,
        likely=behind.likely,
        has_history=audit.record.cycle.has_history,
        deals=len(behind.deals),
        suspects=audit.suspects,
        parked=audit.parked + (1 if is_cut and step is not None and step.answer is AnswerKind.PARKED else 0),
        dead=len(behind.dead),
        chance=chances.after,
        without_dead=chances.without_dead,
        finding=finding,
        record=audit.records.get(finding.check.key, CheckRecord()) if finding else CheckRecord(),
        number=cleared + left.at + 1,
        total=cleared + len(left.findings),
        cleared=cleared,
        outlook=chances.goal.outlook if chances.goal is not None else None,
        done=done,
        cuts=cuts,
    )
    return StepPlan(left.settled, page, happened_by(behind, step))


def acted_on(audit: PipelineAudit, step: AuditStep) -> DealFinding | None:
    """Return the finding that a step is about, wherever it stands; None where it holds no more."""
    return next((one for one in audit.findings if one.key == step[:2]), None)


def happened_by(audit: PipelineAudit, step: AuditStep | None) -> str:
    """Return what has happened on the deal of a step; empty where it is open no more."""
    found = [one for one in audit.facts if step is not None and one.deal.id == step.deal_id]
    return happened_on(found[0]) if found else ""


async def finding_of(scope: Scope, reading: PipelineReading, step: AuditStep) -> DealFinding | None:
    """Return the finding that somebody pressed, as it stands now; None where it holds no more."""
    audit = await pipeline_audit(scope, reading.owner, reading.team, reading.reader_id, reading.today)
    return acted_on(audit, step)


@dataclass(frozen=True)
class StepChances:
    """The chance of the goal that the deals are for: now, behind a step, and without what looks lost then."""

    goal: GoalAhead | None = None
    now: float | None = None
    after: float | None = None
    without_dead: float | None = None


async def chances_of(scope: Scope, audit: PipelineAudit, behind: PipelineAudit) -> StepChances:
    """Return what a step does to the chance; each figure is the model run again with other deals (mechanism 74)."""
    moved = moved_between(audit, behind)
    goal = await goal_ahead(scope, audit, moved)
    if goal is None or goal.chance is None:
        return StepChances(goal)
    dead = {row.id for row in behind.dead}
    alive = replace(behind, facts=[one for one in behind.facts if one.deal.id not in dead])
    after = await chance_with(scope, audit, goal, moved)
    return StepChances(
        goal,
        goal.chance,
        after,
        await chance_with(scope, audit, goal, moved_between(audit, alive)) if dead else after,
    )


def done_by(
    step: AuditStep, deal: StoredOpportunity, effect: StepEffect, chances: StepChances
) -> CutDeal | None:
    """Return what a step does, for the line that says so; None where one only looks on."""
    if step.answer is None:
        return None
    is_cut = step.answer in CUTS
    is_mend = effect.foresee is not None and not is_cut
    return CutDeal(
        name=deal.name,
        value_minor=deal.value_minor,
        currency=deal.currency,
        answer=AnswerKind.FIXED if is_mend else step.answer,
        before=chances.now if is_cut else None,
        after=chances.after if is_cut else None,
        until=effect.until,
    )


def cut_of(answer: FindingAnswerRow, deal: OpportunityRow) -> CutDeal:
    """Return a deal that was cut earlier in the same round."""
    return CutDeal(
        deal.name,
        deal.value_minor,
        deal.currency,
        answer.answer,
        answer.chance_before,
        answer.chance_after,
        deal.parked_until,
    )
