"""Leads as they stand in words: one in a line, when it is to be called, its card, and several to choose from."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple

from messages.blocks import Block, Message, actions, context, joined, message_of, plain_context, section
from messages.elements import Element, button, option, overflow_menu, select_menu
from messages.formatting import Mrkdwn, words
from messages.prospects.lead.ids import (
    ACCEPT,
    ASSIGN,
    CALLED,
    EDIT,
    IN_WORDS,
    MENU,
    PLACE_CARD,
    PLACE_TOLD,
    QUALIFY,
    REJECT,
    SHOW,
    TAKE,
    OfLead,
)
from messages.undo import undo_button
from sales.language.dates.instants import local_date, local_instant
from sales.language.figures import clock, duration, long_day, moment
from sales.pipeline.opportunity import StoredOpportunity
from sales.prospects.first_call import CallState, FirstCall
from sales.prospects.lead import Lead, LeadState, RejectCause, StoredLead

NOUN = "prospects/lead/lead"
MOST_CHOICES = 8
STATES: Mapping[LeadState, str] = {
    LeadState.NEW: "new",
    LeadState.ACCEPTED: "accepted",
    LeadState.REJECTED: "rejected",
    LeadState.QUALIFIED: "qualified",
}
CAUSES: Mapping[RejectCause, str] = {
    RejectCause.FIT: "not our kind of customer",
    RejectCause.PERSON: "the wrong person",
    RejectCause.NEED: "no need or no budget",
    RejectCause.TIMING: "not now",
    RejectCause.UNREACHABLE: "cannot be reached",
    RejectCause.BAD_DATA: "wrong number, address or name",
    RejectCause.DUPLICATE: "there twice",
    RejectCause.CUSTOMER: "a customer already",
    RejectCause.OTHER: "another reason",
}
PRESSING = (CallState.PAST_TARGET, CallState.PAST_LIMIT)


class ReaderClock(NamedTuple):
    """The moment, and the zone and day of whoever reads."""

    now: datetime
    zone: str
    today: date

    def due(self, at: datetime) -> str:
        """Return when something is due: the time alone today, else with its day."""
        return clock(at, self.zone) if local_date(at, self.zone) == self.today else moment(at, self.zone)

    def since(self, at: datetime) -> str:
        """Return since when something waits: of what came on a day, at an hour that nobody wrote down, the day."""
        on = local_date(at, self.zone)
        return long_day(on, self.today) if local_instant(self.zone, time.min, on) == at else self.due(at)


class CallTold(NamedTuple):
    """When a lead is to be called: in a few words and in a sentence, and whether it presses."""

    text: Mrkdwn
    sentence: Mrkdwn
    presses: bool


class LeadShown(NamedTuple):
    """A lead with its first call, and by name whose it is where that is not the reader."""

    lead: StoredLead
    call: FirstCall
    owner: str = ""


def call_told(found: FirstCall, at: ReaderClock) -> CallTold | None:
    """Return when a lead is to be called; None where there is nothing to say of it."""
    if found.state is CallState.NO_CLOCK:
        return None
    by = at.due(found.target_at) if found.target_at else ""
    latest = at.due(found.limit_at) if found.limit_at else ""
    target = duration(found.clock.target) if found.clock else ""
    limit = duration(found.clock.limit) if found.clock else ""
    ago = duration(found.over if found.is_running else found.waited)
    return CallTold(
        words(NOUN, "call", found=found, by=by, latest=latest, ago=ago),
        words(NOUN, "call_sentence", found=found, by=by, latest=latest, target=target, limit=limit, ago=ago),
        found.state in PRESSING,
    )


def came(lead: Lead, at: ReaderClock) -> Mrkdwn:
    """Return when a lead came: "today, 11:02", "Fri 11 Sep"."""
    on = local_date(lead.came_at, at.zone)
    return words(NOUN, "came", on=on, at=clock(lead.came_at, at.zone), today=at.today)


def line(shown: LeadShown, at: ReaderClock) -> Mrkdwn:
    """Return a lead in one line; the state only of one that is not new."""
    lead = shown.lead
    call = call_told(shown.call, at) if lead.is_open else None
    state = "" if lead.state is LeadState.NEW else STATES[lead.state]
    return words(NOUN, "line", lead=lead, call=call, state=state, came=came(lead, at))


def row(shown: LeadShown, at: ReaderClock, within: str, number: int = 0) -> Block:
    """Return a lead in a list, with what can be done about it behind three dots."""
    said = line(shown, at)
    if shown.owner:
        said = joined([said, shown.owner], " · ")
    if within == PLACE_TOLD:
        said = words(NOUN, "with_phone", said=said, lead=shown.lead)
    return section(said, menu(shown.lead, within, number))


def menu(lead: StoredLead, within: str, number: int) -> Element:
    """Return what can be done about a lead where it stands in a list."""
    carried = OfLead(lead.id, within, number).written()
    ways = [("Show", SHOW)]
    if lead.is_open:
        ways += [] if lead.first_call_at is not None else [("Called", CALLED)]
        ways += [("Accept", ACCEPT)] if lead.state is LeadState.NEW else []
        ways += [("Reject…", IN_WORDS), ("Qualify", QUALIFY)]
    return overflow_menu(f"{MENU}:{lead.id}", [option(label, f"{way}|{carried}") for label, way in ways])


class CardFacts(NamedTuple):
    """What stands beside a lead on its card: the deals with its firm, as far as the reader may know of them."""

    won: StoredOpportunity | None = None
    live: StoredOpportunity | None = None
    deal: StoredOpportunity | None = None  # that it became
    reader_id: str = ""
    may_assign: bool = False
    may_take: bool = False
    may_change: bool = True


def card(
    shown: LeadShown,
    facts: CardFacts,
    at: ReaderClock,
    note: str = "",
    parts: Sequence[Block] = (),
    ways: Sequence[Element] = (),
    undo_id: int | None = None,
) -> Message:
    """Show one lead with what can be done about it; `note` says what was just done, `undo_id` takes it back.

    `parts` are what features know of it, and `ways` what they offer.
    """
    lead = shown.lead
    back = undo_button(undo_id) if undo_id is not None else None
    blocks: list[Block] = [section(note, back)] if note else []
    call = call_told(shown.call, at) if lead.is_open or lead.first_call_at else None
    said = words(
        NOUN, "head", lead=lead, state=STATES[lead.state], owner=shown.owner, came=came(lead, at), call=call
    )
    blocks.append(section(said, card_menu(lead, facts)))
    if reach := words(NOUN, "reach", lead=lead):
        blocks.append(context(reach))
    if lead.note:
        blocks.append(plain_context(lead.note))
    if lead.state is LeadState.REJECTED and lead.reject_cause is not None:
        said = words(NOUN, "rejected_because", cause=CAUSES[lead.reject_cause], reason=lead.reject_reason)
        blocks.append(section(said))
    blocks += [context(one) for one in known(lead, facts, at)]
    blocks += parts
    rows = [[*ways], card_buttons(lead, facts) if facts.may_change else []]
    return message_of([*blocks, *(actions(*one) for one in rows if one)])


def known(lead: Lead, facts: CardFacts, at: ReaderClock) -> list[Mrkdwn]:
    """Say what is known of a lead's firm: the deal it became, that it bought before, that there is a deal with it."""
    if facts.deal is not None:
        return [words(NOUN, "is_deal", lead=lead, deal=facts.deal)]
    found = []
    if facts.won is not None:
        mine = facts.won.owner_id == facts.reader_id
        found.append(words(NOUN, "customer", firm=lead.firm, won=facts.won, today=at.today, mine=mine))
    if facts.live is not None:
        found.append(words(NOUN, "live", deal=facts.live, mine=facts.live.owner_id == facts.reader_id))
    return found


def card_buttons(lead: StoredLead, facts: CardFacts) -> list[Element]:
    """Return the row of what is done to a lead."""
    carried = OfLead(lead.id).written()
    if lead.state is LeadState.QUALIFIED:
        return []
    if lead.state is LeadState.REJECTED:
        return [button("Open it again", f"{ACCEPT}:{lead.id}", carried)]
    found: list[Element] = []
    if lead.owner_id is None and facts.may_assign:
        found.append(button("Assign…", f"{ASSIGN}:{lead.id}", carried))
    if lead.owner_id is None and facts.may_take:
        found.append(button("Take it", f"{TAKE}:{lead.id}", carried))
    if lead.first_call_at is None:
        found.append(button("Called", f"{CALLED}:{lead.id}", carried))
    if lead.state is LeadState.NEW:
        found.append(button("Accept", f"{ACCEPT}:{lead.id}", carried, style="primary"))
    return [
        *found,
        reject_menu(lead, PLACE_CARD),
        button("Qualify", f"{QUALIFY}:{lead.id}", carried),
    ]


def reject_menu(lead: StoredLead, within: str) -> Element:
    """Return the reasons a lead is sent back for, one tap each."""
    carried = OfLead(lead.id, within).written()
    options = [option(CAUSES[cause].capitalize(), f"{carried}|{cause.value}") for cause in CAUSES]
    return select_menu(f"{REJECT}:{lead.id}", options, placeholder="Reject…")


def card_menu(lead: StoredLead, facts: CardFacts) -> Element | None:
    """Return what is seldom done to a lead, behind three dots."""
    carried = OfLead(lead.id).written()
    ways = [("Edit…", EDIT)] if facts.may_change else []
    if facts.may_assign and lead.is_open and lead.owner_id:
        ways.append(("Assign…", ASSIGN))
    return (
        overflow_menu(f"{MENU}:{lead.id}", [option(label, f"{way}|{carried}") for label, way in ways])
        if ways
        else None
    )


def why_rejected(lead: StoredLead, within: str = PLACE_CARD) -> Message:
    """Ask why a lead is sent back; until then nothing happens to it."""
    carried = OfLead(lead.id, within).written()
    said = section(words(NOUN, "why_rejected", lead=lead))
    own = button("In my words…", f"{IN_WORDS}:{lead.id}", carried)
    return message_of([said, actions(reject_menu(lead, within), own)])


def choose(found: Sequence[LeadShown], asked: str, at: ReaderClock, act: str) -> Message:
    """Ask which lead is meant; choosing one does what was asked for."""
    blocks: list[Block] = [section(words(NOUN, "which", asked=asked, count=len(found)))]
    for shown in found[:MOST_CHOICES]:
        said = joined([line(shown, at), *([shown.owner] if shown.owner else [])], " · ")
        this = button("This one", f"{act}:{shown.lead.id}", OfLead(shown.lead.id).written())
        blocks.append(section(said, this))
    return message_of(blocks)
