"""Tables and queries. SQLite by default; every query takes a scope, which is one workspace in one unit of work."""
