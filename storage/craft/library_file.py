"""A library in a file: what one would change, taking it in as one action, and writing one."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sales.craft.library_change import LibraryOutlook, changes_of, outlook_of, still_so
from sales.craft.library_markdown import read_library
from storage.craft.library import add_entry, change_entry, library_of
from storage.people.team import TeamRow
from storage.row_image import Touched
from storage.scope import Scope
from storage.undo import remember_undo


class TakenIn(NamedTuple):
    """What came of a file, and the action that takes it back; None where nothing changed."""

    outlook: LibraryOutlook
    undo_id: int | None


async def outlook_for(
    scope: Scope, team: TeamRow, text: str, author_id: str, people: Mapping[str, str]
) -> LibraryOutlook:
    """Return what a Markdown text would change in a team's library. `people` may look after an entry."""
    found = read_library(text, people)
    changes = changes_of(found, await library_of(scope, team.id), author_id)
    return outlook_of(changes, team.id, team.name)


async def take_in(
    scope: Scope,
    team: TeamRow,
    text: str,
    author_id: str,
    people: Mapping[str, str],
    shown: LibraryOutlook,
    now: datetime,
) -> TakenIn:
    """Change what was shown, in one action; what somebody wrote meanwhile stays."""
    found = read_library(text, people)
    changes = still_so(changes_of(found, await library_of(scope, team.id), author_id), shown.before)
    touched: list[Touched] = []
    for one in changes.new:
        touched += await add_entry(scope, team.id, one.said)
    for one in changes.changed:
        assert one.held is not None
        touched += await change_entry(scope, one.held, team.id, one.said)
    outlook = outlook_of(changes, team.id, team.name)
    if not touched:
        return TakenIn(outlook, None)
    undo = await remember_undo(scope, author_id, now, f"a file for the library of {team.name}", touched)
    return TakenIn(outlook, undo.id)
