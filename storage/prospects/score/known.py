"""What is known of firms, and of deals beside themselves, each with its day: what scores are made of."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlmodel import col, func, select

from sales.language.dates.instants import local_date
from sales.language.names.descent import comparable
from sales.language.names.match import name_key
from sales.pipeline.deal_history import DealField
from sales.pipeline.opportunity import CLOSED, Stage
from sales.prospects.score.fact import KnownFact
from sales.prospects.score.firm import FactName, attitude_facts, firm_facts, history_of_firm
from storage.pieces import pieces
from storage.pipeline.deal_history import DealChangeRow
from storage.pipeline.debrief import DebriefRow
from storage.pipeline.opportunity import OpportunityRow
from storage.prospects.attitude import answers_for
from storage.prospects.ideal_client import family_of, with_family
from storage.scope import Scope

Facts = dict[str, KnownFact]
DECIDES = "decides"  # as a contact's line in the history of a deal says it


class FirmRecord(NamedTuple):
    """A firm as it is on record: facts that hold from the start, and when it first won and first lost with us."""

    facts: Mapping[str, KnownFact]
    won_first: date | None = None
    lost_first: date | None = None

    def on(self, day: date | None) -> Facts:
        """Return what was known of it on the day something began with it; its history only where that is known."""
        if day is None:
            return dict(self.facts)
        history = history_of_firm(self.won_first, self.lost_first, day)
        return {**self.facts, FactName.HISTORY.value: KnownFact(history.value)}


NOBODY = FirmRecord({})


async def firms_on_record(scope: Scope, names: Collection[str]) -> dict[str, FirmRecord]:
    """Return firms by `name_key`, letter case and accents aside; every one that is asked for is there."""
    family, answers = await family_of(scope, names), await answers_for(scope, names)
    ends, found = await first_ends(scope, names), {}
    for key in {name_key(name) for name in names} - {""}:
        row = family.get(key)
        facts = firm_facts(with_family(key, family), row.location if row is not None else "")
        facts |= attitude_facts(answers.get(key, ()))
        found[key] = FirmRecord(facts, *ends.get(key, (None, None)))
    return found


async def first_ends(scope: Scope, names: Collection[str]) -> dict[str, tuple[date | None, date | None]]:
    """Return on which day each firm first won and first lost with us, by `name_key`."""
    found: dict[str, tuple[date | None, date | None]] = {}
    for some in pieces(sorted({comparable(name) for name in names})):
        statement: Any = (
            select(
                col(OpportunityRow.account),
                col(OpportunityRow.stage),
                func.min(col(OpportunityRow.closed_on)),
            )
            .where(
                OpportunityRow.workspace_id == scope.workspace_id,
                col(OpportunityRow.account_folded).in_(some),
                col(OpportunityRow.stage).in_(CLOSED),
            )
            .group_by(col(OpportunityRow.account), col(OpportunityRow.stage))
        )
        for account, stage, first in await scope.session.exec(statement):
            won, lost = found.get(name_key(account), (None, None))
            if stage is Stage.WON:
                won = earliest(won, first)
            else:
                lost = earliest(lost, first)
            found[name_key(account)] = won, lost
    return found


def earliest(one: date | None, other: date | None) -> date | None:
    """Return the earlier of two days; the one there is where the other is none."""
    return min((day for day in (one, other) if day is not None), default=None)


async def beside_deals(scope: Scope, ids: Collection[int], zone: str) -> dict[int, Facts]:
    """Return what was noted beside some deals, with the local day: whoever decides there, and what decided it."""
    found: dict[int, Facts] = {}
    for some in pieces(sorted(ids)):
        for deal_id, on in await decision_makers(scope, some):
            found.setdefault(deal_id, {})[FactName.DECISION_MAKER.value] = KnownFact("known", on)
        statement = select(DebriefRow).where(
            DebriefRow.workspace_id == scope.workspace_id, col(DebriefRow.opportunity_id).in_(some)
        )
        for row in await scope.session.exec(statement):
            if row.cause is not None:
                on = max(filter(None, (row.closed_on, local_date(row.created_at, zone))))
                facts = found.setdefault(row.opportunity_id, {})
                facts[FactName.CAUSE.value] = KnownFact(row.cause.value.replace("_", " "), on)
    return found


async def decision_makers(scope: Scope, ids: Collection[int]) -> list[tuple[int, date]]:
    """Return since when somebody who decides is known on each of some deals; of which nobody is, it is missing."""
    statement: Any = (
        select(col(DealChangeRow.opportunity_id), func.min(col(DealChangeRow.on)))
        .where(
            DealChangeRow.workspace_id == scope.workspace_id,
            col(DealChangeRow.opportunity_id).in_(ids),
            DealChangeRow.what == DealField.CONTACT,
            col(DealChangeRow.now).contains(DECIDES),
        )
        .group_by(col(DealChangeRow.opportunity_id))
    )
    return [(int(deal_id), on) for deal_id, on in await scope.session.exec(statement)]


async def tender_days(scope: Scope, ids: Collection[int]) -> dict[int, date]:
    """Return since when each of some deals is known to be a tender, where somebody said so after its beginning."""
    found: dict[int, date] = {}
    for some in pieces(sorted(ids)):
        statement: Any = (
            select(col(DealChangeRow.opportunity_id), func.max(col(DealChangeRow.on)))
            .where(
                DealChangeRow.workspace_id == scope.workspace_id,
                col(DealChangeRow.opportunity_id).in_(some),
                DealChangeRow.what == DealField.TENDER,
            )
            .group_by(col(DealChangeRow.opportunity_id))
        )
        found |= {int(deal_id): on for deal_id, on in await scope.session.exec(statement)}
    return found
