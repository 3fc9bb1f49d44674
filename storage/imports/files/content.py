"""The content of a dropped file: our copy of it, put together again where it is read."""

import asyncio
import zlib
from pathlib import Path
from typing import BinaryIO

from storage.database import Database
from storage.imports.files.drop import find_piece, held_drop, keep_piece, packed


async def keep_content(
    database: Database, workspace_id: str, drop_id: int, fence: int, path: Path
) -> int | None:
    """Keep a file in pieces, each in a unit of work of its own; return how many, None where somebody else has it."""
    pieces, number = packed(path), 0
    while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
        async with database.write(workspace_id) as scope:
            if await held_drop(scope, drop_id, fence) is None:
                return None
            await keep_piece(scope, drop_id, number, piece)
        number += 1
    return number


async def restore_content(
    database: Database, workspace_id: str, drop_id: int, count: int, path: Path
) -> bool:
    """Write our copy of a file to a path; False where it is not kept any more."""
    with await asyncio.to_thread(path.open, "wb") as file:
        for number in range(count):
            async with database.read(workspace_id) as scope:
                piece = await find_piece(scope, drop_id, number)
            if piece is None:
                return False
            await asyncio.to_thread(unpack, piece, file)
    return count > 0


def unpack(piece: bytes, file: BinaryIO) -> None:
    file.write(zlib.decompress(piece))


def lines_in(path: Path) -> int:
    """Return how many lines a file has below its first, at a glance: a cell that holds line ends counts for several."""
    count, last = 0, b"\n"
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            count, last = count + piece.count(b"\n"), piece[-1:]
    return max(0, count - (last == b"\n"))
