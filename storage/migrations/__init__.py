"""Schema versions. The database is brought up to date when it is opened; a newer one is refused."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.migrations.triggers import put_back

VERSIONS = Path(__file__).parent / "versions"


def newest() -> str:
    """Return the newest schema version that this code knows: each step's file begins with its own."""
    return max(step.name.partition("_")[0] for step in VERSIONS.glob("[0-9]*.py"))


def found(connection: Connection) -> list[str]:
    """Return the version a database says it is at; none if it is new."""
    if not inspect(connection).has_table("alembic_version"):
        return []
    return list(connection.scalars(text("SELECT version_num FROM alembic_version")))


def upgrade(connection: Connection) -> None:
    """Bring the schema and its triggers up to date inside the connection's transaction.

    Raises:
        NewerDatabase: if the schema's version is one this code does not know.
    """
    at = found(connection)
    if at != [newest()]:
        # Alembic takes a tenth of a second and nine MiB to load, and nearly every start finds nothing to do.
        from storage.migrations.steps import take

        take(connection, at)
    put_back(connection)
