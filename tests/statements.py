"""A statement is compiled once for all the databases of a process.

SQLAlchemy keeps what it compiled with the engine, of which a bot has two for as long as it runs. Tests open and close
a database each, and would spend a fifth of their time on compiling the same statements again.
"""

from typing import Any

from sqlalchemy import Connection, Dialect, Engine, event

DIALECTS: dict[
    str, Dialect
] = {}  # what was compiled belongs to a dialect, so all engines of a kind use the first's
COMPILED: dict[Any, Any] = {}


def compile_statements_once() -> None:
    """Let every engine of this process, from now on, use what another of its kind compiled."""
    event.listen(Engine, "engine_connect", share)


def share(connection: Connection) -> None:
    connection.dialect = DIALECTS.setdefault(connection.dialect.name, connection.dialect)
    connection.execution_options(compiled_cache=COMPILED)
