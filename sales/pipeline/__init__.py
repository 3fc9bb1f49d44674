"""Pipeline: opportunities, and what those that are closed teach."""
