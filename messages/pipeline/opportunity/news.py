"""News: what was done to a deal, which goals it moved, and how to take it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from messages.blocks import Block, Message, actions, context, joined, message_of, section
from messages.elements import button
from messages.formatting import words
from messages.pipeline.opportunity.card import MOST_CHOICES, line
from messages.pipeline.opportunity.ids import ADD, EDIT, REOPEN, REVALUE, WON_NEW, Wish
from messages.undo import undo_button
from sales.language.figures import money, short_day
from sales.pipeline.opportunity import StoredOpportunity


@dataclass(frozen=True)
class News:
    """Something done to a deal: `what` names its text in the template, `more` the values that one needs.

    `parts` is what it still lacks, with the ways to mend that; `asks` what is asked about it, below everything.
    """

    what: str
    deal: StoredOpportunity
    undo_id: int
    moved: Sequence[str] = ()
    more: dict[str, object] | None = None
    parts: Sequence[Block] = ()
    asks: Sequence[Block] = ()


def told(news: News, today: date) -> Message:
    """Say what was done, with the way to take it back."""
    said = words(
        "pipeline/opportunity/opportunity", news.what, deal=news.deal, today=today, **(news.more or {})
    )
    blocks: list[Block] = [section(said)]
    blocks += news.parts
    if news.moved:
        blocks.append(context(joined(news.moved)))
    edit = button("Edit…", f"{EDIT}:{news.deal.id}", Wish(news.deal.id).written())
    blocks.append(actions(undo_button(news.undo_id), edit))
    return message_of([*blocks, *news.asks])


def already_closed(
    deal: StoredOpportunity, undo_id: int | None, today: date, further: Wish | None = None
) -> Message:
    """Say what became of a deal earlier; nothing was changed. With `undo_id` that can still be taken back.

    `further` is a win that was wished for and may be another deal with the same customer.
    """
    said = words("pipeline/opportunity/opportunity", "already_closed", deal=deal, today=today)
    carried = Wish(deal.id).written()
    back = button("Reopen", f"{REOPEN}:{deal.id}", carried) if undo_id is None else undo_button(undo_id)
    buttons = [back]
    if further is not None:
        value = money(further.value_minor or 0, deal.currency)
        buttons.append(button(f"Add another as won, {value}", WON_NEW, further.written()))
    return message_of([section(said), actions(*buttons)])


def already_there(deals: Sequence[StoredOpportunity], today: date, wish: Wish, currency: str) -> Message:
    """Say that deals of this name are open, and ask whether one changes or another is added."""
    value = money(wish.value_minor, currency) if wish.value_minor else ""
    if value and wish.expected_on is not None:
        value = f"{value}, closes {short_day(wish.expected_on)}"
    said = words("pipeline/opportunity/opportunity", "already_there", name=wish.name, count=len(deals))
    blocks: list[Block] = [section(said)]
    for deal in deals[:MOST_CHOICES]:
        changes = wish._replace(deal_id=deal.id).written()
        change = button(f"Set to {value}", f"{REVALUE}:{deal.id}", changes) if value else None
        blocks.append(section(line(deal, today), accessory=change))
    blocks.append(actions(button("Add another deal", ADD, wish.written())))
    return message_of(blocks)


def nothing_to_win(wish: Wish, currency: str) -> Message:
    """Say that no deal of this name is open, and offer to add it as won."""
    value = money(wish.value_minor or 0, currency)
    said = words("pipeline/opportunity/opportunity", "nothing_to_win", name=wish.name)
    return message_of([section(said), actions(button(f"Add it as won, {value}", WON_NEW, wish.written()))])
