"""What a file would change in a library, entry by entry: new, changed, the same. Nothing is ever taken out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlmodel import Field, SQLModel

from sales.craft.library import MOST_ENTRIES, EntryKind, LibraryEntry, StoredEntry
from sales.craft.library_markdown import BrokenEntry, ReadLibrary
from sales.craft.persona_entry import normal
from sales.prospects.persona import MOST_PERSONAS
from sales.value import changed

FULL = f"There would be more than {MOST_ENTRIES} entries. Take some out first."
FULL_OF_PERSONAS = f"There would be more than {MOST_PERSONAS} personas. Take some out first."
MEANWHILE = "Somebody changed it since this was read. Drop the file again to see both."


class EntryChange(NamedTuple):
    """An entry as it stands, None for a new one, and what a file makes of it."""

    held: StoredEntry | None
    said: LibraryEntry


class LibraryChanges(NamedTuple):
    """What a file would change. `broken` are entries of it that stay out, and why."""

    new: list[EntryChange]
    changed: list[EntryChange]
    same: int
    broken: list[BrokenEntry]


class LeftOut(SQLModel):
    """An entry that stays out, and why, as it is told."""

    title: str
    why: str


class LibraryOutlook(SQLModel):
    """What a file would change or has changed, as its message says it.

    `before` is how each entry read that would change, by its key, so that nothing written meanwhile is overwritten.
    """

    team_id: int
    team: str
    new: list[str] = Field(default_factory=list)
    changed: list[str] = Field(default_factory=list)
    same: int = 0
    left: list[LeftOut] = Field(default_factory=list)
    before: dict[str, str] = Field(default_factory=dict)

    @property
    def changes_nothing(self) -> bool:
        return not (self.new or self.changed)


def changes_of(found: ReadLibrary, entries: Sequence[StoredEntry], author_id: str) -> LibraryChanges:
    """Compare a file with a library. What is new or changed and nobody's becomes the author's."""
    held = {one.called: one for one in entries}
    made = LibraryChanges([], [], 0, list(found.broken))
    same, cards = 0, sum(one.kind is EntryKind.PERSONA and bool(one.id) for one in entries)
    for said in found.entries:
        before = held.get(said.called)
        if before is not None and is_same(before, said):
            same += 1
            continue
        cared = said if said.owner_id else changed(LibraryEntry, said, owner_id=author_id)
        if before is not None:
            made.changed.append(EntryChange(before, changed(LibraryEntry, cared, starter=before.starter)))
        elif said.kind is EntryKind.PERSONA and cards >= MOST_PERSONAS:
            made.broken.append(BrokenEntry(said.title, FULL_OF_PERSONAS))
        elif len(entries) + len(made.new) >= MOST_ENTRIES:
            made.broken.append(BrokenEntry(said.title, FULL))
        else:
            made.new.append(EntryChange(None, cared))
            cards += said.kind is EntryKind.PERSONA
    return made._replace(same=same)


def is_same(held: StoredEntry, said: LibraryEntry) -> bool:
    """Say whether a file says of an entry what stands there."""
    return normal(held) == changed(LibraryEntry, said, starter=held.starter)


def outlook_of(changes: LibraryChanges, team_id: int, team: str) -> LibraryOutlook:
    """Return changes as they are told before anything changes."""
    return LibraryOutlook(
        team_id=team_id,
        team=team,
        new=[one.said.title for one in changes.new],
        changed=[one.said.title for one in changes.changed],
        same=changes.same,
        left=[LeftOut(title=one.title, why=one.why) for one in changes.broken],
        before={one.held.key: one.held.fingerprint for one in changes.changed if one.held is not None},
    )


def still_so(changes: LibraryChanges, before: Mapping[str, str]) -> LibraryChanges:
    """Return the changes that were shown; what somebody wrote meanwhile is left as it is, and said.

    `before` is how each entry read when the changes were shown.
    """
    kept = [one for one in changes.changed if reads_so(one, before)]
    late = [one.said.title for one in changes.changed if one not in kept]
    return changes._replace(
        changed=kept, broken=[*changes.broken, *(BrokenEntry(title, MEANWHILE) for title in late)]
    )


def reads_so(one: EntryChange, before: Mapping[str, str]) -> bool:
    """Say whether an entry still reads as it did when its change was shown."""
    return one.held is not None and before.get(one.held.key) == one.held.fingerprint
