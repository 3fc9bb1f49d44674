"""Integrity: how much of people's pipelines is past the entry gate, counted when it is asked for."""

from collections.abc import Collection
from datetime import date

from sqlmodel import col, func, select

from sales.pipeline.gate import AtGate, Integrity
from sales.pipeline.opportunity import Entry, Stage
from storage.engines.statement import Statement, among, given
from storage.engines.turn import give_way
from storage.people.member import find_members
from storage.pipeline.gate import Suspect, gate_of_team, shown_by
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

OPEN = Statement(
    lambda engine: (
        select(
            col(OpportunityRow.owner_id),
            col(OpportunityRow.entry),
            col(OpportunityRow.external_id).is_(None).label("typed"),
            func.count(),
        )
        .where(
            given(OpportunityRow.workspace_id),
            among(engine, col(OpportunityRow.owner_id), "owner_ids"),
            col(OpportunityRow.closed_on).is_(None),  # as the index has it
            col(OpportunityRow.stage) == Stage.OPEN,
        )
        .group_by(
            col(OpportunityRow.owner_id), col(OpportunityRow.entry), col(OpportunityRow.external_id).is_(None)
        )
    )
)
SUSPECTS = Statement(
    lambda engine: (
        select(
            col(OpportunityRow.id),
            col(OpportunityRow.owner_id),
            col(OpportunityRow.name),
            col(OpportunityRow.account),
        )
        .where(
            given(OpportunityRow.workspace_id),
            among(engine, col(OpportunityRow.owner_id), "owner_ids"),
            col(OpportunityRow.opened_on).is_(None),  # as the index has it
            col(OpportunityRow.stage) == Stage.SUSPECT,
        )
        .order_by(col(OpportunityRow.owner_id), col(OpportunityRow.id))
    )
)


async def integrity_of(scope: Scope, owner_ids: Collection[str], today: date) -> dict[str, Integrity]:
    """Return how far each of these people's deals show what their team's gate asks; who has no deal is missing."""
    found: dict[str, Integrity] = {}
    for owner, entry, typed, count in await scope.ask(OPEN, owner_ids=list(owner_ids)):
        one = found.get(owner, Integrity())
        found[owner] = one.with_open(Entry(entry) if entry else None, count, is_typed=bool(typed))
    suspects: dict[str, list[Suspect]] = {}
    for each in await scope.ask(SUSPECTS, owner_ids=list(owner_ids)):
        suspects.setdefault(each[1], []).append(Suspect(*each))
    members = await find_members(scope, list(suspects)) if suspects else []
    teams = {member.user_id: member.team_id for member in members}
    for owner, theirs in suspects.items():
        gate = await gate_of_team(scope, teams.get(owner))
        shown = await shown_by(scope, theirs, today)
        for suspect in theirs:
            found[owner] = found.get(owner, Integrity()).with_suspect(
                AtGate(gate.asked, shown[suspect.id]).missing
            )
        await give_way()
    return found
