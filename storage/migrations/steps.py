"""The steps from one schema version to the next, taken by Alembic; loaded only where there are any to take."""

from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.trouble import NewerDatabase

HERE = Path(__file__).parent


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration; it needs no file of its own."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def take(connection: Connection, at: Sequence[str]) -> None:
    """Take all steps from the version a database is at, inside the connection's transaction.

    Raises:
        NewerDatabase: if that version is one this code does not know.
    """
    config = configuration(connection)
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    for one in at:
        if one not in known:
            raise NewerDatabase(
                f"This database is at schema {one}; this Rainmaker knows up to {scripts.get_current_head()}. "
                "Install the newer Rainmaker that wrote it, or restore an older backup."
            )
    command.upgrade(config, "head")
