"""The database file: still the one that was opened? What is written into a removed file is lost without a word."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

GONE = (
    "the database file was removed or replaced"  # `storage/trouble.py` says it in plain words, with the mend
)
OURS_ALONE = 0o600  # it holds everybody's words
Identity = tuple[int, int]  # device and inode


def identity_of(path: Path) -> Identity | None:
    """Return which file a path leads to; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


class DatabaseFile:
    """Knows which file and which log beside it were opened.

    A look costs some microseconds, so it is taken before and after every commit: nothing is confirmed that went into
    a file which nobody will ever open again.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.log = Path(f"{path}-wal")
        self.opened: Identity | None = None
        self.logged: Identity | None = None

    def make_private(self) -> None:
        """Let nobody but our own user read it, whether it is new or was made by a version that did not mind.

        Where that cannot be done, opening it says what is wrong.
        """
        with suppress(OSError):
            self.path.touch(OURS_ALONE)
            if self.path.stat().st_uid == os.geteuid():
                self.path.chmod(OURS_ALONE)

    def remember(self) -> None:
        """Take what is there now for what was opened."""
        self.opened = identity_of(self.path)
        self.logged = None

    def forget_log(self) -> None:
        """Let the next look say which log there is: all connections may have been closed, which removes it."""
        self.logged = None

    def look(self) -> None:
        """Return if the file and its log are those that were opened.

        Raises:
            OperationalError: as SQLite's own, if one of them was removed or replaced.
        """
        if self.opened is None:
            return
        if identity_of(self.path) != self.opened:
            raise sqlite3.OperationalError(GONE)
        found = identity_of(self.log)
        if self.logged is None:
            self.logged = found
        elif found != self.logged:
            raise sqlite3.OperationalError(GONE)
