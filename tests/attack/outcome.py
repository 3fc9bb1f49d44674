"""What came of an attack: how often it was tried, and each time that something did not hold."""

import sys
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tests.chaos.ground import Databases
from tests.chaos.replicas import Nest, nest
from tests.engines import QUICK, Postgres, postgres_server

SLACK_WAITS = 3.0  # seconds


@dataclass
class Outcome:
    """What came of one kind of attack."""

    name: str
    tried: int = 0
    broken: list[str] = field(default_factory=list)
    note: str = ""

    def check(self, held: bool, what: object) -> None:
        """Count one try; say what did not hold."""
        self.tried += 1
        if not held:
            self.broken.append(str(what))

    def __str__(self) -> str:
        result = "holds" if not self.broken else f"**{len(self.broken)} did not hold**"
        return f"| {self.name} | {self.tried:,} | {result} | {self.note} |"


@dataclass
class AttackGround:
    """Where attacks are made: a folder, and what is started when it is first asked for. Nothing outlives it."""

    folder: Path
    stack: ExitStack
    quick: bool
    servers: list[Postgres] = field(default_factory=list)
    nests: list[Nest] = field(default_factory=list)
    files: int = 0

    def file(self) -> str:
        """Return the address of a SQLite database that is not there yet."""
        self.files += 1
        return f"sqlite+aiosqlite:///{self.folder}/attack_{self.files}.db"

    def postgres(self) -> Postgres:
        if not self.servers:
            server = self.stack.enter_context(postgres_server(self.folder / "postgres", *QUICK))
            self.servers.append(Postgres(server))
        return self.servers[0]

    @cached_property
    def databases(self) -> Databases:
        return Databases(self.folder, self.postgres)

    def nursery(self) -> Nest:
        """Return the process that starts replicas."""
        if not self.nests:
            self.nests.append(self.stack.enter_context(nest()))
        return self.nests[0]


Attack = Callable[[AttackGround], Awaitable[Outcome]]


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
