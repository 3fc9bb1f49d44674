"""The forms of the library: an entry with its keys and who looks after it, and who may write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from messages.blocks import Block, context, field_input, modal_of, section
from messages.carried import Carried
from messages.craft.library import NOUN
from messages.elements import (
    date_picker,
    option,
    radio_buttons,
    select_menu,
    text_input,
    user_select,
    worded_input,
)
from messages.formatting import sentence, words
from sales.craft.library import KINDS, MAX_KEY, MAX_TEXT, MAX_TITLE, EntryKind

SAVE = "library.save"
SAVE_RIGHTS = "library.save_rights"
KIND, TITLE, TEXT, OWNER, REVIEW = "kind", "title", "text", "owner", "review_by"
ROLE, SECTOR, PAIN, COMPETITOR = "role", "sector", "pain", "competitor"
LETS, MANAGERS, EVERYBODY = "lets", "managers", "everybody"


@dataclass(frozen=True)
class EntryForm(Carried):
    """What the form of an entry keeps: whose it is, which one, what it said when it was opened, where it was opened."""

    team_id: int
    key: str = ""
    fingerprint: str = ""
    place: Sequence[str] = ()


@dataclass(frozen=True)
class WrittenEntry:
    """What stands in the fields of the form of an entry."""

    kind: EntryKind = EntryKind.TALKING_POINT
    title: str = ""
    text: str = ""
    owner_id: str | None = None
    review_by: date | None = None
    keys: Mapping[str, str] | None = None


def form(private: str, held: WrittenEntry, note: Sequence[str] = ()) -> dict[str, Any]:
    """Ask for an entry; `held` stands in the fields. `note` stands above them, where somebody else was faster."""
    kinds = {kind: option(sentence(KINDS[kind][0]), kind) for kind in EntryKind}
    keys = held.keys or {}
    above: list[Block] = [section(one) for one in note]
    if note:
        above.append(context(words(NOUN, "clash_foot")))
    fields: list[Block] = [
        field_input(
            "Kind", select_menu("chosen", list(kinds.values()), initial_option=kinds[held.kind]), KIND
        ),
        field_input("Title", worded_input(held.title, MAX_TITLE, "What a lost day costs them"), TITLE),
        field_input(
            "Text",
            worded_input(
                held.text, MAX_TEXT, "What one says or asks, and the fact about them it needs", long=True
            ),
            TEXT,
        ),
        field_input("Owner", user_select("chosen", held.owner_id), OWNER, hint="Who keeps it true."),
        field_input(
            "Review by",
            date_picker("chosen", held.review_by.isoformat() if held.review_by else None),
            REVIEW,
            optional=True,
            hint="After that day it says that somebody should look at it again.",
        ),
        key_input("Buying influence", ROLE, keys, "Finance, purchasing; of a persona, other words for it"),
        key_input("Sector", SECTOR, keys, "Logistics, retail"),
        key_input("Pain", PAIN, keys, "Late trucks"),
        key_input("Competitor gap", COMPETITOR, keys, "Haulmate: no night shift"),
    ]
    title = "Library entry"
    return modal_of(title, [*above, *fields], callback_id=SAVE, submit="Save", private=private)


def key_input(label: str, name: str, keys: Mapping[str, str], example: str) -> Block:
    """Return a key's field: left empty, the entry fits everybody."""
    made = text_input("chosen", initial_value=keys.get(name, ""), max_length=MAX_KEY, placeholder=example)
    return field_input(label, made, name, optional=True)


def rights(private: str, *, lets: bool) -> dict[str, Any]:
    """Ask who may write."""
    options = {
        MANAGERS: option("Only those who lead the team", MANAGERS),
        EVERYBODY: option("Reps too: everybody in the team", EVERYBODY),
    }
    chosen = radio_buttons("chosen", list(options.values()), options[EVERYBODY if lets else MANAGERS])
    fields = [field_input("Who edits the library?", chosen, LETS)]
    return modal_of("Library", fields, callback_id=SAVE_RIGHTS, submit="Save", private=private)
