"""What goes back to a CRM: the way to it, both sides before, what became of it, and the boxes of a team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from messages.blocks import Block, Message, actions, context, field_input, message_of, modal_of, section
from messages.carried import Carried
from messages.elements import Element, button, checkboxes, option
from messages.formatting import words
from sales.imports.sync.write_back import CrmWrite, FieldOf, Writable, WriteState
from sales.pipeline.opportunity import Opportunity, StoredOpportunity

NOUN = "imports/write_back"
SEND = "crm.send"
SUBMIT = "crm.submit"
BACK = ":back"  # ends what a button carries that stands below something that was taken back
KEEP_THEIRS, SEND_OURS = "crm.theirs", "crm.ours"
BOXES = "crm_writes"
LABELS = {
    Writable.NEXT_STEP: ("Next step", "what was promised next on the deal"),
    Writable.CLOSE: ("Close date", "the day on which it is expected to close"),
    Writable.STAGE: ("Stage", "as the CRM calls it"),
}


@dataclass(frozen=True)
class SendAsked(Carried):
    """What a form asks a yes to: of which deal, and each field as it is here and there."""

    deal_id: int
    fields: Sequence[Sequence[str]] = ()
    place: Sequence[str] = ()  # where the card stands that it was opened from


def send_button(name: str, deal_id: int, after: str = "") -> Element:
    return button(f"Send to {name}…", SEND, f"{deal_id}{after}")


def waits(name: str) -> Block:
    return context(words(NOUN, "waits", name=name))


def form(
    name: str,
    deal: StoredOpportunity,
    fields: Sequence[FieldOf],
    stage_there: str = "",
    place: Sequence[str] = (),
) -> dict[str, Any]:
    """Show both sides of what would be sent; `stage_there` is what the CRM calls the stage that it would stand at."""
    asked = SendAsked(deal.id, [[one.what.value, one.ours, one.theirs] for one in fields], place)
    blocks = [section(words(NOUN, "intro", name=name, deal=deal)), *both(name, fields, stage_there)]
    return modal_of(f"Send to {name}", blocks, callback_id=SUBMIT, submit="Send", private=asked.written())


def both(name: str, fields: Sequence[FieldOf], stage_there: str = "") -> list[Block]:
    shown = {"name": name, "day": date.fromisoformat, "stage_there": stage_there}
    return [section(words(NOUN, "both", one=one, **shown)) for one in fields]


def taken_back(name: str, deal: StoredOpportunity) -> list[Block]:
    """Return the line of a deal that was changed back here after it went to its CRM, with the way to send it."""
    said = context(words(NOUN, "taken_back", name=name, deal=deal.name))
    return [said, actions(send_button(name, deal.id, BACK))]


def going(name: str, deal: str) -> Message:
    return message_of(words(NOUN, "going", name=name, deal=deal))


def nothing() -> Message:
    return message_of(words(NOUN, "nothing"))


def settled() -> Message:
    return message_of(words(NOUN, "settled"))


def kept_theirs(name: str, deal: str) -> Message:
    return message_of(words(NOUN, "kept_theirs", name=name, deal=deal))


def told(name: str, deal: Opportunity, write: CrmWrite, write_id: int, stage_there: str = "") -> Message:
    """Say what became of something that was approved; where theirs is another, both, and the choice.

    `stage_there` is what the CRM calls the stage that was approved.
    """
    if write.state is WriteState.DONE:
        sent = list(write.ours.items())
        return message_of(words(NOUN, "done", name=name, deal=deal, fields=sent, day=date.fromisoformat))
    if write.state is WriteState.REFUSED:
        return message_of(words(NOUN, "refused", name=name, deal=deal, trouble=write.trouble))
    if write.state is not WriteState.CONFLICT:
        return message_of(words(NOUN, "unknown", name=name, deal=deal))
    if write.trouble:
        stage = write.theirs.get(Writable.STAGE, "")
        return message_of(words(NOUN, "closed", name=name, deal=deal, stage=stage))
    fields = [FieldOf(Writable(what), said, write.theirs.get(what, "")) for what, said in write.ours.items()]
    ways = actions(
        button("Keep theirs", KEEP_THEIRS, str(write_id)), button("Send ours", SEND_OURS, str(write_id))
    )
    return message_of(
        [section(words(NOUN, "conflict", name=name, deal=deal)), *both(name, fields, stage_there), ways]
    )


def boxes(name: str, chosen: frozenset[Writable]) -> Block:
    """Return what may be written back, for a team's settings; nothing is ticked until somebody ticks it."""
    every = {one: option(label, one.value, more) for one, (label, more) in LABELS.items()}
    ticked = [every[one] for one in Writable if one in chosen]
    menu = checkboxes("chosen", list(every.values()), initial_options=ticked or None)
    hint = f"Each change goes to {name} only once somebody pressed Send."
    return field_input("Write back to the CRM", menu, BOXES, hint=hint, optional=True)
