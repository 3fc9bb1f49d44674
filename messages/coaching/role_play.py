"""Roles to play in words: with whom, who is the buyer first, and what they object (73). No figure of anybody's."""

from messages.blocks import Block, Message, context, message_of, section
from messages.formatting import words
from sales.coaching.drill.card import StoredCard

NOUN = "coaching/role_play"


def in_note(partner: str, card: StoredCard, *, buyer: bool) -> list[Block]:
    """Return a role for a morning note; who is the buyer first reads what to listen for."""
    said = [section(words(NOUN, "role", partner=partner, first=partner.split()[0], card=card, buyer=buyer))]
    return [*said, context(words(NOUN, "listen", card=card))] if buyer else said


def by_itself(partner: str, card: StoredCard, *, buyer: bool) -> Message:
    """Return the same as a message of its own."""
    return message_of(in_note(partner, card, buyer=buyer))


def why(partner: str) -> str:
    return str(words(NOUN, "why", partner=partner))


def why_asked() -> str:
    return str(words(NOUN, "why_asked"))
