"""An import and what it sets going: wins told, losses asked about, a starting balance it may cover, leads rated."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from handlers.goals.starting_balance import ask_after_import
from handlers.pipeline.debrief.asking import ask_of_import
from handlers.pipeline.win_post import take_up
from handlers.prospects.content_event import prompt_about
from handlers.prospects.lead.watch import watch
from handlers.prospects.score.month import rate_every_team
from sales.imports.files.entry import ImportEntry
from sales.imports.files.preset import FileKind
from sales.imports.files.tally import ImportTally
from sales.imports.files.terms import ImportTerms, Rejected
from sales.people.access import OPERATOR
from sales.pipeline.win_post import wants_posts
from sales.prospects.content_event import NEWS_FOR
from storage.database import Database
from storage.imports.files.content_events import news_of_run
from storage.imports.files.desk import ignored, unnoted
from storage.imports.files.leads import owners_of_run
from storage.imports.files.run import read_in
from storage.people.member import find_member
from storage.people.team import every_team, find_team
from storage.scope import Scope

# Files after which leads are rated anew: what they say of firms, or of what became of them, goes into a score.
RATED_BY = (FileKind.LEADS, FileKind.ACCOUNTS, FileKind.DEALS)


async def bring_in(
    database: Database,
    workspace_id: str,
    path: Path,
    clock: Callable[[], datetime],
    terms: ImportTerms | None = None,
    *,
    reject: Callable[[Rejected], None] = ignored,
    watch: Callable[[str, int, int], None] = ignored,
    notice: Callable[[ImportEntry], None] = ignored,
    begun: Callable[[Scope, int], Awaitable[None]] = unnoted,
    by: str = OPERATOR,
) -> ImportTally:
    """Take a file, or the CRM tables of a folder, into a workspace, as `read_in` does, and what follows from it.

    Raises:
        Refusal: if nothing could be read at all.
    """
    began = clock()
    tally = await read_in(
        database,
        workspace_id,
        path,
        clock,
        terms,
        reject=reject,
        watch=watch,
        notice=notice,
        begun=begun,
        by=by,
    )
    if tally.run_id is not None:
        await tell_wins(database, workspace_id, began, clock())
        async with database.write(workspace_id) as scope:
            await ask_of_import(scope, began, clock())
            await ask_after_import(scope, clock())
            await prompt_about(scope, await news_of_run(scope, tally.run_id, clock() - NEWS_FOR), clock())
        await tell_of_leads(database, workspace_id, tally, began)
        if any(counts.kind in RATED_BY and counts.added + counts.changed for counts in tally.files):
            await rate_every_team(database, workspace_id, clock())
    return tally


async def tell_of_leads(database: Database, workspace_id: str, tally: ImportTally, since: datetime) -> None:
    """Let everybody know, in one message each, of the leads that a run gave them; their clocks have begun."""
    if tally.run_id is None or not any(
        counts.kind is FileKind.LEADS and counts.added + counts.changed for counts in tally.files
    ):
        return
    async with database.read(workspace_id) as scope:
        owners = await owners_of_run(scope, tally.run_id, since)
    for owner_id in owners:
        async with database.write(workspace_id) as scope:
            owner = await find_member(scope, owner_id)
            if owner is not None and owner.active:
                await watch(scope, owner, since)


async def tell_wins(database: Database, workspace_id: str, since: datetime, now: datetime) -> None:
    """Take up what a run brought of wins, for the teams that want them told: one message each."""
    async with database.read(workspace_id) as scope:
        teams = [team.id for team in await every_team(scope) if wants_posts(team)]
    for team_id in teams:
        async with database.write(workspace_id) as scope:
            team = await find_team(scope, team_id)
            if team is not None:
                await take_up(scope, team, since, now, joins_sent=False)
