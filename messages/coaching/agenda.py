"""The agenda of a 1:1 in words: its part of the page, and the forms that add an item, a note and an action (6)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from messages.blocks import Block, actions, context, field_input, joined, line_sections, modal_of, section
from messages.carried import Carried
from messages.elements import (
    LABEL_LENGTH,
    Element,
    Option,
    button,
    checkboxes,
    date_picker,
    option,
    select_menu,
    tick_option,
    worded_input,
)
from messages.formatting import Mrkdwn, cut, entities, unmarked, words
from sales.coaching.agenda import (
    ACTIONS_SHOWN,
    ITEMS_SHOWN,
    MAX_ITEM,
    MAX_NOTE,
    Agenda,
    Pair,
    StoredItem,
    agreed_last,
)
from sales.language.dates.instants import local_date
from sales.language.typed_text import MAX_TYPED, shorten

ADD, NOTE, ACTION = "agenda.add", "agenda.note", "agenda.action"
TALKED, TICK, ALL = "agenda.talked", "agenda.tick", "agenda.all"
SAVE_ITEM, SAVE_NOTE, SAVE_ACTION = "agenda.save_item", "agenda.save_note", "agenda.save_action"
ITEM_FIELD, NOTE_FIELD, WHO, WHAT, WHEN = "item", "note", "who", "what", "when"
NOUN = "coaching/agenda"
SOMEBODY = "Somebody who left"
NAME_LENGTH = 25


@dataclass(frozen=True)
class AgendaForm(Carried):
    """What a button or a form of a 1:1 keeps: of which pair, and where its page stands."""

    rep_id: str
    manager_id: str
    place: Sequence[str] = ()

    @classmethod
    def of(cls, pair: Pair, place: Sequence[str] = ()) -> "AgendaForm":
        return cls(pair.rep_id, pair.manager_id, tuple(place))

    @property
    def pair(self) -> Pair:
        return Pair(rep_id=self.rep_id, manager_id=self.manager_id)


@dataclass(frozen=True)
class AgendaShown:
    """The agenda of a pair as one of them reads it: `names` are those of the two, by id."""

    pair: Pair
    agenda: Agenda
    names: Mapping[str, str]
    today: date
    zone: str

    def name(self, user_id: str) -> str:
        return self.names.get(user_id, SOMEBODY)


def last_time(shown: AgendaShown) -> Mrkdwn | None:
    """Return what was agreed on and what became of it, today's apart; None where nothing was."""
    found = agreed_last(shown.agenda.actions)[:ACTIONS_SHOWN]
    if not found:
        return None
    parts = []
    for heading, of in (
        ("last_time", [one for one in found if one.id not in shown.agenda.new]),
        ("agreed_now", [one for one in found if one.id in shown.agenda.new]),
    ):
        lines = [
            words(NOUN, "action", item=one, name=shown.name(one.owner_id), today=shown.today) for one in of
        ]
        parts += [words(NOUN, heading), *lines] if lines else []
    return joined(parts)


def items(shown: AgendaShown) -> list[Block]:
    """Return what is open to talk about, a box each, five at most and the way to the others."""
    open_ones = shown.agenda.items
    blocks: list[Block] = [section(words(NOUN, "heading", items=len(open_ones)))]
    if not open_ones:
        return blocks
    visible = open_ones[:ITEMS_SHOWN]
    row: list[Element] = [checkboxes(TICK, [box(one, shown) for one in visible])]
    if len(open_ones) > len(visible) or any(len(one.text) > LABEL_LENGTH - NAME_LENGTH for one in visible):
        row.append(button(f"All {len(open_ones)}", ALL, AgendaForm.of(shown.pair).written()))
    ids = ".".join(str(one.id) for one in visible)
    return [*blocks, actions(*row, block_id=f"{TICK}:{shown.pair.rep_id}:{shown.pair.manager_id}:{ids}")]


def items_to_read(shown: AgendaShown) -> list[Block]:
    """Return the same where nothing can be ticked off: a line each."""
    open_ones = shown.agenda.items
    lines = [whole(one, shown) for one in open_ones[:ITEMS_SHOWN]]
    if len(open_ones) > len(lines):
        lines.append(words(NOUN, "more", count=len(open_ones) - len(lines)))
    return line_sections([words(NOUN, "heading", items=len(open_ones)), *lines])


def box(item: StoredItem, shown: AgendaShown) -> Option:
    """Return an item as a box, with who added it and when; typed signs of links and mentions are words."""
    typed = f"{shorten(shown.name(item.by), NAME_LENGTH)}: {item.text}"
    note = words(NOUN, "added_on", on=local_date(item.added_at, shown.zone))
    return tick_option(cut(unmarked(entities(typed)), LABEL_LENGTH), str(item.id), note)


def everything(shown: AgendaShown) -> dict[str, Any]:
    """Show every open item in full."""
    return modal_of("Agenda", line_sections([whole(one, shown) for one in shown.agenda.items]), close="Close")


def whole(item: StoredItem, shown: AgendaShown) -> Mrkdwn:
    """Return an item in full, with who added it and when."""
    on = local_date(item.added_at, shown.zone)
    return words(NOUN, "whole", text=item.text, name=shown.name(item.by), on=on)


def notes(shown: AgendaShown) -> list[Block]:
    """Return the newest notes of the pair, in small."""
    found = shown.agenda.notes
    if not found:
        return []
    lines = [words(NOUN, "note", one=one, name=shown.name(one.by)) for one in found]
    return [context(joined([words(NOUN, "notes"), *lines]))]


def ways(pair: Pair) -> Block:
    """Return the ways to add: an item, a note, an action, and that you talked."""
    kept = AgendaForm.of(pair).written()
    return actions(
        button("Add…", ADD, kept),
        button("Note…", NOTE, kept),
        button("Action…", ACTION, kept),
        button("We talked", TALKED, kept),
    )


def item_form(form: AgendaForm) -> dict[str, Any]:
    """Ask for something to talk about."""
    field = field_input("Item", worded_input("", MAX_ITEM, "What do the depots need first?"), ITEM_FIELD)
    return modal_of("Add to the agenda", [field], callback_id=SAVE_ITEM, submit="Add", private=form.written())


def note_form(form: AgendaForm) -> dict[str, Any]:
    """Ask for a note of a talk."""
    field = field_input(
        "Note",
        worded_input("", MAX_NOTE, "What is worth remembering", long=True),
        NOTE_FIELD,
        hint="You two read it, and nobody else: no other manager, no admin.",
    )
    return modal_of("Note of a talk", [field], callback_id=SAVE_NOTE, submit="Save", private=form.written())


def action_form(form: AgendaForm, names: Mapping[str, str], day: date) -> dict[str, Any]:
    """Ask who of the two does what by when."""
    offered = [option(shorten(name, LABEL_LENGTH), user_id) for user_id, name in names.items()]
    fields = [
        field_input("Who", select_menu("chosen", offered, initial_option=offered[0]), WHO),
        field_input("What", worded_input("", MAX_TYPED, "send the list of depots"), WHAT),
        field_input("When", date_picker("chosen", day.isoformat()), WHEN),
    ]
    return modal_of("Agreed on", fields, callback_id=SAVE_ACTION, submit="Agree", private=form.written())


def talk_with(name: str) -> str:
    """Return what stands where a follow-up names whom it is with: the talk in which it was agreed on."""
    return str(words(NOUN, "talk_with", name=name))


def said(name: str, /, **values: object) -> Mrkdwn:
    """Say what was just done."""
    return words(NOUN, name, **values)
