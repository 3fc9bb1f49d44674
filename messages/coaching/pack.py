"""The 1:1 pack in words: a page for the talk, the same for both of the pair but for what is the manager's alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from messages.blocks import Block, Message, context, joined, message_of, modal_of, section
from messages.coaching import agenda, diagnosis
from messages.coaching.agenda import AgendaShown
from messages.coaching.one_on_one import question
from messages.formatting import Mrkdwn, words
from messages.goals.goal import goal_line
from messages.goals.goal.line import titled
from messages.undo import undo_button
from sales.coaching.diagnosis.light import Light
from sales.coaching.one_on_one import TalkReason
from sales.coaching.pack import PackPage

NOUN = "coaching/pack"
TITLE = "1:1"


@dataclass(frozen=True)
class PackShown:
    """A pack with the agenda of its pair; `own` where its reader is the rep. `about` is what the question is about,
    with its count.
    """

    page: PackPage
    agenda: AgendaShown
    own: bool
    about: tuple[TalkReason, int] | None = None

    @property
    def name(self) -> str:
        """The other of the two, as the title names them."""
        pair = self.agenda.pair
        return self.agenda.name(pair.manager_id if self.own else pair.rep_id)


def page(shown: PackShown, note: str = "", undo_id: int | None = None) -> Message:
    """Show a pack; `note` says what was just done on its page, `undo_id` takes that back."""
    back = undo_button(undo_id) if undo_id is not None else None
    blocks: list[Block] = [section(note, back)] if note else []
    return message_of([*blocks, *read(shown), *agenda.items(shown.agenda), *below(shown)])


def read(shown: PackShown) -> list[Block]:
    """Return what is read of a pack: what went well before all else, then facts and one question."""
    found = shown.page
    title = words(NOUN, "title", name=shown.name, own=shown.own)
    goals = [goal_line(one) for one in found.week.goals]
    parts: list[Mrkdwn | None] = [
        title,
        words(NOUN, "well", well=found.well) if found.well else None,
        joined(goals) if goals else None,
        facts(found),
        question(shown.about),
        agenda.last_time(shown.agenda),
        hard(found.red) if found.red is not None and not shown.own else None,
    ]
    blocks: list[Block] = [section(one) for one in parts if one]
    if found.silent and not shown.own:
        blocks.append(context(words(NOUN, "silent", days=found.silent)))
    return blocks


def below(shown: PackShown) -> list[Block]:
    """Return the notes, the ways to add, and who reads the page."""
    foot = context(words(NOUN, "foot"))
    return [*agenda.notes(shown.agenda), agenda.ways(shown.agenda.pair), foot]


def facts(found: PackPage) -> Mrkdwn:
    """Return what changed, a line each."""
    if not found.facts:
        return words(NOUN, "nothing_new", since=found.since)
    goal = titled(found.week.goal) if found.week.goal is not None else ""
    return words(NOUN, "facts", since=found.since, facts=list(found.facts), goal=goal)


def hard(red: Light) -> Mrkdwn:
    """Return the hard talk: a number, a question, and something a manager can offer (mechanism 81)."""
    return words(
        NOUN, "hard", light=red.name.value, measure=red.found.measure.value, said=diagnosis.number(red)
    )


def modal(shown: PackShown) -> dict[str, Any]:
    """Show a pack where a message would be in the way, to read: the same page, added to by the line at its end."""
    foot = context(words(NOUN, "foot_of_modal"))
    blocks = [*read(shown), *agenda.items_to_read(shown.agenda), *agenda.notes(shown.agenda), foot]
    return modal_of(TITLE, blocks, close="Close")


def nobody(reason: str) -> Message:
    """Say that there is nobody to talk with, and what would change that."""
    return message_of(words(NOUN, reason))


def which(names: Sequence[str], most: int) -> Mrkdwn:
    """Ask whose 1:1 is meant; past the `most` that are offered, how to name another."""
    return words(NOUN, "which", names=list(names), most=most)


def why(name: str) -> str:
    return str(words(NOUN, "why", name=name))
