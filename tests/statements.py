"""Statements: each is compiled once for all the databases of a process, and a test can note which ones are run.

SQLAlchemy keeps what it compiled with the engine, of which a bot has two for as long as it runs. Tests open and close
a database each, and would spend a fifth of their time on compiling the same statements again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, TextClause, event, text

from storage.database import Database

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


@contextmanager
def asked_of(database: Database) -> Iterator[list[str]]:
    """Note what a database is asked, statement by statement."""
    found: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        found.append(statement)

    engines = {id(each): each.sync_engine for each in (database.engine.reading, database.engine.writing)}
    for engine in engines.values():
        event.listen(engine, "before_cursor_execute", note)
    yield found
    for engine in engines.values():
        event.remove(engine, "before_cursor_execute", note)


@cache
def which_hold_rows(tables: tuple[str, ...]) -> TextClause:
    """Return the question which of these tables hold anything: most never do, and each would be a question more."""
    each = (f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\")" for name in tables)
    return text(" UNION ALL ".join(each))
