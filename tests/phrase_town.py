"""The town in which phrases are typed: what its people know, what is stored before and after, and a clean slate."""

import re
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Table, delete, insert, select
from sqlmodel import SQLModel

from bot.manifest import manifest
from handlers.registry import REGISTRY
from playground.box import Server
from playground.clock import Clock
from sales.followups.followup import FollowUp, Owes
from sales.goals.goal import Goal, Metric
from sales.language.dates.period import PeriodKind
from sales.people.team import Team
from sales.pipeline.opportunity import Opportunity, Stage
from storage.database import Database
from storage.followups.followup import add_followup
from storage.goals.goal import add_goal
from storage.people.team import add_team, set_people
from storage.people.workspace import install_workspace
from storage.pipeline.account import AccountRow
from storage.pipeline.opportunity import add_opportunity
from tests.conftest import PATIENCE, QUIET, small_workspace
from tests.known import T0, WORKSPACE
from tests.phrasebook import Came, Change, Facts, Phrase
from tests.statements import which_hold_rows
from tests.story_workspace import StoryWorkspace, running_bot

ACCOUNTS = (
    *("Acme", "Globex", "Hooli", "Initech", "Oscorp", "Redwood Transport", "Soylent", "Umbrella", "Vandelay"),
    *("Wayne Enterprises", "3M", "First Bank", "Friday Health", "March Networks", "May Corp", "Monday Inc"),
    *("Noon Coffee", "Second Street Partners", "Today Media"),
)
# Deals: whose, what, worth how many dollars, expected when.
DEALS: tuple[tuple[str, str, int, date | None], ...] = (
    ("U1", "Umbrella", 40_000, date(2026, 11, 30)),
    ("U1", "Hooli", 30_000, None),
    ("U1", "Initech", 18_000, date(2026, 10, 16)),
    ("U1", "Globex", 25_000, None),
    ("U1", "Globex renewal", 60_000, None),
    ("U1", "Redwood Transport", 28_000, None),
    ("U2", "Oscorp", 50_000, None),
)
PROMISES = (
    ("Globex", "send the contract", date(2026, 9, 15), None, Owes.ME),
    ("Initech", "call Bill", date(2026, 9, 16), datetime(2026, 9, 16, 8, 0, tzinfo=UTC), Owes.ME),
    ("Hooli", "the signed NDA", date(2026, 9, 17), None, Owes.THEM),
    ("Umbrella", "send the ROI sheet", date(2026, 9, 18), None, Owes.ME),
    ("Redwood Transport", "book the site visit", date(2026, 9, 21), None, Owes.ME),
)
MINOR = 100

# What counts as stored, and how a phrasebook calls it.
NOUNS = {
    "followup": "followup",
    "activity": "log",
    "opportunity": "deal",
    "goal": "goal",
    "leave": "leave",
    "member": "member",
}
# Stamps by which caches know what is old go on, so that a clean slate is noticed; their workspace stays with them.
NEVER_BACK = {"deal_stamp", "owner_stamp", "workspace"}
# What a card or a list offers anyway: no question is asked by these.
NO_QUESTION = {
    *(
        "Undo",
        "Reopen",
        "Done",
        "Snooze",
        "Tomorrow",
        "Drop…",
        "⋯",
        "Won",
        "Lost…",
        "Edit…",
        "Show",
        "All deals",
    ),
    *("Why?", "Log…", "Close"),
}

Slate = Mapping[Table, list[dict[str, Any]]]


async def found_team(town: StoryWorkspace) -> None:
    """Set up the team that the fixture `team` has."""
    for person in ("ana", "ben", "mia"):
        await town.known(person)
    async with town.bot.database.write(WORKSPACE) as scope:
        field = Team(name="Field", zone="Europe/Ljubljana", digest_channel="C1", evening_at=time(16, 30))
        row = await add_team(scope, field)
        await set_people(scope, row.id, ["U1", "U2"], ["U3"])
        await town.set_rhythm(scope, row)


async def know_accounts(town: StoryWorkspace) -> None:
    """Let the workspace know its accounts."""
    async with town.bot.database.write(WORKSPACE) as scope:
        scope.session.add_all(
            AccountRow(workspace_id=WORKSPACE, name=name, name_key=name.casefold()) for name in ACCOUNTS
        )


async def furnish(town: StoryWorkspace) -> None:
    """Give the people accounts, deals, promises and a goal to speak of; the largest deal was $200,000."""
    await know_accounts(town)
    async with town.bot.database.write(WORKSPACE) as scope:
        for owner, name, dollars, expected in DEALS:
            deal = Opportunity(name=name, owner_id=owner, value_minor=dollars * MINOR, expected_on=expected)
            deal.opened_on = date(2026, 8, 3)
            await add_opportunity(scope, deal, T0)
        large = {"name": "Wayne Enterprises", "owner_id": "U1", "value_minor": 200_000 * MINOR}
        won = {"stage": Stage.WON, "opened_on": date(2026, 3, 2), "closed_on": date(2026, 6, 12)}
        await add_opportunity(scope, Opportunity(**large, **won), T0)
        for who, what, day, at, owes in PROMISES:
            said = FollowUp(owner_id="U1", who=who, what=what, due_on=day, due_at=at, owes=owes)
            await add_followup(scope, said, T0)
        quarter = {
            "period_kind": PeriodKind.QUARTER,
            "starts_on": date(2026, 7, 1),
            "ends_on": date(2026, 9, 30),
        }
        aim = Goal(metric=Metric.REVENUE, target=150_000 * MINOR, owner_id="U1", **quarter)
        await add_goal(scope, aim, "U1", T0)


@asynccontextmanager
async def phrase_town(url: str) -> AsyncIterator[StoryWorkspace]:
    """Run the town of the story tests, furnished, on the migrated database at an address."""
    database = await Database.open(url, declared=REGISTRY.declared)
    async with database.write_ledger() as ledger:
        await install_workspace(ledger, WORKSPACE, "Testing", "UBOT", T0)
    await database.close()
    clock = Clock(T0, frozen=True)
    box = {"clock": clock, "manifest": manifest(), "rates": None, "ack_timeout": PATIENCE, "quiet": QUIET}
    async with Server(small_workspace(), **box) as server, running_bot(server, clock, url) as bot:
        town = StoryWorkspace(server, clock, bot)
        await found_team(town)
        await furnish(town)
        yield town


async def type_all(url: str, phrases: Iterable[Phrase]) -> dict[str, Came]:
    """Type each phrase in the same town as if none had been typed before, and return what came by where it stands."""
    came = {}
    async with phrase_town(url) as town:
        clean = await slate(town)
        for phrase in phrases:
            came[phrase.at] = await type_phrase(town, phrase)
            await wipe(town, clean)
    return came


async def type_phrase(town: StoryWorkspace, phrase: Phrase) -> Came:
    """Let somebody type a phrase, after what was given before it, and return what came of it."""
    visitor = town.person(phrase.by)
    for said in phrase.given:
        await visitor.says(said)
    before = await stored(town, visitor.person.tz)
    answer = "\n".join(await visitor.says(phrase.typed))
    form = visitor.modal()
    if form is not None:
        answer = f"{answer}\n(form) {form}".strip()
        await visitor.closes(everything=True)
    after = await stored(town, visitor.person.tz)
    return Came(differences(before, after), answer, form is not None or is_question(answer))


def is_question(answer: str) -> bool:
    """Say whether an answer asks something, and has a button that is more than what its card or list offers."""
    return "?" in answer and bool(set(re.findall(r"\[([^\[\]]+)\]", answer)) - NO_QUESTION)


def differences(before: Mapping[Any, Facts], after: Mapping[Any, Facts]) -> list[Change]:
    changes = []
    for key in sorted(before.keys() | after.keys(), key=str):
        was, now = before.get(key), after.get(key)
        if was == now:
            continue
        sign = "+" if was is None else "-" if now is None else "~"
        changes.append(Change(sign, key[0], now or was or {}, was or {}))
    return changes


async def stored(town: StoryWorkspace, tz: str) -> dict[Any, Facts]:
    """Return what is stored that a person would call so, in a phrasebook's words, by noun and id."""
    found: dict[Any, Facts] = {}
    async with town.bot.database.read_ledger() as ledger:
        connection = await ledger.session.connection()
        for name, noun in NOUNS.items():
            table = SQLModel.metadata.tables[name]
            for row in (await connection.execute(select(table))).mappings():
                key = tuple(row[column.name] for column in table.primary_key.columns)
                found[noun, *key] = facts(noun, row, ZoneInfo(tz))
    return found


def facts(noun: str, row: Mapping[Any, Any], zone: ZoneInfo) -> Facts:
    """Return a stored row in a phrasebook's words."""

    def clock(instant: datetime | None) -> datetime | None:
        return instant.astimezone(zone).replace(tzinfo=None) if instant else None

    match noun:
        case "followup":
            due = {"due": clock(row["due_at"]) or row["due_on"], "owner": row["owner_id"]}
            return {name: row[name] for name in ("who", "what", "worth", "owes", "state")} | due
        case "log":
            done = {"account": row["account"], "owner": row["owner_id"]}
            return {name: row[name] for name in ("kind", "count", "outcome", "on")} | done
        case "deal":
            dates = {"closes": row["expected_on"], "closed": row["closed_on"], "owner": row["owner_id"]}
            dates |= {"until": row["parked_until"], "wakes": row["wakes"]}
            named = {name: row[name] for name in ("name", "currency", "stage")}
            return {**named, "value": plain(row["value_minor"]), **dates}
        case "goal":
            money = row["metric"] == Metric.REVENUE
            aim = {"target": plain(row["target"]) if money else row["target"], "owner": row["owner_id"]}
            named = {name: row[name] for name in ("metric", "state")}
            return {
                **named,
                "kind": row["activity_kind"],
                "from": row["starts_on"],
                "to": row["ends_on"],
                **aim,
            }
        case "leave":
            return {"first": row["first"], "last": row["last"], "owner": row["user_id"]}
    paused = clock(row["paused_until"])
    return {"paused": paused and paused.date(), "evening": str(row["evening_at"]), "owner": row["user_id"]}


def plain(minor: int) -> str:
    return f"{minor / MINOR:g}" if minor % MINOR else str(minor // MINOR)


# a clean slate


async def slate(town: StoryWorkspace) -> Slate:
    """Return every row of every table."""
    async with town.bot.database.read_ledger() as ledger:
        connection = await ledger.session.connection()
        return {
            table: [dict(row) for row in (await connection.execute(select(table))).mappings()]
            for table in SQLModel.metadata.sorted_tables
            if table.name not in NEVER_BACK
        }


async def wipe(town: StoryWorkspace, clean: Slate) -> None:
    """Put every table back to what it held, and empty the screens."""
    await town.server.settled()
    async with town.bot.database.write_ledger() as ledger:
        connection = await ledger.session.connection()
        filled = set((await connection.execute(which_hold_rows(tuple(one.name for one in clean)))).scalars())
        for table in reversed(clean):
            if table.name in filled:
                await connection.execute(delete(table))
        for table, rows in clean.items():
            if rows:
                await connection.execute(insert(table), rows)
    for channel in town.server.workspace.channels.values():
        channel.messages.clear()
