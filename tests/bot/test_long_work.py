"""Long work of a schedule: done outside of the unit of work, before the schedule moves on, and again if it failed."""

from bot.heartbeat import Heartbeat
from handlers.kind import Job
from sales.nudges.declared import Subject
from sales.nudges.ledger import DeliveryState
from sales.nudges.schedule import CatchUp
from tests.bot.heartbeats import EVENING, BeatWatch, at_five, decide, put, state
from tests.known import WORKSPACE


class Worker:
    """Work that writes in units of its own, and fails for one subject as often as it is told to."""

    def __init__(self, failures=0):
        self.failures = failures
        self.done = []

    async def work(self, database, row, now):
        async with database.write(WORKSPACE):  # nobody holds the writer meanwhile
            self.done.append(row.subject_id)
        if row.subject_id == "U1" and self.failures:
            self.failures -= 1
            raise ZeroDivisionError


def heart(database, worker):
    job = Job("prompt", CatchUp.LEVEL, decide, Subject.MEMBER, at_five, accounts=False, work=worker.work)
    return Heartbeat(database, BeatWatch(EVENING), {"prompt": job}, lambda: None)


async def test_work_comes_once_before_what_it_asks_for(database):
    worker = Worker()
    await put(database, "U1", "U2")
    beats = heart(database, worker)
    assert await beats.beat() == 2
    assert await beats.beat() == 0
    assert sorted(worker.done) == ["U1", "U2"]
    assert await state(database, "U1") is DeliveryState.PENDING


async def test_work_that_fails_is_done_again_and_keeps_nobody_else_waiting(database):
    worker = Worker(failures=1)
    await put(database, "U1", "U2")
    beats = heart(database, worker)
    assert await beats.beat() == 1
    assert await state(database, "U1") is None
    assert await state(database, "U2") is DeliveryState.PENDING
    assert await beats.beat() == 1
    assert await state(database, "U1") is DeliveryState.PENDING
    assert sorted(worker.done) == ["U1", "U1", "U2"]


async def test_two_processes_that_do_the_same_work_ask_once(database):
    worker = Worker()
    await put(database, "U1")
    one, other = heart(database, worker), heart(database, worker)

    async def meanwhile(opened, row, now):
        await other.beat()

    job = Job("prompt", CatchUp.LEVEL, decide, Subject.MEMBER, at_five, accounts=False, work=meanwhile)
    one.tick.jobs = {"prompt": job}
    assert await one.beat() == 0  # the other one moved it on
    assert worker.done == ["U1"]
    assert await state(database, "U1") is DeliveryState.PENDING
