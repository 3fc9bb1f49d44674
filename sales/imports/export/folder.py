"""A folder that was exported: where it is from, which of its tables can be read in again, and the text that says so."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sales.imports.export.cells import Cell, read, written
from sales.language.figures import plural
from sales.refusal import Refusal

README = "README.txt"
FIRST_LINE = "Rainmaker export 1"  # the number is that of the format
FOR_ONE = "Rainmaker export for one person"  # what Slack hands out: without what is others' alone
WORKSPACE, INSTALLED, MADE = "Workspace: ", "Installed: ", "Made: "

# In the order in which they are read in: what a row names stands before it.
READ_IN = (
    "team",
    "member",
    "team_manager",
    "account",
    "product",
    "opportunity",
    "deal_contact",
    "goal",
    "goal_change",
    "followup",
    "activity",
)


class FolderOrigin(NamedTuple):
    """Where an export is from: a workspace in one database, since an instant, and when it was made.

    Ids of rows mean something in that database alone, which the workspace and the instant tell from others.
    """

    workspace_id: str
    workspace_name: str
    installed_at: datetime
    made_at: datetime


class ExportedFile(NamedTuple):
    """A table of an export, by its name in the database, and what became of it."""

    table: str
    file: str
    rows: int

    @property
    def is_read_in(self) -> bool:
        return self.table in READ_IN


def readme(origin: FolderOrigin, files: Sequence[ExportedFile], *, whole: bool = True) -> str:
    """Return the text that stands in a folder with its tables; `whole` is one that can be read in again."""
    facts = [
        FIRST_LINE if whole else FOR_ONE,
        f"{WORKSPACE}{origin.workspace_id} {origin.workspace_name}",
        f"{INSTALLED}{written(Cell.INSTANT, origin.installed_at)}",
        f"{MADE}{written(Cell.INSTANT, origin.made_at)}",
    ]
    return "\n".join(
        [*facts, "", *(told_whole(files) if whole else told_for_one(files)), "", *HOW_WRITTEN, ""]
    )


def told_whole(files: Sequence[ExportedFile]) -> list[str]:
    again, others = [one for one in files if one.is_read_in], [one for one in files if not one.is_read_in]
    return [
        "`rainmaker import` with this folder reads these tables in again, into an empty database or the one they",
        "are from. What is there already stays as it is, and what is missing is added:",
        *listed_files(again),
        "",
        "These are only to read; they cannot be imported:",
        *listed_files(others),
        "",
        "Keep this text with the tables: it says where they are from. Whoever reads them reads everything that",
        "people told Rainmaker, so keep the folder where nobody else looks.",
    ]


def told_for_one(files: Sequence[ExportedFile]) -> list[str]:
    return [
        "These tables are only to read. What is private to one person is in their own export alone.",
        *listed_files(files),
        "",
        "Whoever runs Rainmaker gets everything, and can read it in again, with `rainmaker export DIR`.",
    ]


def listed_files(files: Sequence[ExportedFile]) -> list[str]:
    return [f"  {one.file} ({plural(one.rows, 'row')})" for one in files]


HOW_WRITTEN = (
    "Days are written as 2026-09-18, instants in UTC. Amounts are in the currency of their row.",
    "A text that a spreadsheet would run has an apostrophe before it, which is left out when it is read in.",
)


def is_export(text: str) -> bool:
    """Say whether a text is that of an export, of either kind."""
    return text.startswith((f"{FIRST_LINE}\n", f"{FOR_ONE}\n"))


def origin_in(text: str) -> FolderOrigin:
    """Return where a folder is from, by its text.

    Raises:
        Refusal: if it was made for one person, or does not say where it is from.
    """
    lines = text.splitlines()
    if lines[:1] == [FOR_ONE]:
        raise Refusal(
            "This export was made in Slack for one person, so parts are missing and it is only to read. "
            "What can be read in again is made by: rainmaker export DIR"
        )
    facts = {name: line.removeprefix(name) for line in lines for name in FACTS if line.startswith(name)}
    if len(facts) < len(FACTS):
        raise Refusal(f"{README} does not say any more where the tables are from. Export them again.")
    workspace_id, _, name = facts[WORKSPACE].partition(" ")
    return FolderOrigin(
        workspace_id, name, read(Cell.INSTANT, facts[INSTALLED]), read(Cell.INSTANT, facts[MADE])
    )


FACTS = (WORKSPACE, INSTALLED, MADE)
