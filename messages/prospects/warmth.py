"""Warmth in words: whom to call first, each in a line with the number and the reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from messages.blocks import Block, Message, actions, context, line_sections, message_of, modal_of, section
from messages.elements import button, option, select_menu
from messages.formatting import Mrkdwn, words
from messages.prospects.content_event import DID, NEXT
from sales.language.typed_text import shorten
from sales.prospects.warmth import SHOWN, WARM, MixOfList, WarmProspect, WarmSignal

NOUN = "prospects/warmth"
SHOW = NEXT
ALL = "warmth.all"
CALLED = "warmth.called"
DAILY = "warmth.daily"
MOST = 60  # in the modal with all of them
REASONS = 2  # of one prospect
NAME_LENGTH = 60


def listing(found: Sequence[WarmProspect], mix: MixOfList, today: date, *, comes_daily: bool) -> Message:
    """Show whom to call, five of them, the warmest first; in a line where there is nobody."""
    if not found:
        return message_of([section(words(NOUN, "nobody")), *daily(comes_daily=comes_daily)])
    shown = found[:SHOWN]
    blocks: list[Block] = [section(words(NOUN, "head", count=len(found), mix=mix))]
    blocks += line_sections(prospect_lines(shown, today))
    if len(found) > SHOWN:
        blocks.append(context(words(NOUN, "more", count=len(found) - SHOWN)))
    blocks.append(actions(*ways(found, comes_daily=comes_daily)))
    return message_of(blocks)


def ways(found: Sequence[WarmProspect], *, comes_daily: bool) -> list[Block]:
    called = [option(shorten(title(one), 70), one.prospect.key) for one in found[:SHOWN]]
    elements = [select_menu(CALLED, called, placeholder="I called…")]
    if len(found) > SHOWN:
        elements.append(button("Show all", ALL))
    if not comes_daily:
        elements.append(button("Send me this in the morning", DAILY))
    return elements


def daily(*, comes_daily: bool) -> list[Block]:
    return [] if comes_daily else [actions(button("Send me this in the morning", DAILY))]


def every(found: Sequence[WarmProspect], today: date) -> dict[str, Any]:
    """Show all of them, sixty at most."""
    lines = prospect_lines(found[:MOST], today)
    rest = [context(words(NOUN, "left", count=len(found) - MOST))] if len(found) > MOST else []
    return modal_of("Whom to call first", [*line_sections(lines), *rest], close="Close")


def in_note(found: Sequence[WarmProspect], today: date) -> list[Block]:
    """Return the same for a morning note."""
    head = section(words(NOUN, "in_note", count=len(found)))
    more = [context(words(NOUN, "more", count=len(found) - SHOWN))] if len(found) > SHOWN else []
    return [head, *line_sections(prospect_lines(found[:SHOWN], today)), *more]


def by_itself(found: Sequence[WarmProspect], today: date) -> Message:
    """Return the list as a message of its own."""
    return message_of(in_note(found, today))


def prospect_lines(found: Sequence[WarmProspect], today: date) -> list[Mrkdwn]:
    return [prospect_line(at, one, today) for at, one in enumerate(found, 1)]


def prospect_line(at: int, one: WarmProspect, today: date) -> Mrkdwn:
    """Return somebody in a line: who, the number to call, and why."""
    told = [
        each for each in one.reasons if each.kind in WARM
    ] or one.reasons  # nobody is warm and cold at once
    reasons = [reason(signal, today) for signal in told[:REASONS]]
    return words(
        NOUN,
        "line",
        at=at,
        title=title(one),
        one=one.prospect,
        reasons=Mrkdwn("; ".join(reasons)),
    )


def title(one: WarmProspect) -> str:
    """Return who it is: "Dana Roe, Alder Yard"."""
    named = [shorten(part, NAME_LENGTH) for part in (one.prospect.name, one.prospect.account) if part]
    return ", ".join(named)


def reason(signal: WarmSignal, today: date) -> Mrkdwn:
    """Return one reason in a few words."""
    did = DID[signal.did] if signal.did is not None else ""
    return words(NOUN, signal.kind.value, signal=signal, did=did, today=today)


def comes(*, with_note: bool) -> Message:
    """Say that the list comes in the morning from now on."""
    return message_of(words(NOUN, "comes", with_note=with_note))


def gone() -> Message:
    return message_of(words(NOUN, "gone"))


def why() -> str:
    return str(words(NOUN, "why"))


def why_line() -> str:
    return str(words(NOUN, "why_line"))


def list_button() -> Block:
    """Return the way to it below a list of leads."""
    return actions(button("Whom to call first", SHOW))
