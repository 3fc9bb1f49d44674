"""A look through a file ends with whoever waits for it."""

import asyncio
import sys
import threading
from contextlib import suppress
from time import monotonic

import pytest

from sales.imports.files.terms import ImportTerms
from storage.imports.files import workbook
from storage.imports.files.run import read_in
from storage.imports.files.stoppable import go_on, in_a_thread, stoppable
from tests.known import T0, WORKSPACE

SOON = 5.0  # seconds; surveying the file below takes far longer


async def test_what_runs_ends_before_whoever_waited_goes_on():
    began, ended = threading.Event(), threading.Event()

    def looks():
        try:
            began.set()
            while True:
                go_on()
        finally:
            ended.set()

    waiting = asyncio.create_task(in_a_thread(looks))
    await asyncio.to_thread(began.wait)
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    assert ended.is_set()


async def test_what_it_comes_to_and_what_it_raises_are_handed_on():
    assert await in_a_thread(lambda one, two: one + two, 1, two=2) == 3
    with pytest.raises(ZeroDivisionError):
        await in_a_thread(lambda: 1 // 0)


def test_nothing_stops_what_nobody_may_stop():
    go_on()
    lines = iter(["a", "b", ""])
    read = stoppable(lambda most: next(lines))
    assert [read(1), read(1), read(1)] == ["a", "b", ""]


@pytest.mark.engines("sqlite")
async def test_a_survey_of_many_rows_stops(database, tmp_path):
    path = tmp_path / "deals.csv"
    with path.open("w") as file:
        file.write("id,name,stage,value\n")
        for start in range(0, 1_000_000, 10_000):
            file.writelines(f"{at},Deal {at},open,10\n" for at in range(start, start + 10_000))
    reading = asyncio.create_task(read_in(database, WORKSPACE, path, lambda: T0, ImportTerms(dry_run=True)))
    await asyncio.sleep(0.5)
    began = monotonic()
    reading.cancel()
    with suppress(asyncio.CancelledError):
        await reading
    assert reading.cancelled()
    assert monotonic() - began < SOON / 5


async def test_a_process_that_reads_a_workbook_is_stopped():
    waiting = asyncio.create_task(
        in_a_thread(workbook.ended, [sys.executable, "-c", "import time; time.sleep(60)"])
    )
    await asyncio.sleep(0.3)
    began = monotonic()
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    assert monotonic() - began < SOON


async def test_what_a_process_says_is_handed_on():
    said = await in_a_thread(workbook.ended, [sys.executable, "-c", "import sys; print('a'); sys.exit(3)"])
    assert said == (3, "a\n", "")
