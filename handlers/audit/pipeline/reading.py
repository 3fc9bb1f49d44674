"""Reading an audit: whose pipeline is meant, who may see it, and a page as it is, or as a step will leave it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.context import Context
from handlers.goals.goal.owner import MENTION, owner_of, user_named
from sales.audit.answer import CUTS
from sales.audit.check import CheckRecord, DealFinding
from sales.audit.page import AuditPage, AuditSpot, AuditStep, CutDeal, after
from sales.pipeline.opportunity import Opportunity
from sales.refusal import Refusal
from storage.audit.finding import FindingAnswerRow, answered_since
from storage.audit.pipeline import GoalAhead, PipelineAudit, chance_with, goal_ahead, pipeline_audit
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
    named = MENTION.fullmatch(text)
    if text and named is None:
        raise Refusal("I read `/pipeline`, `/pipeline @ana` and `/pipeline team`.", example="/pipeline")
    if named is None:
        return await read_by(context, context.member.user_id)
    return await read_by(context, named["id"] or await user_named(context, named["name"]))


async def plan(
    scope: Scope,
    reading: PipelineReading,
    spot: AuditSpot,
    step: AuditStep | None = None,
    said: Opportunity | None = None,
    without: str = "",
) -> tuple[Sequence[DealFinding], AuditPage]:
    """Return what a step settles, and the page behind it; nothing is stored.

    `said` is what the step makes of its deal. Of a check that is to be switched off nothing is said: `without`.
    """
    audit = await pipeline_audit(scope, reading.owner, reading.team, reading.reader_id, reading.today)
    left = after([one for one in audit.findings if one.check.key != without], step, spot.at)
    settled = left.settled[0].deal if left.settled else None
    deal = next((one for one in audit.deals if settled is not None and one.id == settled.id), None)
    is_cut = deal is not None and step is not None and step.answer in CUTS
    chances = await chances_of(scope, audit, deal if is_cut else None)
    before = await answered_since(scope, reading.reader_id, reading.owner.user_id, spot.since)
    done = done_by(step, deal, said, chances) if deal is not None and step is not None else None
    cuts = [cut_of(answer, row) for answer, row in before.cuts] + ([done] if done and is_cut else [])
    gone = {deal.id} if deal is not None and is_cut else set()
    instead = {deal.id: said} if deal is not None and said is not None else {}
    cleared = before.cleared + len(left.settled)
    finding = left.finding
    return left.settled, AuditPage(
        spot=spot._replace(at=left.at),
        today=reading.today,
        owner=reading.named,
        likely=audit.likely(instead),
        has_history=audit.record.cycle.has_history,
        deals=len(audit.deals) - len(gone),
        suspects=audit.suspects,
        parked=audit.parked + (1 if is_cut and said is not None and said.closed_on is None else 0),
        dead=sum(row.id not in gone for row in audit.dead),
        chance=chances.after if is_cut else chances.now,
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


@dataclass(frozen=True)
class CutChances:
    """The chance of the goal that the deals are for: now, behind a cut, and without what looks lost."""

    goal: GoalAhead | None = None
    now: float | None = None
    after: float | None = None
    without_dead: float | None = None


async def chances_of(scope: Scope, audit: PipelineAudit, cut: OpportunityRow | None) -> CutChances:
    """Return what a cut does to the chance; each figure is the model run again without those deals (mechanism 74)."""
    goal = await goal_ahead(scope, audit, cut)
    if goal is None or goal.chance is None:
        return CutChances(goal)
    gone = [cut] if cut is not None else []
    dead = [*gone, *(row for row in audit.dead if cut is None or row.id != cut.id)]
    behind = await chance_with(scope, goal, gone) if gone else goal.chance
    without = await chance_with(scope, goal, dead) if dead else goal.chance
    return CutChances(goal, goal.chance, behind, without)


def done_by(
    step: AuditStep, deal: OpportunityRow, said: Opportunity | None, chances: CutChances
) -> CutDeal | None:
    """Return what a step does, for the line that says so; None where one only looks on."""
    if step.answer is None:
        return None
    is_cut = step.answer in CUTS
    return CutDeal(
        name=deal.name,
        value_minor=deal.value_minor,
        currency=deal.currency,
        answer=step.answer,
        before=chances.now if is_cut else None,
        after=chances.after if is_cut else None,
        until=said.parked_until if said is not None and is_cut else None,
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
