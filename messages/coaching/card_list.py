"""Cards in a list: each with its answer, whose it is, and for whoever may, the ways to change and to retire it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from messages.blocks import Block, Message, actions, context, message_of, section
from messages.carried import Carried
from messages.elements import button
from messages.formatting import Mrkdwn, sentence, words
from messages.undo import undo_button
from sales.coaching.drill.card import DECKS, StoredCard, deck_named

NOUN = "coaching/card_list"
CHANGE = "drill.change"
RETIRE = "drill.retire"
CHANGED = "drill.changed"
LISTED = 5  # cards in one message


@dataclass(frozen=True)
class CardChosen(Carried):
    """What a button of a card carries: the team in whose decks it is, the card, and by which words it was found.

    `in_list` says that a list of cards is what the button stands in, not a drill.
    """

    team_id: int
    key: str
    words: str = ""
    in_list: bool = True


@dataclass(frozen=True)
class CardChangeForm(Carried):
    """What the form of a card that is changed keeps: the card as it read then, and the list it was opened from."""

    team_id: int
    key: str
    fingerprint: str
    words: str = ""
    place: Sequence[str] = ()  # none where it was opened in a drill, which stays as it is


class ListedCard(NamedTuple):
    """A card with the team in whose decks it is, who looks after it, and whether its reader may change it."""

    card: StoredCard
    team_id: int
    team: str
    owner: str = ""
    may_change: bool = False


class DoneToListed(NamedTuple):
    """What was just done to a card, with its way back where there is one."""

    note: Mrkdwn
    undo_id: int | None = None


def listed(
    found: Sequence[ListedCard],
    about: str,
    leaders: Sequence[str],
    today: date,
    done: DoneToListed | None = None,
) -> Message:
    """Show the cards that speak of something, five at most; `leaders` are named to who may not change the team's."""
    blocks: list[Block] = told(done) if done is not None else []
    named = deck_named(about)
    deck = DECKS[named] if named is not None else ""
    if not found:
        return message_of([*blocks, section(words(NOUN, "not_found", of=about, deck=deck))])
    blocks.append(section(words(NOUN, "head", count=len(found), of=about, deck=deck)))
    for one in found[:LISTED]:
        blocks += card(one, about, today)
    foot = []
    if len(found) > LISTED:
        foot.append(context(words(NOUN, "more", count=len(found) - LISTED)))
    if leaders and not all(one.may_change for one in found[:LISTED]):
        foot.append(context(words(NOUN, "who", leaders=list(leaders))))
    return message_of([*blocks, *foot])


def card(one: ListedCard, about: str, today: date) -> list[Block]:
    """Return a card of a list."""
    deck = sentence(DECKS[one.card.deck])
    foot = words(NOUN, "foot", card=one.card, deck=deck, team=one.team, owner=one.owner, today=today)
    blocks: list[Block] = [section(words(NOUN, "card", card=one.card)), context(foot)]
    if one.may_change:
        value = CardChosen(one.team_id, one.card.key, about).written()
        which = f"{one.team_id}:{one.card.key}"
        ways = (button("Change…", f"{CHANGE}:{which}", value), button("Retire", f"{RETIRE}:{which}", value))
        blocks.append(actions(*ways))
    return blocks


def told(done: DoneToListed) -> list[Block]:
    return [section(done.note, undo_button(done.undo_id) if done.undo_id is not None else None)]


def done(found: DoneToListed) -> Message:
    """Say alone what was done to a card."""
    return message_of(told(found))


def said(what: str, **values: object) -> Mrkdwn:
    """Return one of the sentences about a card of a list."""
    return words(NOUN, what, **values)
