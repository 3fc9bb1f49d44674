"""What a pull reads deals by: the team's currency, rates and stages, and who and what is known of the CRM."""

from collections.abc import Collection
from datetime import datetime

from sales.imports.files.worth import KnownRates
from sales.imports.sync.deal import KnownThere, OwnerHere
from sales.imports.sync.match import addressed
from sales.imports.sync.record import CrmObject
from sales.language.dates.instants import local_date
from sales.people.directory import Directory
from sales.people.team import Team
from storage.imports.files.known import known_rates, owner_teams
from storage.imports.sync.connection import CrmConnectionRow
from storage.imports.sync.record import records_by_id
from storage.imports.sync.stage import owners_of, stages_of
from storage.people.member import every_member
from storage.people.team import TeamRow, every_team, find_team
from storage.pipeline.stage import stages_of as team_stages
from storage.scope import Scope


async def team_of(scope: Scope, connection: CrmConnectionRow) -> TeamRow | None:
    """Return by whose currency, calendar and stages a connection's deals are read: its team's, else the first one's."""
    named = await find_team(scope, connection.team_id) if connection.team_id else None
    return named or next(iter(await every_team(scope)), None)


async def known_there(
    scope: Scope, connection: CrmConnectionRow, people: Directory, now: datetime
) -> KnownThere:
    """Return what deals of a connection are read by, accounts aside."""
    team = await team_of(scope, connection)
    currency = team.currency if team is not None else str(Team.model_fields["currency"].default)
    owners = await owner_teams(scope, people, team.name if team is not None else None)
    today = local_date(now, team.zone if team is not None else "UTC")
    stages = await stages_of(scope, connection.id)
    return KnownThere(
        currency=currency,
        account_currency=connection.currency,
        rates=KnownRates(await known_rates(scope, owners, currency), today),
        stages={one.stage_id: one.there for one in stages if not one.gone},
        matched={one.stage_id: one.matched for one in stages if one.matched},
        ours=await team_stages(scope, team.id if team is not None else None),
        owners={
            one.owner_id: OwnerHere(one.name or one.email, one.user_id)
            for one in await owners_of(scope, connection.id)
        },
    )


async def account_names(scope: Scope, connection: CrmConnectionRow, ids: Collection[str]) -> dict[str, str]:
    """Return the names of accounts of a CRM, by id; those that were never read are missing."""
    known = await records_by_id(scope, connection.id, CrmObject.ACCOUNT, set(ids) - {""})
    return {record_id: str(row.said.get("name", "")) for record_id, row in known.items()}


async def people_addressed(scope: Scope) -> dict[str, str]:
    """Return who has which e-mail address, as Slack knows it: people who are here, and no apps."""
    every = await every_member(scope)
    return addressed((one.user_id, one.email) for one in every if one.active)
