"""A person is forgotten: what was only theirs goes, what is the team's stays under a pseudonym, no text names them."""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import Clock
from bot.erase.texts import clear_everywhere, erase_copies
from handlers.context import Context, Request
from handlers.declaration import Record
from handlers.nudges.reassignment import WorkReassigned, give, tell
from handlers.registry import REGISTRY
from sales.imports.erasure import Traces
from sales.language.names.match import fold
from sales.people.access import OPERATOR
from sales.people.pseudonym import FORMER, pseudonym_of
from sales.refusal import Refusal
from storage import inbox
from storage.database import Database
from storage.imports.erasure import (
    OwnedTable,
    count_staying,
    names_borne,
    namesakes,
    overwrite_removed,
    people_called,
    put_under,
    remove_some,
    set_aside,
    stand_beside,
    table_of,
    teams_left_alone,
)
from storage.imports.files.owners import link_all_owners
from storage.people.access import note_change
from storage.people.member import MemberRow, every_member, find_member, people_directory
from storage.people.pseudonym import note_erased
from storage.people.team import find_team
from storage.scope import Scope

TOGETHER = 2000  # rows of a table in one unit of work: some tenth of a second of the database's writer
A_PIECE = 500


@dataclass
class Cleared:
    """How many rows were taken out, put under the pseudonym, cleared of a name, or given to somebody, by table."""

    removed: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    left: int = 0  # rows that name them still, as somebody goes on writing


@dataclass(frozen=True)
class Erasing:
    """Whom to forget, who takes over what they have open, and what follows of it that one should know."""

    database: Database
    workspace_id: str
    member: MemberRow
    taker: MemberRow | None
    traces: Traces
    namesakes: Sequence[MemberRow]
    teams: Sequence[str]


def owned_tables(records: Sequence[Record]) -> list[OwnedTable]:
    """Return the tables whose rows are somebody's, as the features declare them."""
    found = []
    for record in records:
        if record.erased is None:
            continue
        stays = record.stays
        found.append(
            OwnedTable(record.table, record.erased, True, stays.only_with, stays.named, stays.emptied)
            if stays is not None
            else OwnedTable(record.table, record.erased)
        )
    return found


OWNED = owned_tables(REGISTRY.records)


async def planned(database: Database, workspace_id: str, said: str, deals_to: str | None) -> Erasing:
    """Return what erasing somebody means. Writes nothing but whose deals are whose.

    Raises:
        Refusal: if nobody, or more than one person, is called so.
    """
    async with database.read(workspace_id) as scope:
        member = await one_person(scope, said)
        taker = await one_person(scope, deals_to) if deals_to is not None else None
        if taker is not None and (taker.user_id == member.user_id or not taker.active):
            raise Refusal(
                f"{taker.name} ({taker.user_id}) cannot take the deals over. Name somebody who works here."
            )
    await link_all_owners(database, workspace_id)
    async with database.read(workspace_id) as scope:
        traces, others = await traces_of(scope, member), await namesakes(scope, member)
        alone = [await find_team(scope, team_id) for team_id in await teams_left_alone(scope, member.user_id)]
    teams = [team.name for team in alone if team is not None]
    return Erasing(database, workspace_id, member, taker, traces, others, teams)


async def traces_of(scope: Scope, member: MemberRow) -> Traces:
    """Return by what somebody is named, but for names that others here have too, and what stands for them.

    That is what stood for them already, where an erasure was cut short.
    """
    names = {member.name}
    for owned in OWNED:
        names |= await names_borne(scope, owned, member.user_id)
    taken = {fold(row.name) for row in await every_member(scope) if row.user_id != member.user_id}
    names = {name for name in names if fold(name) not in taken}
    addresses = {name for name in names if "@" in name} | ({member.email} if member.email else set())
    begun = (await people_directory(scope)).erased(member.name)
    return Traces(
        FORMER,
        tuple(one for one in (member.user_id, member.dm_channel) if one),
        begun or pseudonym_of(secrets.token_hex(5)),
        tuple(sorted(names - addresses)),
        tuple(sorted(addresses)),
    )


async def one_person(scope: Scope, said: str) -> MemberRow:
    """Return the one person that is meant.

    Raises:
        Refusal: if there is none or several, with their ids.
    """
    found = await people_called(scope, said)
    if not found:
        raise Refusal(
            f"I know nobody called “{said}”. Write their Slack id, their full name or their address."
        )
    if len(found) > 1:
        ids = ", ".join(row.user_id for row in found)
        raise Refusal(f"{len(found)} people are called “{said}”: {ids}. Write the id of the one you mean.")
    return found[0]


async def forget(plan: Erasing, clock: Clock) -> Cleared:
    """Forget a person; return what was done. Running it again after it was cut short completes it."""
    done = Cleared()
    if plan.taker is not None:
        async with plan.database.write(plan.workspace_id) as scope:
            done.given = await give_open_work(scope, plan, clock())
    await stand_in(plan, done, clock)
    await take_out(plan, done)
    read = await erase_copies(plan.database, plan.workspace_id, clock, done.removed)
    done.left = read + await clear_everywhere(plan.database, plan.workspace_id, plan.traces, done.texts)
    return done


async def give_open_work(scope: Scope, plan: Erasing, now: datetime) -> Counter[str]:
    """Let every feature hand over what is open for customers; whoever takes it over hears of it."""
    assert plan.taker is not None
    old, new = [await find_member(scope, one.user_id) for one in (plan.member, plan.taker)]
    assert old is not None
    assert new is not None
    request = Request("commands", "erase", plan.workspace_id, new.user_id, "erase")
    context = Context(request, scope, new, await find_team(scope, new.team_id), now, REGISTRY)
    work = WorkReassigned(old, new, with_goals=False)
    row = await give(context, work, by="")
    if row is not None:
        await tell(context, row, work, by="")
    return work.moved


async def stand_in(plan: Erasing, done: Cleared, clock: Clock) -> None:
    """Put the pseudonym where they stood, with all that is the team's, in one unit: its numbers are never apart.

    Of more rows than others should wait for, most go before, from one to the other in the same team. They themselves
    are in none from here on, and go last, so that this can be run again where it was cut short.
    """
    user_id, pseudonym, now = plan.member.user_id, plan.traces.pseudonym, clock()
    names = [*plan.traces.names, *plan.traces.addresses]
    async with plan.database.write(plan.workspace_id) as scope:
        await overwrite_removed(scope)
        await note_erased(scope, pseudonym, secrets.token_hex(16), names)
        await stand_beside(scope, plan.member, pseudonym)
    staying = [owned for owned in OWNED if owned.stays and owned.table is not MemberRow]
    for owned in staying:
        await put_most_under(plan, owned, done)
    async with plan.database.write(plan.workspace_id) as scope:
        for owned in staying:
            done.kept[table_of(owned.table).name] += await put_under(scope, owned, user_id, pseudonym)
        await set_aside(scope, plan.member)
        await note_change(scope, OPERATOR, pseudonym, "erased", now.date(), now)


async def put_most_under(plan: Erasing, owned: OwnedTable, done: Cleared) -> None:
    """Put rows of a table under the pseudonym, some in each unit of work, until few enough are left for one."""
    user_id, pseudonym = plan.member.user_id, plan.traces.pseudonym
    async with plan.database.read(plan.workspace_id) as scope:
        left = await count_staying(scope, owned, user_id)
    while left > TOGETHER:
        async with plan.database.write(plan.workspace_id) as scope:
            gone = await put_under(scope, owned, user_id, pseudonym, A_PIECE)
        done.kept[table_of(owned.table).name] += gone
        left -= gone or left


async def take_out(plan: Erasing, done: Cleared) -> None:
    """Remove what was only theirs, some rows in each unit of work."""
    async with plan.database.write(plan.workspace_id) as scope:
        done.removed["inbox"] += await inbox.forget_pending_of(scope, plan.member.user_id)
    for owned in OWNED:
        if owned.table is MemberRow:
            continue
        gone = -1
        while gone:
            async with plan.database.write(plan.workspace_id) as scope:
                gone = await remove_some(scope, owned, plan.member.user_id)
            done.removed[table_of(owned.table).name] += gone
