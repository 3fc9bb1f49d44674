"""Schema versions. The database is brought up to date when it is opened; a newer one is refused."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.migrations.triggers import put_back
from storage.trouble import NewerDatabase

HERE = Path(__file__).parent


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration; it needs no file of its own."""
    config = Config()
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Bring the schema and its triggers up to date inside the connection's transaction.

    Raises:
        NewerDatabase: if the schema's version is one this code does not know.
    """
    config = configuration(connection)
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    head = scripts.get_current_head()
    heads = MigrationContext.configure(connection).get_current_heads()
    for found in heads:
        if found not in known:
            raise NewerDatabase(
                f"This database is at schema {found}; this Rainmaker knows up to {head}. "
                "Install the newer Rainmaker that wrote it, or restore an older backup."
            )
    if heads != (head,):
        command.upgrade(config, "head")
    put_back(connection)
