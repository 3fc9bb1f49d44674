"""Importing: rows of files written in batches, so that each run can be told, continued and undone."""
