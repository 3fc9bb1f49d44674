"""The content of a dropped file: our copy of it, put together again where it is read."""

import asyncio
import zlib
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sales.imports.files.drop import HELD, DropNews, DropStep
from storage.database import Database
from storage.imports.files.drop import (
    copied_drops,
    find_piece,
    forget_pieces,
    held_drop,
    keep_piece,
    move_drop,
    packed,
)
from storage.scope import Scope


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


async def forget_copies(scope: Scope, now: datetime, why: str) -> tuple[int, int]:
    """Erase our copies of dropped files, whose messages say why; return how many went, and how many are being read.

    Those that are being read are erased by whoever reads them, or stand still again once they have been.
    """
    gone = read = 0
    for row in await copied_drops(scope):
        if row.lease_owner is not None and row.lease_until is not None and row.lease_until >= now:
            read += 1
            continue
        await forget_pieces(scope, row.id)
        row.pieces = 0
        if row.step in HELD:
            await move_drop(scope, row, DropStep.FAILED, now, DropNews(trouble=why, again=True))
        gone += 1
    return gone, read


def unpack(piece: bytes, file: BinaryIO) -> None:
    file.write(zlib.decompress(piece))


def lines_in(path: Path) -> int:
    """Return how many lines a file has below its first, at a glance: a cell that holds line ends counts for several."""
    count, last = 0, b"\n"
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            count, last = count + piece.count(b"\n"), piece[-1:]
    return max(0, count - (last == b"\n"))
