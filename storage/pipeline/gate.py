"""The entry gate: what each team's asks, what suspects show of it, and how many deals are past it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlmodel import Field, SQLModel, UniqueConstraint, col, delete, or_, select

from sales.followups.followup import FollowUp, FollowUpState
from sales.followups.next_step import CONVERSATIONS
from sales.language.names.match import folded
from sales.pipeline.gate import SPOKE_WITHIN, AtGate, Gate, GateQuestion, Integrity, ShownAnswer
from sales.pipeline.opportunity import Stage
from storage.followups.activity import ActivityRow
from storage.followups.followup import FollowUpRow
from storage.people.member import find_members
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

AT_ONCE = 500  # deals in one question: far below every engine's limit of parameters

Answers = dict[GateQuestion, ShownAnswer]


class GateRow(Gate, table=True):
    """A team's gate; one without a row asks the usual questions."""

    __tablename__ = "deal_gate"
    __table_args__ = (UniqueConstraint("workspace_id", "team_id"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    team_id: int = Field(foreign_key="team.id")


class GateAnswerRow(SQLModel, table=True):
    """Somebody's word that a deal shows one of the things a gate asks for, since a local day of theirs."""

    __tablename__ = "gate_answer"
    __table_args__ = (UniqueConstraint("opportunity_id", "question"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    opportunity_id: int = Field(foreign_key="opportunity.id", ondelete="CASCADE")
    question: GateQuestion
    on: date
    by: str = Field(max_length=40)


async def gate_row(scope: Scope, team_id: int) -> GateRow | None:
    """Return a team's own gate; None where it asks the usual."""
    statement = select(GateRow).where(GateRow.workspace_id == scope.workspace_id, GateRow.team_id == team_id)
    return (await scope.session.exec(statement)).one_or_none()


async def gate_of_team(scope: Scope, team_id: int | None) -> Gate:
    """Return what a team's gate asks; the usual where it chose nothing, or where there is no team."""
    if team_id is None:
        return Gate()
    return await scope.once(GateRow, team_id, lambda: gate_row(scope, team_id)) or Gate()


async def gates_by_team(scope: Scope) -> dict[int, Gate]:
    """Return the gates of the teams that chose theirs, by team."""
    rows = await scope.session.exec(select(GateRow).where(GateRow.workspace_id == scope.workspace_id))
    return {row.team_id: row for row in rows}


async def save_gate(scope: Scope, team_id: int, gate: Gate) -> GateRow:
    """Let a team's gate ask this from now on."""
    row = await gate_row(scope, team_id)
    if row is None:
        values = {**gate.model_dump(), "workspace_id": scope.workspace_id, "team_id": team_id}
        row = GateRow.model_validate(values)
    else:
        row.sqlmodel_update(gate.model_dump())
    scope.session.add(row)
    await scope.session.flush()
    scope.forget(GateRow)
    return row


async def imported_stages(scope: Scope, most: int) -> list[str]:
    """Return what imports call the stages of deals that are neither won, lost nor parked, in order of the alphabet."""
    statement = (
        select(col(OpportunityRow.stage_label))
        .where(
            OpportunityRow.workspace_id == scope.workspace_id,
            col(OpportunityRow.external_id).is_not(None),
            col(OpportunityRow.stage).in_((Stage.OPEN, Stage.SUSPECT)),
            OpportunityRow.stage_label != "",
        )
        .distinct()
    )
    return list(await scope.session.exec(statement.order_by(col(OpportunityRow.stage_label)).limit(most)))


async def answer_gate(scope: Scope, deal_id: int, question: GateQuestion, on: date, by: str) -> GateAnswerRow:
    """Store that a deal shows something; it must not be there yet."""
    row = GateAnswerRow(
        workspace_id=scope.workspace_id, opportunity_id=deal_id, question=question, on=on, by=by
    )
    scope.session.add(row)
    await scope.session.flush()
    return row


async def answers_to_gate(scope: Scope, deal_ids: Sequence[int]) -> list[GateAnswerRow]:
    """Return what somebody said that some deals show."""
    found: list[GateAnswerRow] = []
    for start in range(0, len(deal_ids), AT_ONCE):
        statement = select(GateAnswerRow).where(
            GateAnswerRow.workspace_id == scope.workspace_id,
            col(GateAnswerRow.opportunity_id).in_(deal_ids[start : start + AT_ONCE]),
        )
        found += await scope.session.exec(statement)
    return found


async def take_back_answers(scope: Scope, rows: Sequence[GateAnswerRow]) -> None:
    """Remove what somebody said that a deal shows."""
    ids = [row.id for row in rows]
    await scope.session.exec(delete(GateAnswerRow).where(col(GateAnswerRow.id).in_(ids)))


async def at_gate(scope: Scope, deal: OpportunityRow, today: date) -> AtGate:
    """Return where a suspect stands at the gate of its owner's team."""
    owners = await find_members(scope, [deal.owner_id]) if deal.owner_id else []
    gate = await gate_of_team(scope, owners[0].team_id if owners else None)
    return AtGate(gate.asked, (await shown_by(scope, [deal], today)).get(deal.id, {}))


async def shown_by(scope: Scope, deals: Sequence[OpportunityRow], today: date) -> Mapping[int, Answers]:
    """Return what each of some suspects shows: by somebody's word, or by what their owners promised and did."""
    found: dict[int, Answers] = {deal.id: {} for deal in deals}
    owners = sorted({deal.owner_id for deal in deals if deal.owner_id})
    steps, talks = await promised(scope, owners, today), await talked(scope, owners, today)
    for deal in deals:
        about = about_deal(deal)
        if (step := earliest(steps, deal, about)) is not None:
            shown = ShownAnswer(step.created_at.date(), step.what, step.due_on)
            found[deal.id][GateQuestion.NEXT_STEP] = shown
        if (talk := earliest(talks, deal, about)) is not None:
            found[deal.id][GateQuestion.SPOKE] = ShownAnswer(talk.on)
    for answer in await answers_to_gate(scope, [deal.id for deal in deals]):
        found[answer.opportunity_id].setdefault(answer.question, ShownAnswer(answer.on, by_tick=True))
    return found


Owned = dict[tuple[str, str | int], Any]  # rows by owner, and by a deal's id or a name as it is compared


async def promised(scope: Scope, owner_ids: Sequence[str], today: date) -> Owned:
    """Return what these people have promised for today or later, the earliest of each deal and name."""
    statement = select(FollowUpRow).where(
        FollowUpRow.workspace_id == scope.workspace_id,
        col(FollowUpRow.owner_id).in_(owner_ids),
        FollowUpRow.state == FollowUpState.OPEN,
        FollowUpRow.due_on >= today,
    )
    rows = await scope.session.exec(statement.order_by(col(FollowUpRow.due_on), col(FollowUpRow.id)))
    return by_names((row.owner_id, row.opportunity_id, row.who, row) for row in rows)


async def talked(scope: Scope, owner_ids: Sequence[str], today: date) -> Owned:
    """Return the last conversations of these people, the latest with each name."""
    statement = select(ActivityRow).where(
        ActivityRow.workspace_id == scope.workspace_id,
        col(ActivityRow.owner_id).in_(owner_ids),
        col(ActivityRow.kind).in_(CONVERSATIONS),
        or_(col(ActivityRow.account).is_not(None), col(ActivityRow.opportunity_id).is_not(None)),
        col(ActivityRow.on).between(today - timedelta(days=SPOKE_WITHIN), today),
    )
    rows = await scope.session.exec(statement.order_by(col(ActivityRow.on).desc(), col(ActivityRow.id)))
    return by_names((row.owner_id, row.opportunity_id, row.account or "", row) for row in rows)


def by_names(rows: Iterable[tuple[str, int | None, str, FollowUp | ActivityRow]]) -> Owned:
    """Return the first row of each deal where one is meant, else of each name that its words hold."""
    found: Owned = {}
    for owner, deal_id, name, row in rows:
        keys: list[str | int] = [deal_id] if deal_id is not None else list(phrases_in(name))
        for key in keys:
            found.setdefault((owner, key), row)
    return found


def phrases_in(text: str) -> Iterable[str]:
    """Yield every run of words of a text as names are compared: "Dana at Acme" holds "acme"."""
    words = text.split()
    for first in range(len(words)):
        for last in range(first, len(words)):
            yield folded(" ".join(words[first : last + 1]))


def about_deal(deal: OpportunityRow) -> list[str]:
    """Return by which names somebody may speak of a deal: its own, its account's, and the first words of its own."""
    words = deal.name.split()
    names = [deal.name, deal.account or "", *(" ".join(words[:count]) for count in range(1, len(words)))]
    return [folded(name) for name in names if name]


def earliest(rows: Owned, deal: OpportunityRow, about: Sequence[str]) -> Any:
    """Return the row that is meant for a deal, or else speaks of it by name; None without any."""
    owner, keys = deal.owner_id or "", list[str | int]([deal.id, *about])
    return next((rows[owner, key] for key in keys if (owner, key) in rows), None)


async def integrity_of(scope: Scope, owner_ids: Collection[str], today: date) -> dict[str, Integrity]:
    """Return how far the deals of each of these people show what their team's gate asks; without deals one is missing.

    It is counted when it is asked for, from deals as they are today.
    """
    statement = select(OpportunityRow).where(
        OpportunityRow.workspace_id == scope.workspace_id,
        col(OpportunityRow.owner_id).in_(owner_ids),
        col(OpportunityRow.stage).in_((Stage.OPEN, Stage.SUSPECT)),
    )
    rows = list(await scope.session.exec(statement.order_by(col(OpportunityRow.owner_id))))
    suspects = [row for row in rows if row.stage is Stage.SUSPECT]
    shown = await shown_by(scope, suspects, today) if suspects else {}
    teams = {member.user_id: member.team_id for member in await find_members(scope, owner_ids)}
    found: dict[str, Integrity] = {}
    for owner_id, theirs in groupby(rows, lambda row: row.owner_id or ""):
        gate, counted = await gate_of_team(scope, teams.get(owner_id)), Integrity()
        for row in theirs:
            if row.stage is Stage.SUSPECT:
                counted = counted.with_suspect(AtGate(gate.asked, shown[row.id]).missing)
            else:
                counted = counted.with_open(row)
        found[owner_id] = counted
    return found
