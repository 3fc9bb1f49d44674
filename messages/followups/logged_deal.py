"""Which deal what was logged is for: asked below the entry where several fit, and the entry once one is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from messages.blocks import Block, Message, actions, joined, message_of, section
from messages.carried import Carried
from messages.followups.belonging import ChosenDeal, belongs, choices, question
from messages.formatting import words
from messages.undo import undo_button
from sales.followups.activity import ActivityKind
from sales.followups.activity_words import say_count
from sales.language.figures import listed

BELONGS = "activity.belongs"


@dataclass(frozen=True)
class LoggedItems(Carried):
    """What was logged in one go: activities, the next steps that came with them, and how it is taken back."""

    activities: Sequence[int]
    steps: Sequence[int]
    undo_id: int


def asked(deals: Sequence[ChosenDeal], items: LoggedItems) -> list[Block]:
    """Ask which of several deals an entry is for; nothing where it is sure, or there is none."""
    if len(deals) <= 1:
        return []
    return [section(question(deals)), actions(*choices(BELONGS, deals, items.written()))]


def chosen(
    counts: Mapping[ActivityKind, int],
    account: str,
    deal: ChosenDeal | None,
    undo_id: int,
    more: Sequence[Block],
) -> Message:
    """Say for which deal an entry was; `more` asks what comes next, where nothing said so."""
    counted = listed([say_count(kind, count) for kind, count in counts.items()])
    told = words("followups/activity", "logged_with", what=counted, account=account)
    said = section(joined([told, belongs(deal)]) if deal is not None else told)
    return message_of([said, *(more or [actions(undo_button(undo_id))])])
