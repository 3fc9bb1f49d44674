"""Importing: rows of files written in batches, so that each run can be told, continued and undone."""

from storage.importing.compare import Differences, compare
from storage.importing.known import catalogue, directory, installed, link_owners
from storage.importing.runs import finish, latest_runs, run_of, start, unfinished
from storage.importing.undo import Undone, undo_some
from storage.importing.write import write

__all__ = [
    "Differences",
    "Undone",
    "catalogue",
    "compare",
    "directory",
    "finish",
    "installed",
    "latest_runs",
    "link_owners",
    "run_of",
    "start",
    "undo_some",
    "unfinished",
    "write",
]
