"""How somebody at a terminal goes through it: `rainmaker …` typed, what is printed, and how it ends."""

import asyncio
import io
import os
import re
import runpy
import subprocess
import sys
import traceback
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).parents[3]
COLUMNS = "200"  # of the terminal, so that a line of a table stays one line
# Runs the command in a process of its own, and writes down at the end how much memory it had at most.
WATCHED = """
import re, runpy, sys
sys.argv = ["rainmaker", *sys.argv[2:]]
try:
    runpy.run_module("bot", run_name="__main__")
finally:
    with open("/proc/self/status") as status, open(PEAK, "w") as file:
        file.write(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1])
"""


@dataclass(frozen=True)
class Ended:
    """What somebody at a terminal sees, and how the command ended; `peak` is MB, where it was watched."""

    code: int
    out: str
    err: str
    peak: float = 0.0

    @property
    def said(self) -> str:
        return self.out + self.err

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.said.splitlines() if line.strip()]

    def telling(self, pattern: str) -> list[str]:
        """The lines that say this."""
        return [line for line in self.lines if re.search(pattern, line, re.IGNORECASE)]


@dataclass(frozen=True)
class Terminal:
    """A terminal in a folder, with the database that `rainmaker` uses there."""

    folder: Path
    url: str
    settings: Sequence[tuple[str, str]] = ()

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.url,
            "COLUMNS": COLUMNS,
            "PYTHONPATH": str(ROOT),
            **dict(self.settings),
        }

    def file(self, name: str, content: str | bytes, encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    def __call__(self, *arguments: object, answers: str = "") -> Ended:
        """Type `rainmaker` and this; `answers` is typed where it asks something. Runs in this process."""
        out, err, code = io.StringIO(), io.StringIO(), 0
        before = Path.cwd()
        with (
            mock.patch.dict(os.environ, self.environment, clear=True),
            mock.patch.object(sys, "argv", ["rainmaker", *map(str, arguments)]),
            mock.patch.object(sys, "stdin", io.StringIO(answers)),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            os.chdir(self.folder)
            try:
                runpy.run_module("bot", run_name="__main__")
            except SystemExit as ended:
                code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
            except BaseException:  # noqa: BLE001 (whatever it is, a person would see it so)
                code = 1
                traceback.print_exc(file=err)
            finally:
                os.chdir(before)
        return Ended(code, out.getvalue(), err.getvalue())

    async def beside(self, *arguments: object, answers: str = "") -> Ended:
        """The same while the bot and Slack run here."""
        return await asyncio.to_thread(self, *arguments, answers=answers)

    def watched(self, *arguments: object, seconds: float = 600, largest_file: int | None = None) -> Ended:
        """The same in a process of its own, whose memory is watched; `largest_file` is where the disk is full."""
        peak = self.folder / "peak"
        limit = (
            f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({largest_file}, {largest_file}))\n"
        )
        script = (limit if largest_file else "") + f"PEAK = {str(peak)!r}\n" + WATCHED
        ran = subprocess.run(
            [sys.executable, "-c", script, "rainmaker", *map(str, arguments)],
            capture_output=True,
            text=True,
            cwd=self.folder,
            env=self.environment,
            timeout=seconds,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        most = int(peak.read_text() or 0) / 1024 if peak.exists() else 0.0
        return Ended(ran.returncode, ran.stdout, ran.stderr, most)


def option(terminal: Terminal, command: str, pattern: str) -> str | None:
    """The option of a command whose help speaks of this, if it has one."""
    said = terminal(command, "--help").out
    for part in re.split(r"(?=--[a-z])", re.sub(r"[│╭╰─╮╯]", " ", said)):
        if part.startswith("--") and re.search(pattern, part, re.IGNORECASE):
            return part.split()[0].rstrip(",")
    return None


def counted(ended: Ended, word: str) -> int | None:
    """What the table of counts says under a heading; None where there is no table."""
    for at, line in enumerate(ended.out.splitlines()):
        headings = line.split()
        if "added" in (one.lower() for one in headings) and "file" in (one.lower() for one in headings):
            place = [one.lower() for one in headings].index(word.lower()) - len(headings)
            figures = ended.out.splitlines()[at + 1].split()
            return int(figures[place].replace(",", "").replace("–", "0"))
    return None


def clear(ended: Ended) -> str:
    """What was said; fails on anything that no person should see."""
    assert "Traceback" not in ended.said, ended.said[-1500:]
    assert not re.search(r"\bNone\b|\bnan\b|Error\(|<class", ended.said), ended.said[-1500:]
    return ended.said
