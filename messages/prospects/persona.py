"""Personas in words: a team's cards and what they are needed for, a card on a deal, and the form that writes one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    field_input,
    joined,
    message_of,
    modal_of,
    section,
)
from messages.carried import Carried
from messages.elements import button, option, overflow_menu, worded_input
from messages.formatting import Mrkdwn, sentence, words
from messages.undo import undo_button
from sales.language.typed_text import MAX_WORDS
from sales.pipeline.deal_contact import MAX_ROLE
from sales.pipeline.debrief import Cause
from sales.prospects.persona import MAX_ALSO, Persona, PersonaInUse, PersonaNeed, PersonaShelf

ADD = "persona.add"
MENU = "persona.menu"
SAVE = "persona.save"  # the form's callback
EDIT, REMOVE = "edit", "remove"  # lines of a card's menu
ROLE, ALSO, GOALS, PAINS, OBJECTIONS = "role", "also", "goals", "pains", "objections"
NOUN = "prospects/persona"
MOST_NEEDS = 5
MOST_ON_DEAL = 2  # cards on a deal: who decides, and one more
CAUSES: Mapping[Cause, str] = {
    Cause.PRICE: "price",
    Cause.COMPETITOR: "another supplier",
    Cause.TIMING: "timing",
    Cause.NO_DECISION: "no decision",
    Cause.FIT: "fit",
    Cause.TRUST: "trust",
}


@dataclass(frozen=True)
class PersonaForm(Carried):
    """What a form of a card keeps: whose it is, which one it changes, and where the list stands."""

    team_id: int
    persona_id: int = 0
    place: Sequence[str] = ()


def page(
    team: str,
    team_id: int,
    found: PersonaShelf,
    note: str = "",
    undo_id: int | None = None,
    *,
    manages: bool,
) -> Message:
    """Show a team's cards and the roles that lack one; to whoever leads it, the ways to write them.

    `note` says what was just done, `undo_id` takes that back.
    """
    back = undo_button(undo_id) if undo_id is not None else None
    blocks: list[Block] = [section(note, back)] if note else []
    if found.cards:
        blocks.append(section(words(NOUN, "heading", team=team, cards=len(found.cards))))
    else:
        blocks.append(section(words(NOUN, "nothing", team=team, manages=manages)))
    blocks += [section(card(one), menu(one) if manages else None) for one in found.cards]
    blocks += needs(found.needs, team_id, manages=manages)
    if manages:
        blocks.append(actions(button("Add persona…", ADD, str(team_id))))
    return message_of(blocks)


def card(one: PersonaInUse) -> Mrkdwn:
    """Return a card with where it is in use, and what lost deals with people of its role were decided by."""
    said = [words(NOUN, "card", one=one)]
    if one.heard:
        named = [(CAUSES[each.cause], each.deals) for each in one.heard]
        told = words(NOUN, "heard", causes=named, lost=one.lost)
        said.append(Mrkdwn(sentence(told)))
    return joined(said)


def menu(one: PersonaInUse) -> dict[str, Any]:
    ways = [
        option("Edit…", f"{EDIT}:{one.persona.id}"),
        option("Remove the card", f"{REMOVE}:{one.persona.id}"),
    ]
    return overflow_menu(f"{MENU}:{one.persona.id}", ways)


def read_choice(value: str) -> tuple[str, int]:
    """Return which line of a card's menu was chosen, and of which card."""
    way, _, persona_id = value.partition(":")
    return way, int(persona_id)


def needs(found: Sequence[PersonaNeed], team_id: int, *, manages: bool) -> list[Block]:
    """Say which roles of open deals have no card, the most frequent first, each with the way to write it."""
    blocks = [
        section(
            words(NOUN, "need", one=one),
            button("Write it…", f"{ADD}:{at}", f"{team_id}:{one.role}") if manages else None,
        )
        for at, one in enumerate(found[:MOST_NEEDS])
    ]
    if len(found) > MOST_NEEDS:
        blocks.append(context(words(NOUN, "more_needs", count=len(found) - MOST_NEEDS)))
    return blocks


def one_card(persona: Persona, note: str, undo_id: int | None = None) -> Message:
    """Show one card, with what was just done to it."""
    back = undo_button(undo_id) if undo_id is not None else None
    line = in_line(persona.role, persona)
    shows = persona.says_something and line != note
    return message_of([section(note, back), *([context(line)] if shows else [])])


def removed(role: str) -> Mrkdwn:
    """Say that a card is gone."""
    return words(NOUN, "removed", role=role)


def saved(persona: Persona, undo_id: int, *, is_new: bool) -> Message:
    """Say that a card is written."""
    return one_card(persona, words(NOUN, "saved", role=persona.role, is_new=is_new), undo_id)


def unchanged(persona: Persona) -> Message:
    """Say that a card says already what was typed."""
    return one_card(persona, words(NOUN, "unchanged", role=persona.role))


def in_line(title: str, persona: Persona) -> Mrkdwn:
    """Return a card in a line, under the title that somebody has."""
    return words(NOUN, "in_line", title=title, persona=persona)


def at_a_glance(title: str, persona: Persona) -> Mrkdwn:
    """Return what of a card is of use within a talk: what they say against it, else what they fear, else want."""
    return words(NOUN, "at_a_glance", title=title, persona=persona)


def beside(found: Sequence[tuple[str, Persona]]) -> list[Block]:
    """Say what people of some titles want, fear and object to, a line for each card."""
    lines = [in_line(title, persona) for title, persona in found[:MOST_ON_DEAL]]
    return [context(joined(lines))] if lines else []


def of_team(cards: int, need: PersonaNeed | None) -> Block:
    """Say on a team's card how many personas it has, and which it needs most."""
    return context(words(NOUN, "of_team", cards=cards, need=need))


def form(private: str, held: Persona) -> dict[str, Any]:
    """Ask for a card; `held` stands in the fields."""
    fields: list[Block] = [
        field_input("Role", worded_input(held.role, MAX_ROLE, "CFO"), ROLE),
        field_input(
            "Other words for it", worded_input(held.also, MAX_ALSO, "Finance director"), ALSO, optional=True
        ),
        field_input(
            "Goals: what do they want?",
            worded_input(held.goals, MAX_WORDS, "Cash by the year's end", long=True),
            GOALS,
            optional=True,
        ),
        field_input(
            "Pains: what worries them?",
            worded_input(held.pains, MAX_WORDS, "Surprises in the fourth quarter", long=True),
            PAINS,
            optional=True,
        ),
        field_input(
            "Objections: what do they say?",
            worded_input(held.objections, MAX_WORDS, "It is not in the budget", long=True),
            OBJECTIONS,
            optional=True,
        ),
    ]
    return modal_of("Persona", fields, callback_id=SAVE, submit="Save", private=private)
