"""Backups of a SQLite file: consistent while the bot writes, whole or not there at all."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.trouble import StorageTrouble

PAGES_AT_ONCE = (
    1_000  # 4 MB; between two steps a bot may write, which only makes SQLite copy those pages again
)
LOCKED_SECONDS = 10.0
FIRST_BYTES = b"SQLite format 3\x00"


def back_up(file: Path, to: Path) -> int:
    """Copy a database that may be in use into one new file, and return its size in bytes.

    The copy is what the database was at one instant, checked, and safely on the disk before it gets its name.

    Raises:
        StorageTrouble: if there is no such database, `to` is there already, or the disk is in the way.
    """
    if not is_database(file):
        raise StorageTrouble(f"{file} is no database. Check DATABASE_URL.")
    if to.exists():
        raise taken(to)
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        copy(file, part)
        named(part, to)
    except sqlite3.Error as trouble:
        raise StorageTrouble(f"The backup could not be made: {trouble}. {file} is as it was.") from trouble
    except FileExistsError as there:
        raise taken(to) from there
    except OSError as refused:
        raise StorageTrouble(
            f"{to} cannot be written ({refused.strerror}). Check that its folder exists and has room."
        ) from refused
    finally:
        part.unlink(missing_ok=True)
    return to.stat().st_size


def is_database(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(FIRST_BYTES)) == FIRST_BYTES
    except OSError:
        return False


def taken(to: Path) -> StorageTrouble:
    return StorageTrouble(f"{to} is there already, and a backup overwrites nothing. Choose another name.")


def copy(file: Path, part: Path) -> None:
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # it holds everybody's words
    with (
        closing(
            sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=LOCKED_SECONDS)
        ) as source,
        closing(sqlite3.connect(part)) as target,
    ):
        source.backup(target, pages=PAGES_AT_ONCE)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        (found,) = target.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise sqlite3.DatabaseError(found)


def named(part: Path, to: Path) -> None:
    """Give a finished copy its name, unless somebody else has taken the name meanwhile."""
    with part.open("rb+") as written:
        os.fsync(written.fileno())
    os.link(part, to)
    folder = os.open(to.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
