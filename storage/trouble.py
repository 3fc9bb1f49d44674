"""Database trouble in one clear line that says the mend."""

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

NO_SERVER = "The database server does not answer. Start it or correct DATABASE_URL."
AWAY = "The database server went away or is restarting. Nothing of this was kept; try again in a moment."
SILENT = "The database server does not answer. Nothing of this was kept; try again in a moment."
UNSURE = (
    "The database stopped answering just as I wrote this down, so I cannot tell whether it was kept."
    " Look before you do it again."
)
CROWDED = "More is going on right now than I can write down in time. This was not stored; send it again in a moment."
BUSY = "The database is busy. Nothing of this was kept; try again in a moment."
FULL = "The disk is full. Free some space; nothing already confirmed is lost."
SIGNS = (
    (
        "the database file was removed or replaced",
        "The database file was removed or replaced while I ran. Nothing of this was kept. Put it back, or restart me"
        " to use the one that is there now.",
    ),
    ("database or disk is full", FULL),
    ("no space left on device", FULL),
    ("disk quota exceeded", FULL),
    (
        "attempt to write a readonly database",
        "The database is read-only. Check the file's permissions and its folder's.",
    ),
    ("readonly", "The database is read-only. Check the file's permissions and its folder's."),
    (
        "database is locked",
        "Another program holds the database. Nothing of this was kept; close it, or wait and try again.",
    ),
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
    ("password authentication failed", "The database server refused the password. Correct DATABASE_URL."),
    ("connection refused", NO_SERVER),
    ("connect call failed", NO_SERVER),
    ("no answer in time", SILENT),
    ("no such file or directory", NO_SERVER),
    ("name or service not known", NO_SERVER),
    ("does not exist", "The database server has no database or role of that name. Correct DATABASE_URL."),
    ("too many clients", "The database server has no connection left. Allow it more, or run fewer replicas."),
    (
        "remaining connection slots",
        "The database server has no connection left. Allow it more, or run fewer replicas.",
    ),
    ("not currently accepting connections", AWAY),
    ("system is starting up", AWAY),
    ("system is shutting down", AWAY),
    ("in recovery mode", AWAY),
    ("not yet accepting connections", AWAY),
    ("not accepting connections", AWAY),
    ("terminating connection", AWAY),
    ("connection was closed", AWAY),
    ("connection is closed", AWAY),
    ("connection does not exist", AWAY),
    ("connection reset", AWAY),
    ("underlying connection", AWAY),
    ("cannot switch to state", AWAY),
    ("statement timeout", BUSY),
    ("lock timeout", BUSY),
    ("deadlock detected", BUSY),
    ("read-only transaction", "The database server takes no writes now. Connect to its primary."),
)


class Crowded(PoolTimeout):
    """More units of work wait for their turn than can have it in time."""


class StorageTrouble(Exception):
    """The database could not do what was asked. Nothing of the unit of work was kept, unless it is `Unsure`."""


class Unsure(StorageTrouble):
    """The answer to a commit was lost: the unit of work was kept as a whole, or not at all, and nobody knows which."""

    def __init__(self) -> None:
        super().__init__(UNSURE)


class TurnedAway(StorageTrouble):
    """More wait to be served than can be in time. Nothing is wrong with the database, and nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__(CROWDED)


class NewerDatabase(StorageTrouble):
    """The database was written by a newer Rainmaker than this one."""


def explained(error: BaseException, of_driver: tuple[type[BaseException], ...]) -> StorageTrouble | None:
    """Return the trouble in plain words where the error is the database's state, not a fault of ours.

    `of_driver` is what the driver of the engine raises by itself, without SQLAlchemy between.
    """
    if isinstance(error, Crowded):
        return TurnedAway()
    if isinstance(error, PoolTimeout):
        return StorageTrouble(BUSY)
    if not isinstance(error, (DBAPIError, OSError, *of_driver)):
        return None
    of_server = error.orig if isinstance(error, DBAPIError) else error
    said = str(of_server).lower()
    for sign, line in SIGNS:
        if sign in said:
            return StorageTrouble(line)
    if isinstance(of_server, ConnectionError):  # while one was being opened, in whatever words
        return StorageTrouble(AWAY)
    return StorageTrouble(SILENT) if isinstance(of_server, TimeoutError) else None
