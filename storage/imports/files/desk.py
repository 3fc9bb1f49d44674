"""The desk of a run: what all its files are held against, read once before the first row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sales.imports.files.deals import Catalogue
from sales.imports.files.entry import ImportEntry, Reading
from sales.imports.files.preset import FileKind
from sales.imports.files.sheet import SheetRecord
from sales.imports.files.tally import ImportTally
from sales.imports.files.terms import ImportTerms, Rejected
from sales.imports.files.worth import KnownRates
from sales.language.dates.instants import local_date
from sales.language.figures import listed
from sales.language.typed_text import shorten
from sales.people.directory import Directory
from sales.people.erased_contact import ErasedContacts
from sales.people.team import Team
from sales.pipeline.gate import Gate
from sales.refusal import Refusal
from storage.database import Database
from storage.imports.files.by_name import NamedDeals
from storage.imports.files.known import (
    OwnerTeams,
    known_catalogue,
    known_gates,
    known_rates,
    owner_teams,
)
from storage.imports.files.rows import ImportedRow
from storage.imports.files.runs import (
    unfinished_runs,
)
from storage.imports.files.source import ImportSource
from storage.imports.files.twins import TypedDeals
from storage.people.erased_contact import erased_contacts
from storage.people.member import people_directory
from storage.people.team import TeamRow, every_team, find_team_named
from storage.pipeline.deal_history import BetweenImports
from storage.scope import Scope

Clock = Callable[[], datetime]


def ignored(*_: object) -> None:
    """Take note of nothing."""


async def unnoted(scope: Scope, run_id: int) -> None:
    """Take no note of a run that begins."""


class ImportReader(Protocol):
    def read(self, record: SheetRecord) -> Reading: ...


@dataclass
class ImportDesk:
    """What the files of one run share."""

    database: Database
    workspace_id: str
    clock: Clock
    terms: ImportTerms
    seen: BetweenImports | None
    people: Directory
    catalogue: Catalogue
    gate_of: Callable[[str], Gate]
    rates: KnownRates
    tally: ImportTally
    reject: Callable[[Rejected], None]
    watch: Callable[[str, int, int], None]
    zone: str
    teams: OwnerTeams
    began: datetime
    erased: ErasedContacts
    notice: Callable[[ImportEntry], None] = ignored
    settle: Callable[[ImportEntry, ImportedRow | None], None] = ignored
    typed: TypedDeals | None = None
    named: NamedDeals | None = None


async def prepare(
    database: Database,
    workspace_id: str,
    clock: Clock,
    terms: ImportTerms,
    found: Sequence[ImportSource],
    reject: Callable[[Rejected], None],
    watch: Callable[[str, int, int], None],
) -> ImportDesk:
    """Read what the files are held against: the currency, its rates, the people, the catalogue and the gates."""
    tally = ImportTally(notes=noted(found))
    async with database.read(workspace_id) as scope:
        paid = any(source.layout.preset.kind is not FileKind.LEADS for source in found)
        terms = (
            terms
            if paid
            else replace(terms, currency=terms.currency or Team.model_fields["currency"].default)
        )
        tally.currency, rates = await known_money(scope, terms, clock())
        people, catalogue = await people_directory(scope), await known_catalogue(scope)
        teams = await owner_teams(scope, people, terms.team)
        gate_of = await known_gates(scope, teams)
        tally.unfinished = [run.id for run in await unfinished_runs(scope)]
        zone = await zone_of(scope, terms.team)
        erased = await erased_contacts(scope)
    return ImportDesk(
        database,
        workspace_id,
        clock,
        terms,
        None,
        people,
        catalogue,
        gate_of,
        rates,
        tally,
        reject,
        watch,
        zone,
        teams,
        clock(),
        erased,
    )


async def known_money(scope: Scope, terms: ImportTerms, now: datetime) -> tuple[str, KnownRates]:
    """Return what amounts are counted in, and the rates by which those in other currencies are taken.

    Raises:
        Refusal: if there is no such team, or teams count in several currencies and none was named.
    """
    await require_team(scope, terms.team)
    currency = terms.currency or await currency_of(scope, terms.team)
    owners = await owner_teams(scope, await people_directory(scope), terms.team)
    today = local_date(now, await zone_of(scope, terms.team))
    return currency, KnownRates(await known_rates(scope, owners, currency), today)


def noted(found: Sequence[ImportSource]) -> list[str]:
    """Return what was found out about the files, each line with its file where there are several."""
    named = len(found) > 1
    return [f"{source.name}: {note}" if named else note for source in found for note in source.notes]


async def zone_of(scope: Scope, team_name: str | None) -> str:
    """Return by whose clock the days of a run are: the named team's, else the first's."""
    teams = [await find_team_named(scope, team_name)] if team_name else await every_team(scope)
    return next((team.zone for team in teams if team is not None), "UTC")


async def require_team(scope: Scope, team_name: str | None) -> TeamRow | None:
    """Return the team of a name that was given; None where none was.

    Raises:
        Refusal: if there is no such team, saying which there are.
    """
    if team_name is None:
        return None
    team = await find_team_named(scope, team_name)
    if team is None:
        raise no_such_team(team_name, [each.name for each in await every_team(scope)])
    return team


def no_such_team(name: str, known: Sequence[str]) -> Refusal:
    there = f"Teams: {listed([f'“{each}”' for each in known])}" if known else "There is none yet"
    mend = "" if known else "; leave --team out"
    return Refusal(f"There is no team “{shorten(name)}”. {there}{mend}.")


async def currency_of(scope: Scope, team_name: str | None) -> str:
    """Return the currency amounts are in: the named team's, or the one all teams share."""
    team = await require_team(scope, team_name)
    if team is not None:
        return team.currency
    currencies = sorted({team.currency for team in await every_team(scope)})
    if len(currencies) > 1:
        raise Refusal(
            f"The teams count in {listed(currencies)}. Say whose deals these are.",
            example="--team West",
        )
    return currencies[0] if currencies else Team.model_fields["currency"].default
