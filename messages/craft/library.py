"""The library in words: what stands in it by kind, lists of titles, and an entry with all that is known of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from messages.blocks import Block, Message, actions, context, joined, message_of, section
from messages.elements import Element, button, confirm, turn_buttons
from messages.formatting import Mrkdwn, sentence, words
from messages.room import page_at
from messages.undo import undo_button
from sales.craft.library import KINDS, EntryKey, EntryKind, StoredEntry, due_of, searched
from sales.language.typed_text import on_one_line, shorten_at_word

PAGE = "library.page"
THEIRS = "library.theirs"  # what is past its day of somebody's, from Home and the morning note
LIST = "library.list"  # a page of one kind, or of what is past its day: "3:question:5"
READ = "library.read"
OPEN = "library.form"  # the form, with an entry in it or empty
REMOVE = "library.remove"
RENEW = "library.renew"
TAKE = "library.take"
RIGHTS = "library.rights"
EXPORT = "library.export"
IMPORT = "library.import"  # answered where files are (`handlers/imports/files/pasted.py`)
NOUN = "craft/library"
LENGTH = 5  # entries on a page
EXCERPT = 110  # characters of an entry in a list
MOST_DUE = 3  # titles named where the library opens
SEARCH = "?"  # of a list, before what was searched for
MOST_ASKED = 200  # characters of that
DUE = "due"  # of a list: whatever is past its day, or nobody's
KEYS: Mapping[EntryKey, str] = {
    EntryKey.ROLE: "Buying influence",
    EntryKey.SECTOR: "Sector",
    EntryKey.PAIN: "Pain",
    EntryKey.COMPETITOR: "Competitor gap",
}


@dataclass(frozen=True)
class ShownLibrary:
    """A team's library for a reader: its entries, who of their owners are still here by name, and what they may."""

    team: str
    team_id: int
    entries: Sequence[StoredEntry]
    people: Mapping[str, str]
    today: date
    writes: bool = False
    manages: bool = False

    def owner(self, entry: StoredEntry) -> str:
        """Return who looks after an entry, by name; empty where nobody does, or nobody any more."""
        return self.people.get(entry.owner_id or "", "")

    @property
    def due(self) -> list[StoredEntry]:
        """Return what is past its day."""
        return due_of(self.entries, self.today)

    @property
    def nobodys(self) -> list[StoredEntry]:
        """Return the team's own entries that nobody looks after."""
        return [one for one in self.entries if one.id and not self.owner(one)]

    def of(self, what: str) -> list[StoredEntry]:
        """Return what a list holds: the entries of a kind, what wants to be looked at, or what a search finds."""
        if what.startswith(SEARCH):
            return searched(self.entries, what.removeprefix(SEARCH))
        if what == DUE:
            return [*self.due, *(one for one in self.nobodys if not one.is_due(self.today))]
        return [one for one in self.entries if one.kind == what]


class ChosenEntry(NamedTuple):
    """What a button of a page of the library carries: of which team, which entry or list, and where in it."""

    team_id: int
    what: str = ""
    at: int = 0

    @property
    def written(self) -> str:
        return f"{self.team_id}|{self.what}|{self.at}"

    @classmethod
    def read(cls, value: str) -> "ChosenEntry":
        team_id, _, rest = value.partition("|")
        what, _, at = rest.rpartition("|")
        return cls(int(team_id), what, int(at or 0))


def page(library: ShownLibrary, note: str = "", undo_id: int | None = None) -> Message:
    """Show how much there is of each kind, what wants to be looked at, and the ways on."""
    counts = [
        (KINDS[kind], count)
        for kind in EntryKind
        if (count := sum(one.kind is kind for one in library.entries))
    ]
    ours = sum(not one.id for one in library.entries)
    blocks: list[Block] = [
        *noted(note, undo_id),
        section(words(NOUN, "heading", team=library.team, count=len(library.entries), kinds=counts)),
    ]
    if library.due or library.nobodys:
        said = words(
            NOUN,
            "waiting",
            due=[(one.title, library.owner(one)) for one in library.due[:MOST_DUE]],
            due_count=len(library.due),
            nobodys=[one.title for one in library.nobodys[:MOST_DUE]],
            nobodys_count=len(library.nobodys),
        )
        blocks.append(section(said, button("Look at them", f"{LIST}:{DUE}", listed(library, DUE))))
    kinds = [
        button(sentence(KINDS[kind][1]), f"{LIST}:{kind}", listed(library, kind))
        for kind in EntryKind
        if any(one.kind is kind for one in library.entries)
    ]
    foot = words(NOUN, "foot", ours=ours, writes=library.writes)
    return message_of([*blocks, actions(*kinds), actions(*ways(library)), context(foot)])


def ways(library: ShownLibrary) -> list[Element]:
    """Return what can be done with a library as a whole."""
    value = str(library.team_id)
    found = []
    if library.writes:
        found += [
            button("Add…", OPEN, ChosenEntry(library.team_id).written),
            button("Import…", IMPORT, value),
        ]
    found.append(button("Export", EXPORT, value))
    if library.manages:
        found.append(button("Who may edit…", RIGHTS, value))
    return found


def listing(library: ShownLibrary, what: str, at: int = 0) -> Message:
    """Show a page of the entries of a kind, of what wants to be looked at, or of what a search found."""
    found = library.of(what)
    shown = page_at(at, len(found), LENGTH)
    blocks = titles(library, heading_of(what, len(found)), found[shown.start : shown.end])
    turns = turn_buttons(shown, LIST, f"{library.team_id}|{what}|")
    return message_of([*blocks, actions(*turns, back_button(library.team_id))])


def heading_of(what: str, count: int) -> Mrkdwn:
    """Return what stands above a list."""
    if what.startswith(SEARCH):
        return words(NOUN, "found", asked=what.removeprefix(SEARCH), count=count)
    heading = words(NOUN, "due_heading") if what == DUE else sentence(KINDS[EntryKind(what)][1])
    return words(NOUN, "list", heading=heading, count=count)


def titles(library: ShownLibrary, heading: str, found: Sequence[StoredEntry]) -> list[Block]:
    """Return some entries, each with its beginning and the way to read it."""
    blocks = [section(heading)]
    for number, one in enumerate(found):
        said = words(
            NOUN,
            "line",
            entry=one,
            kind=KINDS[one.kind][0],
            begins=shorten_at_word(on_one_line(one.text), EXCERPT),
            is_due=one.is_due(library.today),
            is_nobodys=bool(one.id) and not library.owner(one),
        )
        blocks.append(section(said, button("Read", f"{READ}:{number}", chosen(library, one))))
    return blocks


def entry_page(
    library: ShownLibrary, entry: StoredEntry, note: str = "", undo_id: int | None = None, *, edits: bool
) -> Message:
    """Show an entry: what it says, for whom, who looks after it until when; and what may be done with it."""
    keys = [(KEYS[key], said) for key, said in entry.keys.items()]
    if entry.kind is EntryKind.PERSONA and entry.role:
        keys = [("Other words for it", entry.role)]
    lines = [
        *([words(NOUN, "keys", keys=keys)] if keys else []),
        words(
            NOUN,
            "care",
            owner=library.owner(entry),
            review_by=entry.review_by,
            is_due=entry.is_due(library.today),
            is_ours=not entry.id,
            today=library.today,
        ),
    ]
    blocks = [
        *noted(note, undo_id),
        section(words(NOUN, "title", entry=entry, kind=KINDS[entry.kind][0])),
        section(entry.text),
        context(joined(lines)),
    ]
    return message_of(
        [*blocks, actions(*entry_ways(library, entry, edits=edits), back_button(library.team_id))]
    )


def entry_ways(library: ShownLibrary, entry: StoredEntry, *, edits: bool) -> list[Element]:
    """Return what somebody who edits an entry can do with it."""
    if not edits:
        return []
    value = chosen(library, entry)
    found = [button("Edit…", OPEN, value)]
    if entry.is_due(library.today):
        found.append(button("Still true", RENEW, value, style="primary"))
    if not library.owner(entry):
        found.append(button("I look after it", TAKE, value))
    gone = confirm(
        "Take it out?", f"“{entry.title}” is read by nobody then. Undo brings it back.", "Take it out"
    )
    return [*found, button("Remove", REMOVE, value, confirm=gone)]


def back_button(team_id: int) -> Element:
    return button("Library", PAGE, str(team_id))


def told(team_id: int, note: str) -> Message:
    """Say something about a library, with the way to its page."""
    return message_of([section(note), actions(back_button(team_id))])


def noted(note: str, undo_id: int | None) -> list[Block]:
    """Return what was just done, with its way back."""
    if not note:
        return []
    return [section(note, undo_button(undo_id) if undo_id is not None else None)]


def listed(library: ShownLibrary, what: str) -> str:
    return ChosenEntry(library.team_id, what).written


def chosen(library: ShownLibrary, entry: StoredEntry) -> str:
    return ChosenEntry(library.team_id, entry.key).written


def saved(title: str, *, is_new: bool) -> Mrkdwn:
    """Say that an entry is written."""
    return words(NOUN, "saved", title=title, is_new=is_new)


def said(what: str, **values: object) -> Mrkdwn:
    """Return one of the sentences about something that was just done."""
    return words(NOUN, what, **values)


def nothing_found(asked: str, *, writes: bool) -> Mrkdwn:
    """Say that no entry has these words."""
    return words(NOUN, "nothing_found", asked=asked, writes=writes)


def at_home(titles_due: Sequence[str], team_id: int) -> list[Block]:
    """Tell somebody which entries of theirs are past their day."""
    look = button("Look at them", THEIRS, str(team_id))
    return [section(words(NOUN, "yours_due", title=titles_due[0], more=len(titles_due) - 1), look)]


def of_team(count: int, due: int) -> Block:
    """Say on a team's card how much stands in its library."""
    return context(words(NOUN, "of_team", count=count, due=due))


def file_coming() -> Message:
    return message_of(words(NOUN, "file_coming"))


def file_given(team: str, count: int) -> Mrkdwn:
    return words(NOUN, "file_given", team=team, count=count)


def file_trouble(what: str) -> Message:
    """Say why the file with a library does not come: "not_let", "not_sent", "no_room"."""
    return message_of(words(NOUN, what))
