"""Zones: which rules are installed, schedules computed under others, and names that the rules do not have."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple
from zoneinfo import TZPATH

from sqlalchemy import bindparam, tuple_
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col, func, select, update

from sales.language.dates.instants import is_known
from sales.nudges.schedule import Occurrence, jitter, refreshed
from sales.people.member import NO_ZONE
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.member import MemberRow
from storage.people.team import TeamRow
from storage.scope import Ledger, Scope

REFRESHED_AT_ONCE = 1_000  # schedules in one unit of work: milliseconds, so that nobody waits
LAST_RESORT = "UTC"
NEVER = datetime.max.replace(tzinfo=UTC)
EXAMPLE = "Europe/Paris"  # a file that every zone database has


@lru_cache(maxsize=1)
def installed_rules() -> str:
    """Return which releases of the zone database are read: the system's, and the package's for what that lacks."""
    return "+".join(found for found in (system_rules(), packaged_rules()) if found)[:20]


def system_rules() -> str:
    """Return the release that the machine itself has, such as 2026a; empty if it has none.

    Where it does not say, the day and time at which its files were made tell one release from another.
    """
    for folder in map(Path, TZPATH):
        if (folder / EXAMPLE).is_file():
            for name in ("tzdata.zi", "+VERSION"):
                if (folder / name).is_file():
                    with (folder / name).open() as opened:
                        return opened.readline().removeprefix("# version").strip()[:8]
            return f"{int((folder / EXAMPLE).stat().st_mtime):x}"
    return ""


def packaged_rules() -> str:
    try:
        return version("tzdata")
    except PackageNotFoundError:
        return ""


@dataclass(slots=True)
class ScheduleTerms:
    """A schedule's terms, and what it waits for, as refreshing needs them."""

    id: int
    workspace_id: str
    kind: str
    subject_id: str
    zone: str
    local_time: time
    weekdays: int
    spread_seconds: int
    next_due_at: datetime
    next_local_date: date
    version: int


class Refreshed(NamedTuple):
    """What one batch came to: the last id looked at, how many were stale, and how many of them moved."""

    last: int
    stale: int
    moved: int


async def refresh_zones(ledger: Ledger, after: int = 0, limit: int = REFRESHED_AT_ONCE) -> Refreshed | None:
    """Compute the next schedules by id anew that were computed under other zone rules; None if there are none.

    Each keeps its local date, so nothing that fell due under the old rules comes again. Rows that another process
    holds are left to it; a schedule moves by compare-and-set on its version.
    """
    columns = [getattr(ScheduleRow, name) for name in ScheduleTerms.__annotations__]
    statement = (
        select(*columns)
        .where(col(ScheduleRow.id) > after, col(ScheduleRow.tzdata_version) != installed_rules())
        .order_by(col(ScheduleRow.id))
        .limit(limit)
    )
    if ledger.unit.dialect.name == "postgresql":
        statement = statement.with_for_update(skip_locked=True)
    connection = await ledger.session.connection()
    stale = [ScheduleTerms(*row) for row in await connection.execute(statement)]
    if not stale:
        return None
    zones = await stand_ins(ledger, [(row.workspace_id, row.subject_id, row.zone) for row in stale])
    moves, same = [], []
    for row in stale:
        found = due_now(row, zones.get((row.workspace_id, row.subject_id), row.zone))
        if found == (row.next_local_date, row.next_due_at):
            same.append(row.id)
        else:
            moves.append(
                {"row_id": row.id, "seen": row.version, "due_at": found.due_at, "day": found.local_date}
            )
    await note_rules(ledger, same)
    await move_to_rules(ledger, moves)
    return Refreshed(stale[-1].id, len(stale), len(moves))


def due_now(row: ScheduleTerms, zone: str) -> Occurrence:
    """Return what a schedule waits for under the rules now installed."""
    day, sharp = on_the_minute(zone, row.local_time, row.weekdays, row.next_local_date)
    return Occurrence(day, sharp + jitter(row.subject_id, row.kind, timedelta(seconds=row.spread_seconds)))


@lru_cache(maxsize=4096)  # thousands of people share a zone, a time and a day; only the jitter is their own
def on_the_minute(zone: str, local_time: time, weekdays: int, day: date) -> Occurrence:
    return refreshed(ScheduleTerms(0, "", "", "", zone, local_time, weekdays, 0, NEVER, day, 0), day)


async def note_rules(ledger: Ledger, ids: Sequence[int]) -> None:
    """Note that these schedules, which this unit of work holds, are right under the rules now installed."""
    if ids:
        await ledger.session.exec(
            update(ScheduleRow)
            .where(col(ScheduleRow.id).in_(ids))
            .values(tzdata_version=installed_rules())
            .execution_options(synchronize_session=False)
        )


async def move_to_rules(ledger: Ledger, moves: Sequence[dict[str, object]]) -> None:
    if not moves:
        return
    table = ScheduleRow.__table__  # type: ignore[attr-defined]
    statement = (
        table.update()
        .where(table.c.id == bindparam("row_id"), table.c.version == bindparam("seen"))
        .values(
            next_due_at=bindparam("due_at"),
            next_local_date=bindparam("day"),
            tzdata_version=installed_rules(),
            version=bindparam("seen") + 1,
        )
    )
    await (await ledger.session.connection()).execute(statement, list(moves))


async def stand_ins(ledger: Ledger, subjects: Collection[tuple[str, str, str]]) -> dict[tuple[str, str], str]:
    """Return the zone to use instead for those of these (workspace, subject, zone) whose zone is unknown.

    It is their team's, and UTC where that is unknown as well or there is no team.
    """
    lost = {(workspace_id, subject_id) for workspace_id, subject_id, zone in subjects if not is_known(zone)}
    if not lost:
        return {}
    statement = (
        select(MemberRow.workspace_id, MemberRow.user_id, TeamRow.zone)
        .join(TeamRow, col(TeamRow.id) == col(MemberRow.team_id))
        .where(tuple_(col(MemberRow.workspace_id), col(MemberRow.user_id)).in_(lost))
    )
    found = {(row[0], row[1]): row[2] for row in await ledger.session.exec(statement)}
    return {key: found[key] if is_known(found.get(key, "")) else LAST_RESORT for key in lost}


async def with_known_zones(ledger: Ledger, rows: list[ScheduleRow]) -> list[ScheduleRow]:
    """Let schedules whose zone is unknown say the one that stands in for it; what is stored stays as it is."""
    zones = await stand_ins(ledger, [(row.workspace_id, row.subject_id, row.zone) for row in rows])
    for row in rows if zones else ():
        stand_in = zones.get((row.workspace_id, row.subject_id))
        if stand_in is not None:
            set_committed_value(row, "zone", stand_in)
    return rows


async def known_zone_of(scope: Scope, subject_id: str, zone: str) -> str:
    """Return the zone by which a subject's schedules are computed: its own if that is known."""
    zones = await stand_ins(scope.ledger, [(scope.workspace_id, subject_id, zone)])
    return zones.get((scope.workspace_id, subject_id), zone)


async def unknown_zones(ledger: Ledger) -> dict[str, int]:
    """Return how many enabled schedules name each zone that the installed rules do not have.

    Of somebody whose zone Slack never named there is nothing to mend: their team's is used.
    """
    statement = (
        select(ScheduleRow.zone, func.count())
        .where(col(ScheduleRow.enabled), col(ScheduleRow.zone) != NO_ZONE)
        .group_by(col(ScheduleRow.zone))
    )
    return {zone: int(count) for zone, count in await ledger.session.exec(statement) if not is_known(zone)}
