"""What stands beside ids in an export: the names of people and teams, of deals, and what a goal's figures are of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlmodel import col, select

from sales.goals.goal import Metric
from sales.people.team import Team
from storage.audit.halve import HalvingRow
from storage.columns import RowClass
from storage.goals.goal import GoalRow
from storage.imports.export.sheet import CURRENCY, NamedBy, Sheet
from storage.people.member import NAMES
from storage.people.team import every_team
from storage.pieces import pieces
from storage.pipeline.opportunity import OpportunityRow
from storage.scope import Scope

METRIC = "metric"


class FigureUnit(NamedTuple):
    """What the figures of a row are: amounts of a currency, or counts."""

    metric: Metric | None
    currency: str


@dataclass
class ExportNames:
    """Who and what a workspace's ids are, as far as it was asked for; `currency` is of what has none of its own."""

    people: Mapping[str, str]
    teams: Mapping[int, str]
    currency: str
    deals: dict[int, str] = field(default_factory=dict)
    currencies: dict[int, str] = field(default_factory=dict)  # of deals
    measures: dict[tuple[str, int], FigureUnit] = field(default_factory=dict)

    def beside(self, kind: NamedBy, value: Any) -> str:
        """Return the name of what an id is of; empty where there is none."""
        named: dict[NamedBy, Mapping[Any, str]] = {
            NamedBy.PERSON: self.people,
            NamedBy.TEAM: self.teams,
            NamedBy.DEAL: self.deals,
        }
        return named[kind].get(value, "")

    def measured(self, row: Mapping[str, Any]) -> FigureUnit:
        """Return what a row's figures are: by itself, by the goal or the halving it belongs to, or as usual here."""
        if CURRENCY in row:
            return FigureUnit(row.get(METRIC), row[CURRENCY])
        for column in PARENTS:
            if (found := self.measures.get((column, row.get(column, 0)))) is not None:
                return found
        return FigureUnit(None, self.currency)


PARENTS: Mapping[str, RowClass] = {"goal_id": GoalRow, "halving_id": HalvingRow}


async def export_names(scope: Scope) -> ExportNames:
    """Return who is who in a workspace; deals and goals are asked for page by page (`note_page`)."""
    people = {user_id: name for user_id, name, _ in await scope.ask(NAMES)}
    teams = await every_team(scope)
    currency = teams[0].currency if teams else str(Team.model_fields["currency"].default)
    return ExportNames(people, {team.id: team.name for team in teams}, currency)


async def note_page(
    scope: Scope, names: ExportNames, sheet: Sheet, page: Iterable[Mapping[str, Any]]
) -> None:
    """Let the deals, goals and halvings that a page's rows name be known."""
    rows = list(page)
    names.currencies.clear()
    names.deals.clear()  # so that never more than a page's are held
    names.measures.clear()
    if "opportunity_id" in sheet.table.c:
        ids = {row["opportunity_id"] for row in rows} - {None}
        for some in pieces(sorted(ids)):
            statement = select(OpportunityRow.id, OpportunityRow.name, OpportunityRow.currency).where(
                OpportunityRow.workspace_id == scope.workspace_id, col(OpportunityRow.id).in_(some)
            )
            for deal, name, currency in await scope.session.exec(statement):
                names.deals[deal], names.currencies[deal] = name, currency
    for column, model in PARENTS.items():
        if column in sheet.table.c and CURRENCY not in sheet.table.c:
            await note_measures(scope, names, column, model, {row[column] for row in rows})


async def note_measures(
    scope: Scope, names: ExportNames, column: str, model: Any, ids: Iterable[int]
) -> None:
    metric = [model.metric] if METRIC in model.model_fields else []
    for some in pieces(sorted(ids)):
        statement = select(model.id, model.currency, *metric).where(
            model.workspace_id == scope.workspace_id, model.id.in_(some)
        )
        for row_id, currency, *measured in await scope.session.exec(statement):
            names.measures[column, row_id] = FigureUnit(next(iter(measured), None), currency)
