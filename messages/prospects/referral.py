"""Referrals in words: whom to ask for an introduction and why now, and what the asks of a year came to."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    field_input,
    message_of,
    modal_of,
    section,
)
from messages.elements import Element, option, overflow_menu, worded_input
from messages.formatting import Mrkdwn, words
from messages.undo import undo_button
from sales.language.names.customer import somebody_at
from sales.language.typed_text import MAX_NAME, shorten
from sales.prospects.lead import MAX_EMAIL, MAX_PHONE
from sales.prospects.referral import Referral, ReferralAsk, ReferralCount, StoredReferral

NOUN = "prospects/referral"
MENU = "referral.menu"
ASKED_MENU = "referral.asked_menu"
SAVE = "referral.save"  # the form's callback
WHO, FIRM, EMAIL, PHONE = "who", "firm", "email", "phone"
I_ASKED, NOT_THEM, INTRODUCED, DECLINED = "asked", "not_them", "introduced", "declined"
SHOWN = 5
NAME_LENGTH = 60


def whom(ask: ReferralAsk) -> str:
    """Return whom to ask: "Dana Roe at Acme", or the customer where nobody there is known."""
    return shorten(somebody_at(ask.contact, ask.who) if ask.contact else ask.who, NAME_LENGTH)


def ask_line(asks: Sequence[ReferralAsk], today: date) -> Block:
    """Return the one line: whom to ask, and why now, with the ways to answer it."""
    first = asks[0]
    text = words(NOUN, "ask", who=whom(first), reason=reason(first, today), more=len(asks) - 1)
    return section(text, ask_menu(first))


def ask_menu(ask: ReferralAsk) -> Element:
    who = carried(ask)
    return overflow_menu(
        f"{MENU}:{ask.deal_id or 0}",
        [option("I asked", f"{I_ASKED}|{who}"), option("Not them", f"{NOT_THEM}|{who}")],
    )


def carried(ask: ReferralAsk) -> str:
    """Return what a menu carries of an ask; an option's value holds 150 characters."""
    return f"{ask.deal_id or 0}|{ask.cause.value}|{shorten(ask.who, 100)}"


def read_carried(value: str) -> tuple[str, int | None, str, str]:
    """Return what was chosen: the way, the deal, the cause and the customer."""
    way, deal_id, cause, who = value.split("|", 3)
    return way, int(deal_id) or None, cause, who


def reason(ask: ReferralAsk, today: date) -> Mrkdwn:
    """Return why they are asked now."""
    return words(NOUN, "reason", ask=ask, days=(today - ask.on).days, today=today)


def noted(referral: Referral, undo_id: int, today: date) -> Message:
    """Say what was noted, and how what comes of it is said."""
    text = words(NOUN, "noted", one=referral, today=today)
    return message_of([section(text), actions(undo_button(undo_id))])


def known(referral: Referral, today: date) -> Message:
    """Say that they were asked already."""
    return message_of(words(NOUN, "known", one=referral, today=today))


def introduced(referral: Referral, lead: str, undo_id: int, *, was_known: bool) -> Message:
    """Say that somebody introduced a lead, who is called first."""
    text = words(NOUN, "introduced", one=referral, lead=lead, was_known=was_known)
    return message_of([section(text), actions(undo_button(undo_id))])


def counted_line(who: str) -> Mrkdwn:
    """Say, with what was logged, that it counts as an ask."""
    return words(NOUN, "counted", who=who)


def overview(count: ReferralCount, asks: Sequence[ReferralAsk], today: date, name: str = "") -> Message:
    """Answer what somebody's asks of a year came to, who was asked and is not heard of, and whom to ask next."""
    blocks: list[Block] = [section(words(NOUN, "head", count=count, name=name))]
    if count.claims_a_rate:
        low, high = count.interval
        share = count.introduced / count.asked
        blocks.append(context(words(NOUN, "rate", share=share, low=low, high=high)))
    for one in count.waiting[:SHOWN]:
        menu = None if name else asked_menu(one)
        blocks.append(section(words(NOUN, "waiting", one=one, today=today), menu))
    if len(count.waiting) > SHOWN:
        blocks.append(context(words(NOUN, "more_waiting", count=len(count.waiting) - SHOWN)))
    for ask in asks[:SHOWN]:
        menu = None if name else ask_menu(ask)
        blocks.append(section(words(NOUN, "next", who=whom(ask), reason=reason(ask, today)), menu))
    if len(asks) > SHOWN:
        blocks.append(context(words(NOUN, "more_next", count=len(asks) - SHOWN)))
    if not name:
        blocks.append(context(words(NOUN, "foot")))
    return message_of(blocks)


def asked_menu(one: StoredReferral) -> Element:
    return overflow_menu(
        f"{ASKED_MENU}:{one.id}",
        [
            option("They introduced me…", f"{INTRODUCED}|{one.id}"),
            option("They would rather not", f"{DECLINED}|{one.id}"),
        ],
    )


def form(one: StoredReferral) -> dict[str, Any]:
    """Ask whom somebody introduced."""
    blocks = [
        section(words(NOUN, "intro", one=one)),
        field_input("To whom?", worded_input("", MAX_NAME, "Ben Hall"), WHO),
        field_input("Company", worded_input("", MAX_NAME, "Borealis"), FIRM, optional=True),
        field_input("E-mail", worded_input("", MAX_EMAIL, "ben@borealis.com"), EMAIL, optional=True),
        field_input("Phone", worded_input("", MAX_PHONE, "+1 555 0100"), PHONE, optional=True),
    ]
    return modal_of("An introduction", blocks, callback_id=SAVE, submit="Save", private=str(one.id))


def why_line() -> str:
    return str(words(NOUN, "why_line"))
