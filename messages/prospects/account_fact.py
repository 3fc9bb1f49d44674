"""Facts of accounts in words: the question beside an outreach, the form, what was noted, and a team's choice."""

from collections.abc import Mapping, Sequence
from datetime import date
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
from messages.elements import button, option, select_menu, worded_input
from messages.formatting import Mrkdwn, words
from messages.undo import undo_button
from sales.language.typed_text import MAX_NAME, MAX_WORDS, shorten
from sales.prospects.account_fact import AccountFact, StoredFact

OPEN = "account_fact.open"
REMOVE = "account_fact.remove"
SWITCH = "account_fact.switch"
SAVE = "account_fact.save"  # the form's callback
ACCOUNT, SAYS = "account", "says"
ON, OFF = "on", "off"
NOUN = "prospects/account_fact"
MOST_SHOWN = 10  # of one account
MOST_BESIDE = 2  # on the card of a deal or of a lead


def question(account: str) -> list[Block]:
    """Ask for one fact about an account, beside what was just promised or logged."""
    return [section(words(NOUN, "asks", account=account), button("Add a fact…", OPEN, account))]


def fact(one: AccountFact, people: Mapping[str, str], today: date) -> Mrkdwn:
    """Return one fact, with who noted it and when."""
    return words(NOUN, "fact", one=one, by=people.get(one.by, ""), today=today)


def beside(found: Sequence[AccountFact], people: Mapping[str, str], today: date) -> list[Block]:
    """Return the latest facts of an account, as they stand beside what else is known of it."""
    lines = [fact(one, people, today) for one in found[:MOST_BESIDE]]
    return (
        [context(joined(["Known:", *lines] if len(lines) > 1 else [Mrkdwn(f"Known: {lines[0]}")]))]
        if lines
        else []
    )


def listing(
    account: str, found: Sequence[StoredFact], people: Mapping[str, str], today: date, reader: str
) -> Message:
    """Show what was noted of an account, the latest first; whoever noted one may take it back."""
    add = button("Add a fact…", OPEN, account)
    if not found:
        return message_of([section(words(NOUN, "nothing", account=account)), actions(add)])
    lines = [Mrkdwn(f"• {fact(one, people, today)}") for one in found]
    elements = [add]
    if mine := [option(shorten(one.says, 70), str(one.id)) for one in found if one.by == reader]:
        elements.append(select_menu(REMOVE, mine, placeholder="Take back…"))
    return message_of(
        [section(joined([words(NOUN, "heading", account=account), *lines])), actions(*elements)]
    )


def form(account: str = "") -> dict[str, Any]:
    """Ask for one fact, and of which account where none is known."""
    fields: list[Block] = []
    if account:
        fields.append(section(words(NOUN, "intro", account=account)))
    else:
        fields.append(field_input("Which account?", worded_input("", MAX_NAME, "Acme"), ACCOUNT))
    example = "They open a plant in Graz"
    fields.append(
        field_input("What do you know about them?", worded_input("", MAX_WORDS, example, long=True), SAYS)
    )
    return modal_of("One fact", fields, callback_id=SAVE, submit="Save", private=account)


def noted(row: AccountFact, undo_id: int) -> Message:
    """Say what was noted."""
    return message_of(
        [section(words(NOUN, "noted", account=row.account, says=row.says), undo_button(undo_id))]
    )


def known(account: str) -> Message:
    """Say that just this is noted already."""
    return message_of(words(NOUN, "known", account=account))


def removed(account: str, undo_id: int) -> Message:
    """Say that a fact was taken back."""
    return message_of([section(words(NOUN, "removed", account=account), undo_button(undo_id))])


def of_team(
    team: str, team_id: int, *, is_wanted: bool, manages: bool, undo_id: int | None = None
) -> Message:
    """Say whether a team's reps are asked for one fact first, with the way to change it for those who may."""
    blocks: list[Block] = [section(words(NOUN, "team", team=team, is_wanted=is_wanted))]
    if manages:
        label, way = ("Stop asking", OFF) if is_wanted else ("Ask for one", ON)
        ways = [button(label, SWITCH, f"{way}:{team_id}")]
        blocks.append(actions(*ways, *([undo_button(undo_id)] if undo_id is not None else [])))
    return message_of(blocks)
