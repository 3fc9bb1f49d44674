"""What is still promised for a deal that is closed or parked: done, dropped or kept, in one tap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from messages.blocks import Block, actions, section
from messages.carried import Carried
from messages.elements import button
from messages.formatting import Mrkdwn, words
from sales.followups.followup import StoredFollowUp
from sales.pipeline.opportunity import StoredOpportunity

NOUN = "pipeline/promise"
Ids = tuple[str, str]  # of the buttons that say done, and dropped
DONE, DROP, KEEP = "promise.done", "promise.drop", "promise.keep"


@dataclass(frozen=True)
class Promised(Carried):
    """What a button carries: of which deal, which promises, and among which deals of a debrief it stands, if in one."""

    deal_id: int
    promises: Sequence[int]
    among: Sequence[int] = ()


def left(
    deal: StoredOpportunity,
    steps: Sequence[StoredFollowUp],
    today: date,
    among: Sequence[int] = (),
    *,
    may_keep: bool = False,
    ids: Ids = (DONE, DROP),
) -> list[Block]:
    """Ask what becomes of what is still promised for a deal; nothing pressed keeps it. Nothing where nothing is."""
    if not steps:
        return []
    carried = Promised(deal.id, [one.id for one in steps], among).written()
    ways = [
        button("Done", f"{ids[0]}:{deal.id}", carried),
        button("Drop it" if len(steps) == 1 else "Drop them", f"{ids[1]}:{deal.id}", carried),
    ]
    if may_keep:
        ways.append(button("Keep", f"{KEEP}:{deal.id}", carried))
    named = deal.name if among else ""
    return [section(words(NOUN, "left", steps=steps, today=today, named=named)), actions(*ways)]


def settled(steps: Sequence[StoredFollowUp], *, done: bool) -> Mrkdwn:
    """Say what became of promises."""
    return words(NOUN, "settled", steps=steps, done=done)


def kept(steps: Sequence[StoredFollowUp], today: date) -> Mrkdwn:
    return words(NOUN, "kept", steps=steps, today=today)
