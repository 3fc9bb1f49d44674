"""Importing: rows of files written in batches, so that each run can be told, continued and undone."""

from storage.imports.files.compare import Differences, compare
from storage.imports.files.known import catalogue
from storage.imports.files.runs import finish, latest_runs, run_of, start, unfinished
from storage.imports.files.undo import Undone, undo_some
from storage.imports.files.write import write

__all__ = [
    "Differences",
    "Undone",
    "catalogue",
    "compare",
    "finish",
    "latest_runs",
    "run_of",
    "start",
    "undo_some",
    "unfinished",
    "write",
]
