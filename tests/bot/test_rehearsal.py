"""Rehearsal: what is due within minutes is made once before, and nothing of it is kept or sent."""

from datetime import timedelta

import pytest
from sqlmodel import func, select

from bot.rehearsal import Rehearsal
from handlers.kind import Job, Kind
from messages.blocks import message_of
from sales.nudges.declared import Subject
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import Nudge
from sales.nudges.schedule import CatchUp
from storage.database import Database
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.rows import DeliveryRow
from tests.bot.heartbeats import EVENING, BeatWatch, at_five, decide, put
from tests.known import WORKSPACE

MINUTE = timedelta(minutes=1)


class Stage:
    """A rehearsal of one kind of prompt, which notes what is made, for when."""

    def __init__(self, database: Database, *, rehearsed: bool = True) -> None:
        self.database = database
        self.made: list[tuple[str, int]] = []
        self.watch = BeatWatch(EVENING - 10 * MINUTE)
        kind = Kind(NudgeKind("prompt", "Prompt", "a prompt"), self.render, rehearsed=rehearsed)
        job = Job("prompt", CatchUp.DELIVER_LATEST, decide, Subject.MEMBER, at_five)
        self.rehearsal = Rehearsal(database, self.watch, {"prompt": kind}, {"prompt": job})

    async def render(self, scope, row, now):
        self.made.append((row.occurrence_key, round((now - EVENING) / MINUTE)))
        if row.occurrence_key.startswith("broken"):
            raise LookupError
        return message_of("Hello.")

    async def play(self, minutes_before: float) -> list[tuple[str, int]]:
        """Let a heartbeat find what is due soon; return what was made."""
        self.made = []
        self.watch.now = EVENING - minutes_before * MINUTE
        self.rehearsal.begin()
        self.rehearsal.begin()
        if self.rehearsal.task is not None:
            await self.rehearsal.task
        return self.made

    async def waits(self, key: str, minutes: float, kind: str = "prompt") -> None:
        nudge = Nudge(
            key=key, kind=kind, intent={}, why="", not_before=EVENING + minutes * MINUTE, user_id="U1"
        )
        async with self.database.write(WORKSPACE) as scope:
            await enqueue(scope, nudge, EVENING - 60 * MINUTE)

    async def messages(self) -> int:
        async with self.database.read_ledger() as ledger:
            return (await ledger.session.exec(select(func.count()).select_from(DeliveryRow))).one()


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)


async def test_what_is_due_within_ten_minutes_is_made_once_as_of_its_time(stage):
    await put(stage.database, "U1", "U2")
    assert await stage.play(11) == []
    both = [("prompt:U1:2026-09-14", 0), ("prompt:U2:2026-09-14", 0)]
    assert sorted(await stage.play(9)) == both
    assert await stage.play(5) == []
    assert await stage.messages() == 0


async def test_what_waits_in_the_ledger_is_made_too_the_first_due_first(stage):
    await put(stage.database, "U1")
    await stage.waits("late", 1)
    await stage.waits("early", -1)
    await stage.waits("tomorrow", 60 * 24)
    await stage.waits("another", 0, kind="reminder")
    assert await stage.play(5) == [("early", -1), ("prompt:U1:2026-09-14", 0), ("late", 1)]
    assert await stage.messages() == 4


async def test_one_that_fails_stops_nobody(stage):
    await put(stage.database, "U1", "U13")
    await stage.waits("broken", -1)
    assert await stage.play(5) == [("broken", -1), ("prompt:U1:2026-09-14", 0)]


async def test_no_more_is_rehearsed_than_is_remembered_until_it_is_due(stage):
    stage.rehearsal.most = 2
    for number in range(4):
        await stage.waits(f"w{number}", number)
    assert [key for key, _ in await stage.play(5)] == ["w0", "w1"]
    assert [key for key, _ in await stage.play(-1)] == ["w2", "w3"]


async def test_kinds_that_work_nothing_out_are_not_rehearsed(database):
    stage = Stage(database, rehearsed=False)
    await put(database, "U1")
    assert await stage.play(5) == []


async def test_it_can_be_stopped_midway_and_without_having_begun(stage):
    await stage.rehearsal.stop()
    await put(stage.database, "U1")
    stage.watch.now = EVENING - MINUTE
    stage.rehearsal.begin()
    await stage.rehearsal.stop()
    assert not stage.rehearsal.busy
