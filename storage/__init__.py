"""Tables and queries. SQLite by default; every query takes a scope, which is one workspace in one unit of work."""

import storage.columns  # noqa: F401 -- its listener must be there before any table is made
