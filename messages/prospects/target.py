"""Target accounts in words: the board, what was put on the list or taken off it, and whom a week left alone."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from messages.blocks import (
    Block,
    Message,
    actions,
    field_input,
    joined,
    line_sections,
    message_of,
    modal_of,
    section,
)
from messages.elements import button, option, select_menu, worded_input
from messages.formatting import Mrkdwn, words
from messages.prospects.client_fit import scores
from messages.undo import undo_button
from sales.language.figures import listed
from sales.language.names.match import name_key
from sales.language.typed_text import MAX_NAME, shorten
from sales.prospects.account_fact import AccountFact
from sales.prospects.ideal_client import ClientFit
from sales.prospects.target import Pursued, PursuitBoard, PursuitStep, TargetAccount

ADD = "target.add"
BOARD = "target.board"
SAVE = "target.save"  # the form's callback
REMOVE = "target.remove"
NAME = "name"
NOUN = "prospects/target"
MOST_NAMED = 3
STEPS = {
    PursuitStep.UNTOUCHED: "nothing yet",
    PursuitStep.TOUCHED: "touched",
    PursuitStep.CONVERSATION: "conversation",
    PursuitStep.DEAL: "deal",
}


class KnownOfTargets(NamedTuple):
    """What is known of target accounts, by how names are compared: how they fit, and what was noted of them last.

    There are no fits while the team has not written down whom it wants.
    """

    fits: Mapping[str, ClientFit]
    facts: Mapping[str, AccountFact]


NOTHING_KNOWN = KnownOfTargets({}, {})


def board(
    found: PursuitBoard, today: date, owner: str = "", known: KnownOfTargets = NOTHING_KNOWN
) -> Message:
    """Show how far each target came and how it fits; by name where they are another's, who alone changes them."""
    if not found.pursued:
        return message_of([section(words(NOUN, "nothing", name=owner)), *ways(found, owner)])
    reached = {one: found.reached(one) for one in PursuitStep}
    head = words(
        NOUN,
        "head",
        board=found,
        name=owner,
        touched=reached[PursuitStep.TOUCHED],
        talked=reached[PursuitStep.CONVERSATION],
        deals=reached[PursuitStep.DEAL],
    )
    lines = [line(one, today, known) for one in found.pursued]
    return message_of([section(head), *line_sections(lines), *ways(found, owner)])


def line(one: Pursued, today: date, known: KnownOfTargets) -> Mrkdwn:
    """Return a target with how far it came and both its scores, and what was noted of it last."""
    key = name_key(one.target.name)
    fit, fact = known.fits.get(key), known.facts.get(key)
    said = joined(scores(fit), ". ") if fit is not None else ""
    return words(NOUN, "line", one=one, step=STEPS[one.step], today=today, scores=said, fact=fact)


def ways(found: PursuitBoard, owner: str) -> list[Block]:
    """Return the ways to put an account on the list, and off it."""
    if owner:
        return []
    elements = [button("Add target", ADD)]
    if found.pursued:
        named = [option(shorten(one.target.name, 70), str(one.target.id)) for one in found.pursued]
        elements.append(select_menu(REMOVE, named, placeholder="Take off the list…"))
    return [actions(*elements)]


def form() -> dict[str, Any]:
    """Ask for one account."""
    account = field_input(
        "Which account do you want as a customer?", worded_input("", MAX_NAME, "Acme"), NAME
    )
    return modal_of("Target account", [account], callback_id=SAVE, submit="Add")


def added(target: TargetAccount, count: int, undo_id: int, *, is_new: bool) -> Message:
    """Say that an account is on the list; of one that nobody reached out to yet the first touch is asked for."""
    text = words(NOUN, "added", name=target.name, count=count, is_new=is_new)
    return message_of([section(text), actions(undo_button(undo_id))])


def added_several(names: Sequence[str], count: int, undo_id: int) -> Message:
    """Say that several accounts are on the list."""
    text = words(NOUN, "added_several", names=[shorten(name, 40) for name in names], count=count)
    return message_of([section(text), actions(undo_button(undo_id))])


def known(target: TargetAccount, today: date) -> Message:
    """Say that an account is on the list already."""
    return message_of(words(NOUN, "known", name=target.name, since=target.added_on, today=today))


def removed(target: TargetAccount, undo_id: int) -> Message:
    """Say that an account is off the list."""
    return message_of([section(words(NOUN, "removed", name=target.name)), actions(undo_button(undo_id))])


def left_alone(found: PursuitBoard) -> Block:
    """Say whom of the targets nobody reached out to this week, the longest silence first."""
    alone = found.left_alone
    names = listed([named(one) for one in alone], most=MOST_NAMED)
    text = words(NOUN, "alone", left=len(alone), count=len(found.pursued), names=Mrkdwn(names))
    return section(text)


def below_leads(found: PursuitBoard) -> list[Block]:
    """Say in one line how far the targets came, with the way to the board."""
    reached = {one: found.reached(one) for one in PursuitStep}
    head = words(
        NOUN,
        "head",
        board=found,
        name="",
        touched=reached[PursuitStep.TOUCHED],
        talked=reached[PursuitStep.CONVERSATION],
        deals=reached[PursuitStep.DEAL],
    )
    return [section(head, button("Targets", BOARD))]


def named(one: Pursued) -> Mrkdwn:
    return joined([shorten(one.target.name, 40)])
