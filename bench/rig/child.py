"""A part of a measurement in a process of its own, spoken to in lines: a word in, a JSON value out.

Every one of them also knows what it has cost: `cpu` is the seconds it has computed, `memory` the MiB it holds.
"""

import asyncio
import json
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

SECONDS = 120  # for any answer; a child that says nothing for so long has failed


class BenchChild:
    def __init__(self, process: Process) -> None:
        self.process = process

    async def answer(self) -> Any:
        assert self.process.stdout is not None
        said = await asyncio.wait_for(self.process.stdout.readline(), SECONDS)
        if not said:
            raise SystemExit(f"a part of the measurement ended with {await self.process.wait()}")
        return json.loads(said)

    async def ask(self, word: str) -> Any:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n".encode())
        return await self.answer()


@asynccontextmanager
async def child(script: Path, *arguments: object) -> AsyncIterator[tuple[BenchChild, Any]]:
    """Run a script beside us while the block lasts, and yield it with the first thing it says. It ends by itself."""
    words = [str(each) for each in arguments]
    process = await asyncio.create_subprocess_exec(sys.executable, script, *words, stdin=PIPE, stdout=PIPE)
    assert process.stdin is not None
    try:
        beside = BenchChild(process)
        yield beside, await beside.answer()
    finally:
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), SECONDS)
        except TimeoutError:
            process.kill()


async def answering(first: object, answer: Callable[[str], Awaitable[object]]) -> None:
    """In the child: say the first thing, then answer each word until there are no more."""
    say(first)
    loop = asyncio.get_running_loop()
    while word := (await loop.run_in_executor(None, sys.stdin.readline)).strip():
        if word == "cpu":
            say(time.process_time())
        elif word == "memory":
            say(memory())
        else:
            say(await answer(word))


async def nothing_else(word: str) -> object:
    """Answer for a child that only serves."""
    raise ValueError(f"{word} means nothing here")


def memory(process: object = "self") -> float:
    """Return the MiB a process holds; 0 where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    return int(status.read_text().partition("VmRSS:")[2].split()[0]) / 1024 if status.exists() else 0.0


def say(value: object) -> None:
    print(json.dumps(value), flush=True)
