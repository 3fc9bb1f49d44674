"""Texts: every table looked through in pieces, and what names somebody cleared in small units of work."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence

from bot.clock import Clock
from messages.imports.files import refused
from sales.imports.erasure import Traces
from storage.database import Database
from storage.imports.erasure import CLEARED, Key, Searched, clear_rows, rows_naming, searched, table_of
from storage.imports.files.content import forget_copies
from storage.imports.files.drop import FilePieceRow
from storage.pieces import pieces

PASSES = 3  # a bot that runs beside it may write a name again while it is taken out elsewhere


async def clear_everywhere(
    database: Database, workspace_id: str, traces: Traces, counted: Counter[str]
) -> int:
    """Clear every table of what names somebody, until a look through all of them finds nothing.

    Returns how many rows named them at the last look: more than none where somebody goes on writing the name.
    """
    found = 0
    for _ in range(PASSES):
        found = 0
        async for table, naming in naming_rows(database, workspace_id, traces):
            found += len(naming)
            for some in pieces(naming, CLEARED):
                async with database.write(workspace_id) as scope:
                    counted[table.name] += await clear_rows(scope, table, some, traces)
        if not found:
            break
    return found


async def erase_copies(database: Database, workspace_id: str, clock: Clock, counted: Counter[str]) -> int:
    """Erase our copies of dropped files, in which no name is looked for; return how many are being read just now."""
    async with database.write(workspace_id) as scope:
        gone, read = await forget_copies(scope, clock(), str(refused("erased_copy")))
    counted[table_of(FilePieceRow).name] += gone
    return read


async def count_naming(database: Database, workspace_id: str, traces: Traces) -> Counter[str]:
    """Return how many rows name somebody, by table. Writes nothing."""
    counted = Counter[str]()
    async for table, naming in naming_rows(database, workspace_id, traces):
        counted[table.name] += len(naming)
    return counted


async def naming_rows(
    database: Database, workspace_id: str, traces: Traces
) -> AsyncIterator[tuple[Searched, Sequence[Key]]]:
    """Yield the keys of the rows that name somebody, table by table and some at a time; nothing is held between."""
    for table in searched():
        after = None
        while True:
            async with database.read(workspace_id) as scope:
                naming, after = await rows_naming(scope, table, traces, after)
            if naming:
                yield table, naming
            if after is None:
                break
