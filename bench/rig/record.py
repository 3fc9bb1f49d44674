"""A record to measure over: reps in teams, a revenue goal for each, and deals of theirs or of others.

Of four deals of a rep two are won, one is lost and one is open. There is an account for every eighth deal, and no two
begin with the same word.
"""

from uuid import uuid4

from sqlalchemy import make_url

from handlers.registry import REGISTRY
from rig.engines import is_file, plain_postgresql, plain_sqlite
from rig.fill import fill, stored
from rig.workspace import T0
from sales.people.team import Team
from storage.database import Database
from storage.people.team import add_team
from storage.people.workspace import install_workspace

TODAY = T0.date().isoformat()
STARTS, ENDS = "2026-07-01", "2026-09-30"
TARGET = 60_000_00
PRODUCTS, DEALS_OF_ACCOUNT = 7, 8
OTHERS = 300  # reps who are nobody here and have the deals of others between them

Order = tuple[int, str]


async def prepare(address: str, reps: int, *, zone: str = "UTC", team: int = 0) -> None:
    """Make the workspace, and its reps in teams of so many, all in one by default.

    The first team's manager is none of the reps but the person numbered behind them: what a manager sees on App Home
    costs as much as all the reps of the team together.
    """
    size = team or reps
    database = await Database.open(address, declared=REGISTRY.declared)
    async with database.write_ledger() as ledger:
        await install_workspace(ledger, "T1", "Northwind", "UBOT", T0)
    async with database.write("T1") as scope:
        first = (await add_team(scope, Team(name="Team 0", zone=zone, digest_channel="C1"))).id
        assert first == 1
        for number in range(1, -(-reps // size)):
            await add_team(scope, Team(name=f"Team {number}", zone=zone))
    await database.close()
    await fill(
        address,
        (
            reps,
            "INSERT INTO member (workspace_id, user_id, name, zone, team_id, is_rep, is_manager, is_admin, active,"
            f" dm_channel) SELECT 'T1', 'U' || i, 'Rep ' || i, '{zone}', 1 + i / {size}, true, false, false, true,"
            " 'D' || i FROM n",
        ),
        (
            1,
            "INSERT INTO member (workspace_id, user_id, name, zone, team_id, is_rep, is_manager, is_admin, active)"
            f" SELECT 'T1', 'U{reps}', 'The manager', '{zone}', 1, false, true, false, true FROM n",
        ),
        (1, f"INSERT INTO team_manager (team_id, user_id, workspace_id) SELECT 1, 'U{reps}', 'T1' FROM n"),
    )


def goals(reps: int) -> list[Order]:
    """Order a revenue goal for the running quarter for each rep, and the first line of its history."""
    return [
        (
            reps,
            "INSERT INTO goal (workspace_id, owner_id, metric, target, currency, period_kind, starts_on, ends_on,"
            f" objective, reason, state) SELECT 'T1', 'U' || i, 'revenue', {TARGET}, 'USD', 'quarter', '{STARTS}',"
            f" '{ENDS}', '', '', 'open' FROM n",
        ),
        (
            reps,
            "INSERT INTO goal_change (workspace_id, goal_id, changed_at, changed_by, target, starts_on, ends_on, state,"
            f" reason) SELECT 'T1', id, '{stored(T0)}', owner_id, target, starts_on, ends_on, state, ''"
            " FROM n JOIN goal ON owner_id = 'U' || i",
        ),
    ]


def deals(address: str, many: int, owners: int, *, first: int = 0, who: str = "U") -> list[Order]:
    """Order so many deals of so many owners, numbered from `first`, and the accounts they are with."""
    number = f"(i + {first})"
    account = account_called(who, f"({number} / {DEALS_OF_ACCOUNT})")
    listed = account_called(who, f"(i + {first // DEALS_OF_ACCOUNT})")
    opened = f"CASE WHEN i % 4 = 3 THEN ({number} * 37) % 120 ELSE 90 + ({number} * 37) % 400 END"
    closed = f"90 + ({number} * 37) % 400 - 1 - ({number} * 13) % 88"
    return [
        (
            many,
            "INSERT INTO opportunity (workspace_id, external_id, name, account, product, owner_id, owner_name, stage,"
            " stage_label, value_minor, currency, opened_on, closed_on, updated_at, name_folded, account_folded)"
            f" SELECT 'T1', '{who}-' || {number}, {account} || ' P' || (i % {PRODUCTS}), {account},"
            f" 'P' || (i % {PRODUCTS}), '{who}' || (({number} / 4) % {owners}), '',"
            " CASE i % 4 WHEN 3 THEN 'open' WHEN 2 THEN 'lost' ELSE 'won' END, '',"
            f" 100000 + ((i % 1000) * 7919) % 900000, 'USD', {days_ago(address, opened)},"
            f" CASE WHEN i % 4 < 3 THEN {days_ago(address, closed)} END, '{stored(T0)}',"
            f" lower({account} || ' P' || (i % {PRODUCTS})), lower({account}) FROM n",
        ),
        (
            many // DEALS_OF_ACCOUNT,
            "INSERT INTO account (workspace_id, name, name_key, sector, location, parent, name_folded)"
            f" SELECT 'T1', {listed}, lower({listed}), '', '', '', lower({listed}) FROM n",
        ),
        (  # on PostgreSQL nobody's triggers run while a database is filled
            1,
            f"INSERT INTO deal_stamp (workspace_id, stamp) SELECT 'T1', '{uuid4().hex}' FROM n WHERE true"
            " ON CONFLICT (workspace_id) DO UPDATE SET stamp = excluded.stamp",
        ),
        (
            1,
            f"INSERT INTO owner_stamp (workspace_id, owner, stamp) SELECT DISTINCT 'T1', owner_id, '{uuid4().hex}'"
            " FROM opportunity WHERE owner_id IS NOT NULL"
            " ON CONFLICT (workspace_id, owner) DO UPDATE SET stamp = excluded.stamp",
        ),
    ]


def account_called(who: str, number: str) -> str:
    """Return SQL for an account's name, by SQL for its number."""
    return f"'{who}' || {number} || 'x Systems'"


def days_ago(address: str, days: str) -> str:
    """Return SQL for the date so many days before `TODAY`, in the engine's own words."""
    if is_file(make_url(address)):
        return f"date('{TODAY}', '-' || ({days}) || ' days')"
    return f"date '{TODAY}' - ({days})::int"


async def deal_of_others_changes(address: str, times: int) -> None:
    """Let a deal of somebody else say something new, as another replica or an import would do it."""
    order = (
        f"UPDATE opportunity SET value_minor = {100_000 + times}, updated_at = '{stored(T0)}'"
        " WHERE workspace_id = 'T1' AND external_id = 'R-0'"
    )
    if is_file(make_url(address)):
        near = plain_sqlite(address)
        near.execute(order)
        near.close()
    else:
        far = await plain_postgresql(address)
        await far.execute("SET timezone = 'UTC'")
        await far.execute(order)
        await far.close()
