"""Database trouble in one clear line that says the mend."""

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

SIGNS = (
    ("database or disk is full", "The disk is full. Free some space; nothing already confirmed is lost."),
    (
        "attempt to write a readonly database",
        "The database is read-only. Check the file's permissions and its folder's.",
    ),
    ("readonly", "The database is read-only. Check the file's permissions and its folder's."),
    ("database is locked", "Another program holds the database. Close it, or wait and try again."),
    (
        "unable to open database file",
        "The database file cannot be opened. Check that its folder exists and is writable.",
    ),
    (
        "disk i/o error",
        "The disk reported an error. Check the drive, then restore the newest backup if it persists.",
    ),
    ("file is not a database", "DATABASE_URL names a file that is not a Rainmaker database."),
    ("malformed", "The database file is damaged. Restore the newest backup."),
    ("connection refused", "The database server does not answer. Start it or correct DATABASE_URL."),
)


class StorageTrouble(Exception):
    """The database could not do what was asked. Nothing of the unit of work was kept."""


class NewerDatabase(StorageTrouble):
    """The database was written by a newer Rainmaker than this one."""


def explained(error: BaseException) -> StorageTrouble | None:
    """Return the trouble in plain words where the error is the database's state, not a fault of ours."""
    if isinstance(error, PoolTimeout):
        return StorageTrouble("The database is busy. Try again in a moment.")
    if not isinstance(error, DBAPIError | OSError):
        return None
    said = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    for sign, line in SIGNS:
        if sign in said:
            return StorageTrouble(line)
    return None
