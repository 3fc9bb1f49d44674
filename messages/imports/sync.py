"""A CRM in Slack: when it was read and what of it is not, what is asked of a manager once, and its line on a deal."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

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
from messages.elements import Element, button, option, select_menu, user_select
from messages.formatting import words
from sales.imports.sync.record import VENDORS, CrmOwner, CrmStage, Vendor
from sales.imports.sync.stage import SUSPECT
from sales.language.dates.instants import local_date
from sales.language.figures import clock, moment
from sales.language.typed_text import shorten
from sales.pipeline.stage import DealStage

NOUN = "imports/sync"
STAGES = "crm.stages"  # buttons
PEOPLE = "crm.people"
SAME, ANOTHER = "crm.same", "crm.another"
SAVE_STAGES = "crm.save_stages"  # forms
SAVE_PEOPLE = "crm.save_people"
HIDDEN = "hidden from me, or called otherwise by now"
UNREAD = {
    "owner": "owners",
    "account": "accounts",
    "contact": "contacts",
    "activity": "activities",
    "deal.amount": f"the amounts of deals, {HIDDEN}",
    "deal.close_on": f"the closing days of deals, {HIDDEN}",
    "deal.next_step": f"the next steps of deals, {HIDDEN}",
    "deal.stage_id": f"the stages of deals, {HIDDEN}",
    "deal.owner_id": f"the owners of deals, {HIDDEN}",
    "deal.account_id": "the accounts of deals",
    "deal.name": f"the names of deals, {HIDDEN}",
}
MOST_TWINS = 5  # asked of at once
MOST_ASKED = 40  # stages or people in one form
LABEL = 100
AS_IT_IS = "as_it_is"


class Stands(NamedTuple):
    """How a connection stands: its CRM, when it was read, how many deals are here, and why others wait."""

    id: int
    vendor: Vendor
    at: datetime | None
    deals: int
    waits: Sequence[tuple[str, Sequence[str]]] = ()
    twins: Sequence[tuple[int, str, str]] = ()  # record, its name there, and what was typed here
    unread: Mapping[str, str] = {}
    trouble: str = ""
    stages: int = 0
    people: Sequence[str] = ()  # owners who are nobody here, by name
    unseen: Sequence[str] = ()
    left: Sequence[tuple[str, int]] = ()  # owners who left there, with how many open deals are theirs here
    needs_token: bool = False  # whether it is not read any more until somebody connects again
    pause: datetime | None = None  # before when it is not asked again

    @property
    def name(self) -> str:
        return VENDORS[self.vendor]


class DealSide(NamedTuple):
    """What both sides say of one group of a deal's columns: words, a day, or minor units of `currency`."""

    what: str
    ours: Any
    theirs: Any
    currency: str


def as_of(at: datetime, zone: str, today: date) -> str:
    """Return when something was read, by the clocks of a zone: the time alone where that was on this day."""
    return clock(at, zone) if local_date(at, zone) == today else moment(at, zone)


def fresh(found: Sequence[tuple[str, str]]) -> list[Block]:
    """Return as of when the deals of a surface are, by what each CRM is called and when it was read."""
    return [context(words(NOUN, "fresh", found=found))] if found else []


def nothing_connected() -> Message:
    return message_of(words(NOUN, "unconnected"))


def status(found: Sequence[Stands], zone: str, today: date, reads: Sequence[str]) -> Message:
    """Say how each connection stands, with what is asked of its managers; `reads` names those that are read now."""
    blocks: list[Block] = []
    for one in found:
        count = sum(len(names) for _, names in one.waits)
        at = as_of(one.at, zone, today) if one.at is not None else ""
        said = words(NOUN, "stands", name=one.name, at=at, deals=one.deals, waits=count)
        blocks.append(section(said))
        if one.trouble:
            kind = "token" if one.needs_token else "trouble"
            blocks.append(section(words(NOUN, kind, name=one.name, trouble=one.trouble, at="")))
        if one.pause is not None and one.name not in reads:
            until = as_of(one.pause, zone, today)
            blocks.append(context(words(NOUN, "pauses", name=one.name, until=until)))
        if one.waits:
            blocks.append(section(words(NOUN, "waiting", found=one.waits)))
        for record_id, name, here in one.twins[:MOST_TWINS]:
            blocks.append(section(words(NOUN, "twin", name=name, here=here, crm=one.name)))
            same = button("The same", SAME, str(record_id))
            blocks.append(actions(same, button("Another deal", ANOTHER, str(record_id))))
        if one.unseen:
            blocks.append(section(words(NOUN, "unseen", name=one.name, found=one.unseen)))
        if one.unread:
            blocks.append(
                context(
                    words(
                        NOUN,
                        "unread",
                        name=one.name,
                        found=[(UNREAD.get(what, what), mend) for what, mend in one.unread.items()],
                    )
                )
            )
        if one.left:
            blocks.append(context(words(NOUN, "left", name=one.name, found=one.left)))
        if one.people:
            blocks.append(context(words(NOUN, "nobody", name=one.name, found=one.people)))
        if ways := asked(one):
            blocks.append(actions(*ways))
    if reads:
        blocks.append(context(words(NOUN, "reading", names=reads)))
    return message_of(blocks)


def asked(one: Stands) -> list[Element]:
    """Return the ways to what is asked once."""
    ways = []
    if one.stages:
        ways.append(button("Match stages…", STAGES, str(one.id)))
    if one.people:
        ways.append(button("Match people…", PEOPLE, str(one.id)))
    return ways


def asks(one: Stands) -> Message:
    """Ask once what its stages and owners are here."""
    said = words(NOUN, "asks", name=one.name, deals=one.deals, stages=one.stages, people=len(one.people))
    return message_of([section(said), actions(*asked(one))])


def trouble(name: str, why: str, at: str, *, is_token: bool) -> Message:
    """Tell an admin that a CRM cannot be read, and whether that mends itself."""
    return message_of(words(NOUN, "token" if is_token else "trouble", name=name, trouble=why, at=at))


def well(name: str) -> Message:
    return message_of(words(NOUN, "well", name=name))


def stages_form(
    name: str, connection_id: int, stages: Sequence[tuple[int, CrmStage, str]], ours: Sequence[DealStage]
) -> dict[str, Any]:
    """Ask of each open stage there which it is here."""
    offered = [
        *(option(one.name, one.name) for one in ours),
        option("Suspect: not past the gate", SUSPECT),
        option("Keep its own name", AS_IT_IS),
    ]
    blocks: list[Block] = [section(words(NOUN, "match_intro", name=name))]
    for row_id, stage, matched in stages[:MOST_ASKED]:
        chosen = next((one for one in offered if one["value"] == matched), None)
        menu = select_menu("chosen", offered, initial_option=chosen, placeholder="Choose…")
        blocks.append(field_input(shorten(stage.label, LABEL), menu, field_of(row_id), optional=True))
    return modal_of(
        "Match stages", blocks, callback_id=SAVE_STAGES, submit="Save", private=str(connection_id)
    )


def people_form(
    name: str, connection_id: int, owners: Sequence[tuple[int, CrmOwner, str | None]]
) -> dict[str, Any]:
    """Ask of each owner there who they are here."""
    blocks: list[Block] = [section(words(NOUN, "people_intro", name=name))]
    for row_id, owner, user_id in owners[:MOST_ASKED]:
        label = shorten(owner.name or owner.email or owner.id, LABEL)
        blocks.append(field_input(label, user_select("chosen", user_id), field_of(row_id), optional=True))
    return modal_of(
        "Match people", blocks, callback_id=SAVE_PEOPLE, submit="Save", private=str(connection_id)
    )


def field_of(row_id: int) -> str:
    """Return the field of a stage or an owner."""
    return f"match_{row_id}"


def matched(name: str) -> Message:
    return message_of(words(NOUN, "matched", name=name))


def chosen(name: str, *, is_same: bool) -> Message:
    return message_of(words(NOUN, "chosen", name=name, is_same=is_same))


def settled() -> Message:
    return message_of(words(NOUN, "settled"))


def on_deal(
    name: str, at: str, link: str, sides: Sequence[DealSide], next_step: str, parts: Sequence[str] = ()
) -> list[Block]:
    """Return the line of a deal that its CRM has: as of when it is, the way there, and what both sides changed.

    `parts` are the deals of ours that the CRM made part of it.
    """
    blocks = [context(words(NOUN, "on_deal", name=name, at=at, link=link, step=next_step, parts=parts))]
    if sides:
        blocks.insert(0, section(words(NOUN, "contested", name=name, sides=sides)))
    return blocks
