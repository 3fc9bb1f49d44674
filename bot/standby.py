"""Standby: one process serves a SQLite file; any other waits beside it and takes over when the first ends.

The lock is the operating system's (flock), so it ends with the process that holds it, however that ends. It is
taken before the database is opened, and given back after it is closed. Imports, migrations and the doctor take
none: SQLite itself lets them write between. PostgreSQL needs no lock, as its processes share the work.
"""

import asyncio
import fcntl
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

from bot.settings import SettingsTrouble
from storage.database import Database

log = structlog.get_logger()

POLL = 0.5  # seconds until the next try; flock offers no wait that an event loop could be woken from
MOUNTS = Path("/proc/self/mountinfo")
# SQLite's WAL needs memory that all processes share and locks that hold; file systems over a network give neither.
NETWORK = frozenset(
    {
        *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "glusterfs", "gpfs", "lustre", "ncpfs"),
        *("nfs", "nfs4", "orangefs", "pvfs2", "smb3", "smbfs", "vboxsf"),
        *("fuse.ceph", "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.juicefs", "fuse.mfs"),
        *("fuse.rclone", "fuse.s3fs", "fuse.sshfs", "fuse.weedfs"),
    }
)


@asynccontextmanager
async def alone(database_url: str) -> AsyncIterator[None]:
    """Be the only process that serves the database while the block lasts; wait until it is free.

    Raises:
        SettingsTrouble: if the database is no file that a bot can be kept in.
        StorageTrouble: if the address is none.
    """
    file = file_of(database_url)
    if file is None:
        yield
        return
    lock = opened(lock_of(file))
    try:
        await taken(lock, file)
        yield
    finally:
        os.close(lock)


def file_of(database_url: str, mounts: Path = MOUNTS) -> Path | None:
    """Return the file that a SQLite address names, whatever way leads to it; None for PostgreSQL.

    Raises:
        SettingsTrouble: if it is in memory only, or on a network file system.
        StorageTrouble: if it is no address.
    """
    url = Database(database_url).url
    if url.get_backend_name() != "sqlite":
        return None
    name = url.database or ""
    if name in {"", ":memory:"} or name.startswith("file:"):
        raise SettingsTrouble(
            "DATABASE_URL names no file, so everything would be lost at the end. "
            "Write sqlite+aiosqlite:///rainmaker.db, or a postgresql+asyncpg:// address."
        )
    file = Path(name).resolve()
    if (kind := file_system(file.parent, mounts)) in NETWORK:
        raise SettingsTrouble(
            f"{file} is on a network file system ({kind}), where SQLite loses data. "
            "Use a local disk, or PostgreSQL: DATABASE_URL=postgresql+asyncpg://…"
        )
    return file


def lock_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.lock")


def opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as refused:
        raise SettingsTrouble(
            f"{path} cannot be written ({refused.strerror}). Check that the folder exists and is ours."
        ) from refused


async def taken(lock: int, file: Path) -> None:
    """Wait until the lock is ours, and write down who we are for whoever looks."""
    waiting = False
    while not try_to_take(lock):
        if not waiting:
            log.info("standing by: another process serves this database", file=str(file), holder=holder(file))
            waiting = True
        await asyncio.sleep(POLL)
    os.ftruncate(lock, 0)
    os.pwrite(lock, f"{socket.gethostname()}:{os.getpid()}\n".encode(), 0)
    if waiting:
        log.info("taking over", file=str(file))


def try_to_take(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def holder(file: Path) -> str | None:
    """Return which process serves a file, as it wrote itself down; None if none does."""
    try:
        lock = os.open(lock_of(file), os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        if try_to_take(lock):
            return None
        return os.pread(lock, 200, 0).decode(errors="replace").strip() or "a process that is just starting"
    finally:
        os.close(lock)


def file_system(folder: Path, mounts: Path = MOUNTS) -> str:
    """Return the type of the file system a folder is on, as the kernel calls it; empty where it does not say.

    Linux says; elsewhere nothing is known, and nothing refused.
    """
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    found, longest = "", -1
    for line in lines:
        before, _, after = line.partition(" - ")
        point = Path(unescaped(before.split(" ")[4]))
        if (
            folder.is_relative_to(point) and len(point.parts) >= longest
        ):  # a later mount covers an earlier one
            found, longest = after.split(" ")[0], len(point.parts)
    return found


def unescaped(name: str) -> str:
    """Return a name as it is: the kernel writes blanks and backslashes in it as octal numbers."""
    for octal, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        name = name.replace(octal, character)
    return name
