"""Answers to findings, checks that somebody switched off, and how each check fared."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlmodel import Field, Index, SQLModel, col, func, select

from sales.audit.answer import CUTS, STAYS, AnswerKind, FindingAnswer
from sales.audit.check import CheckRecord
from sales.pipeline.cycle import Cycle
from sales.pipeline.opportunity import CLOSED, Stage
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope


class FindingAnswerRow(FindingAnswer, table=True):
    """One answer; it goes with its deal."""

    __tablename__ = "finding_answer"
    __table_args__ = (
        Index("ix_finding_answer_deal", "opportunity_id", "check"),
        Index("ix_finding_answer_user", "workspace_id", "user_id"),
        {"sqlite_autoincrement": True},  # a round of answers begins behind an id: none is used twice
    )

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE")


class CheckMuteRow(SQLModel, table=True):
    """A check that one person never wants to read again."""

    __tablename__ = "check_mute"

    workspace_id: str = Field(primary_key=True, foreign_key="workspace.id")
    user_id: str = Field(primary_key=True, max_length=40)
    check: str = Field(primary_key=True, max_length=40)


async def add_answers(scope: Scope, answers: Sequence[FindingAnswer]) -> list[FindingAnswerRow]:
    """Store what somebody answered."""
    rows = [
        FindingAnswerRow.model_validate({**one.model_dump(), "workspace_id": scope.workspace_id})
        for one in answers
    ]
    scope.session.add_all(rows)
    await scope.session.flush()
    return rows


async def last_answers(scope: Scope, owner_id: str) -> list[FindingAnswerRow]:
    """Return the last answer to each check on each of a rep's deals that are neither won nor lost."""
    statement = (
        select(FindingAnswerRow)
        .join(OpportunityRow, col(OpportunityRow.id) == col(FindingAnswerRow.opportunity_id))
        .where(
            FindingAnswerRow.workspace_id == scope.workspace_id,
            OpportunityRow.owner_id == owner_id,
            col(OpportunityRow.stage).not_in(CLOSED),
        )
    )
    found = {
        (row.opportunity_id, row.check): row
        for row in await scope.session.exec(statement.order_by(col(FindingAnswerRow.id)))
    }
    return list(found.values())


async def newest_answer(scope: Scope) -> int:
    """Return the id of the workspace's last answer: behind it a round of answers begins."""
    statement = select(func.max(col(FindingAnswerRow.id))).where(
        FindingAnswerRow.workspace_id == scope.workspace_id
    )
    return (await scope.session.exec(statement)).one() or 0


class AnsweredRound(NamedTuple):
    """What somebody answered in a round: how much was cleared, and what was cut, with the deals."""

    cleared: int
    cuts: Sequence[tuple[FindingAnswerRow, OpportunityRow]]


async def answered_since(scope: Scope, reader_id: str, owner_id: str, since: int) -> AnsweredRound:
    """Return what somebody answered on a rep's deals behind an answer's id; a deal that was cut is there once."""
    statement: Any = (
        select(FindingAnswerRow, OpportunityRow)
        .join(OpportunityRow, col(OpportunityRow.id) == col(FindingAnswerRow.opportunity_id))
        .where(
            FindingAnswerRow.workspace_id == scope.workspace_id,
            FindingAnswerRow.user_id == reader_id,
            col(FindingAnswerRow.id) > since,
            OpportunityRow.owner_id == owner_id,
        )
        .order_by(col(FindingAnswerRow.id))
    )
    rows = list(await scope.session.exec(statement))
    pairs = {(answer.opportunity_id, answer.check) for answer, _ in rows}
    gone = (Stage.LOST, Stage.PARKED)
    cuts = {deal.id: (answer, deal) for answer, deal in rows if answer.answer in CUTS and deal.stage in gone}
    return AnsweredRound(len(pairs), list(cuts.values()))


async def check_mutes(scope: Scope, user_id: str) -> set[str]:
    """Return which checks somebody switched off."""
    statement = select(CheckMuteRow.check).where(
        CheckMuteRow.workspace_id == scope.workspace_id, CheckMuteRow.user_id == user_id
    )
    return set(await scope.session.exec(statement))


async def find_check_mute(scope: Scope, user_id: str, check: str) -> CheckMuteRow | None:
    """Return the row that says that somebody switched a check off, or None."""
    statement = select(CheckMuteRow).where(
        CheckMuteRow.workspace_id == scope.workspace_id,
        CheckMuteRow.user_id == user_id,
        CheckMuteRow.check == check,
    )
    return (await scope.session.exec(statement)).one_or_none()


async def mute_check(scope: Scope, user_id: str, check: str) -> CheckMuteRow:
    """Switch a check off for somebody."""
    row = CheckMuteRow(workspace_id=scope.workspace_id, user_id=user_id, check=check)
    scope.session.add(row)
    await scope.session.flush()
    return row


async def unmute_check(scope: Scope, row: CheckMuteRow) -> None:
    """Let a check speak to somebody again."""
    await scope.session.delete(row)
    await scope.session.flush()


async def check_records(scope: Scope, cycle: Cycle) -> Mapping[str, CheckRecord]:
    """Return how each check fared in this workspace; one that nobody answered yet is missing.

    `cycle` tells how deals went that it did not flag, or that nobody kept.
    """
    kept: Any = (
        select(FindingAnswerRow.check, OpportunityRow.stage, func.count(func.distinct(OpportunityRow.id)))
        .join(OpportunityRow, col(OpportunityRow.id) == col(FindingAnswerRow.opportunity_id))
        .where(
            FindingAnswerRow.workspace_id == scope.workspace_id,
            col(FindingAnswerRow.answer).in_(STAYS),
            col(OpportunityRow.stage).in_(CLOSED),
        )
        .group_by(col(FindingAnswerRow.check), col(OpportunityRow.stage))
    )
    said: Any = (
        select(FindingAnswerRow.check, FindingAnswerRow.answer, func.count())
        .where(FindingAnswerRow.workspace_id == scope.workspace_id)
        .group_by(col(FindingAnswerRow.check), col(FindingAnswerRow.answer))
    )
    ended = {(check, stage): count for check, stage, count in await scope.session.exec(kept)}
    counts = {(check, answer): count for check, answer, count in await scope.session.exec(said)}
    return {check: _record(check, ended, counts, cycle) for check in {check for check, _ in counts}}


def _record(
    check: str,
    ended: Mapping[tuple[str, Stage], int],
    counts: Mapping[tuple[str, AnswerKind], int],
    cycle: Cycle,
) -> CheckRecord:
    won, lost = ended.get((check, Stage.WON), 0), ended.get((check, Stage.LOST), 0)
    others_won = max(0, cycle.won - won)
    return CheckRecord(
        resolved=won + lost,
        won=won,
        others=others_won + max(0, cycle.lost - lost),
        others_won=others_won,
        fixed=counts.get((check, AnswerKind.FIXED), 0),
        waved=sum(counts.get((check, answer), 0) for answer in STAYS),
    )


async def is_answered(scope: Scope, given: FindingAnswer) -> bool:
    """Say whether the same was answered already, with nothing having happened on the deal since."""
    statement = (
        select(FindingAnswerRow)
        .where(
            FindingAnswerRow.workspace_id == scope.workspace_id,
            FindingAnswerRow.opportunity_id == given.opportunity_id,
            FindingAnswerRow.check == given.check,
        )
        .order_by(col(FindingAnswerRow.id).desc())
        .limit(1)
    )
    last = (await scope.session.exec(statement)).first()
    return last is not None and (last.answer, last.happened, last.on) == (
        given.answer,
        given.happened,
        given.on,
    )
