"""Playbooks: the steps of a team's stages, and which of them were done for which deal."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlmodel import Field, Index, UniqueConstraint, col, func, select

from sales.craft.playbook import (
    DealSteps,
    PlaybookStep,
    StageSteps,
    StepChanges,
    StepTick,
    StoredStep,
    by_stage,
    left_open,
    steps_of_deal,
)
from sales.language.names.match import name_key
from sales.pipeline.opportunity import CLOSED, StoredOpportunity
from sales.value import changed
from storage.people.member import rep_ids, team_id_of
from storage.pipeline.opportunity import OpportunityRow
from storage.pipeline.stage import stages_of
from storage.pipeline.tender import tender_of
from storage.row_image import Touched, image
from storage.rows import restate
from storage.scope import Scope


class PlaybookStepRow(StoredStep, table=True):
    """One step of a team's; one that was taken out stays, with the day."""

    __tablename__ = "playbook_step"
    __table_args__ = (
        Index("ix_playbook_step_team", "workspace_id", "team_id"),
        {"sqlite_autoincrement": True},  # ids are never used twice: old boxes must not reach newer steps
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


class StepTickRow(StepTick, table=True):
    """That a step was done for a deal; it goes with the deal, and with a step whose writing is taken back."""

    __tablename__ = "step_tick"
    __table_args__ = (
        UniqueConstraint("opportunity_id", "step_id"),
        Index("ix_step_tick_step", "step_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE")
    step_id: int = Field(foreign_key="playbook_step.id", ondelete="CASCADE")


async def every_step(scope: Scope, team_id: int | None) -> list[PlaybookStepRow]:
    """Return a team's steps, those that were taken out too, in the order they were written; none for no team."""
    if team_id is None:
        return []

    async def read() -> list[PlaybookStepRow]:
        statement = select(PlaybookStepRow).where(
            PlaybookStepRow.workspace_id == scope.workspace_id, PlaybookStepRow.team_id == team_id
        )
        return list(await scope.session.exec(statement.order_by(col(PlaybookStepRow.id))))

    return await scope.once(PlaybookStepRow, team_id, read)


async def playbook_of(scope: Scope, team_id: int | None) -> list[StageSteps]:
    """Return a team's stages with their steps as they stand, stages without any included."""
    return by_stage(await every_step(scope, team_id), await stages_of(scope, team_id))


async def find_step(scope: Scope, step_id: int) -> PlaybookStepRow | None:
    """Return one step of this workspace, or None."""
    row = await scope.session.get(PlaybookStepRow, step_id)
    return row if row is not None and row.workspace_id == scope.workspace_id else None


async def save_steps(scope: Scope, team_id: int, changes: StepChanges, today: date) -> list[Touched]:
    """Make a team's steps what they are to be; return what undoing it needs, nothing where all is as it was."""
    touched: list[Touched] = []
    for step, said in changes.kept:
        touched += await restate_step(scope, step, said)
    for step in changes.gone:
        touched += await restate_step(scope, step, changed(PlaybookStep, step, gone_on=today))
    for said in changes.added:
        values = {**said.model_dump(), "workspace_id": scope.workspace_id, "team_id": team_id}
        row = PlaybookStepRow.model_validate(values)
        scope.session.add(row)
        touched.append(Touched(row))
    await scope.session.flush()
    scope.forget(PlaybookStepRow)
    return touched


async def restate_step(scope: Scope, step: StoredStep, said: PlaybookStep) -> list[Touched]:
    """Let a stored step say something else; return what undoing it needs, nothing where it says that already."""
    assert isinstance(step, PlaybookStepRow)
    if changed(PlaybookStep, step) == said:
        return []
    before = image(step)
    await restate(scope, step, PlaybookStep, said)
    return [Touched(step, before)]


async def same_step(scope: Scope, old: PlaybookStepRow, new: PlaybookStepRow) -> list[Touched]:
    """Let a step that was taken out be the one that came in its place, with what is ticked of both; one is left."""
    touched: list[Touched] = []
    ticked = {tick.opportunity_id for tick in await ticks_of_step(scope, old.id)}
    for tick in await ticks_of_step(scope, new.id):
        if tick.opportunity_id in ticked:
            touched.append(Touched(tick, image(tick), gone=True))
            await scope.session.delete(tick)
        else:
            touched.append(Touched(tick, image(tick, ("step_id",)), columns=("step_id",)))
            tick.step_id = old.id
            scope.session.add(tick)
    await scope.session.flush()
    said = changed(PlaybookStep, new, since=old.since)
    # Undo begins at the end: the newer step is there again before its ticks are given back to it.
    touched.append(Touched(new, image(new), gone=True))
    await scope.session.delete(new)
    await scope.session.flush()
    scope.forget(PlaybookStepRow)
    return [*touched, *await restate_step(scope, old, said)]


async def ticks_of_step(scope: Scope, step_id: int) -> list[StepTickRow]:
    """Return for which deals a step was done."""
    statement = select(StepTickRow).where(
        StepTickRow.workspace_id == scope.workspace_id, StepTickRow.step_id == step_id
    )
    return list(await scope.session.exec(statement.order_by(col(StepTickRow.id))))


async def ticks_of_deal(scope: Scope, deal_id: int) -> dict[int, StepTickRow]:
    """Return which steps were done for a deal, by step."""
    statement = select(StepTickRow).where(
        StepTickRow.workspace_id == scope.workspace_id, StepTickRow.opportunity_id == deal_id
    )
    return {row.step_id: row for row in await scope.session.exec(statement)}


async def tick_steps(
    scope: Scope, deal_id: int, on: Collection[int], off: Collection[int], today: date, by: str
) -> list[Touched]:
    """Tick steps of a deal and take others back; return what undoing it needs, nothing where all is as it was."""
    held, touched = await ticks_of_deal(scope, deal_id), list[Touched]()
    for step_id in off:
        if step_id in held:
            touched.append(Touched(held[step_id], image(held[step_id]), gone=True))
            await scope.session.delete(held[step_id])
    for step_id in on:
        if step_id not in held:
            said = StepTick(opportunity_id=deal_id, step_id=step_id, on=today, by=by)
            row = StepTickRow.model_validate({**said.model_dump(), "workspace_id": scope.workspace_id})
            scope.session.add(row)
            touched.append(Touched(row))
    await scope.session.flush()
    return touched


async def steps_for(scope: Scope, deal: StoredOpportunity) -> DealSteps | None:
    """Return where a deal stands in the playbook of its owner's team; None where that has nothing to say of it."""
    found = await playbook_of(scope, await team_id_of(scope, deal.owner_id))
    if not any(each.steps for each in found):
        return None
    tender = await tender_of(scope, deal.id) if deal.is_tender else None
    return steps_of_deal(deal, found, await ticks_of_deal(scope, deal.id), tender)


async def steps_left(scope: Scope, owner_id: str, deal_id: int, was: str, now: str) -> list[StoredStep]:
    """Return which steps a deal left unticked that went on from one stage of its team's to another."""
    found = await playbook_of(scope, await team_id_of(scope, owner_id))
    if not any(each.steps for each in found):
        return []
    return left_open(was, now, found, (await ticks_of_deal(scope, deal_id)).get)


async def deals_standing(scope: Scope, team_id: int) -> dict[str, int]:
    """Return how many live deals of a team's reps stand in each stage, by how the stage is compared."""
    deal = OpportunityRow
    statement: Any = (
        select(col(deal.stage_label), func.count())
        .where(*_live(scope, await rep_ids(scope, team_id)), deal.stage_label != "")
        .group_by(col(deal.stage_label))
    )
    found: dict[str, int] = {}
    for label, count in await scope.session.exec(statement):
        found[name_key(label)] = found.get(name_key(label), 0) + int(count)
    return found


async def live_ticks(scope: Scope, team_id: int, step_ids: Sequence[int]) -> dict[int, int]:
    """Return on how many live deals of a team's reps each of some steps is ticked; on none being missing."""
    if not step_ids:
        return {}
    statement: Any = (
        select(col(StepTickRow.step_id), func.count())
        .join(OpportunityRow, col(OpportunityRow.id) == col(StepTickRow.opportunity_id))
        .where(
            StepTickRow.workspace_id == scope.workspace_id,
            col(StepTickRow.step_id).in_(step_ids),
            *_live(scope, await rep_ids(scope, team_id)),
        )
        .group_by(col(StepTickRow.step_id))
    )
    return {step_id: int(count) for step_id, count in await scope.session.exec(statement)}


def _live(scope: Scope, owner_ids: Collection[str]) -> Sequence[Any]:
    return (
        OpportunityRow.workspace_id == scope.workspace_id,
        col(OpportunityRow.owner_id).in_(sorted(owner_ids)),
        col(OpportunityRow.stage).not_in(CLOSED),
    )
