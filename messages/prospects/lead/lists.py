"""Lists of leads: one's own, those that nobody has, a team's in numbers, and the line on Home and in the morning."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from messages.blocks import Block, Message, actions, context, message_of, section
from messages.elements import Element, button, turn_buttons
from messages.formatting import Mrkdwn, escaped, words
from messages.prospects.lead.ids import ADD, LIST, NOBODYS, PLACE_CARD, PLACE_LIST, PLACE_TEAM, PLACE_TOLD
from messages.prospects.lead.told import CAUSES, NOUN, LeadShown, ReaderClock, call_told, row
from messages.room import ListPage
from messages.undo import undo_button
from sales.language.figures import duration, listed
from sales.prospects.first_call import CallsKept
from sales.prospects.lead import Lead

LENGTH = 5  # of one page; the rest is a button away
MOST_NAMED = 3


class ListCounts(NamedTuple):
    """How many open leads of each sort somebody has."""

    new: int
    accepted: int

    @property
    def total(self) -> int:
        return self.new + self.accepted


def listing(
    shown: Sequence[LeadShown],
    counts: ListCounts,
    page: ListPage,
    at: ReaderClock,
    rejected: Sequence[Lead] = (),
    parts: Sequence[Block] = (),
    owner: str = "",
    done: Sequence[Block] = (),
) -> Message:
    """Show a page of a person's open leads; by name where they are another's, whose first page is shown.

    `rejected` are those that were sent back this week, `parts` what features know of all of them, and `done` what was
    just done to one.
    """
    add = [] if owner else [button("Add lead", ADD)]
    if not counts.total:
        blocks = [*done, section(words(NOUN, "nothing", owner=owner)), *lately(rejected), *parts]
        return message_of([*blocks, *([actions(*add)] if add else [])])
    head = words(NOUN, "heading", owner=owner, new=counts.new, accepted=counts.accepted)
    blocks = [*done, section(head)]
    within = PLACE_CARD if owner else PLACE_LIST  # what is done to another's lead is shown on its card
    blocks += [row(one, at, within, page.start) for one in shown]
    if page.following is not None:
        blocks.append(context(words(NOUN, "more", rest=counts.total - page.end)))
    blocks += [*lately(rejected), *parts]
    ways: list[Element] = [*([] if owner else turn_buttons(page, LIST)), *add]
    return message_of([*blocks, *([actions(*ways)] if ways else [])])


def done(note: str, undo_id: int | None) -> list[Block]:
    """Say what was just done to a lead of a list, with the way back; nothing where nothing was."""
    if not note:
        return []
    return [section(note, undo_button(undo_id) if undo_id is not None else None)]


def lately(rejected: Sequence[Lead]) -> list[Block]:
    """Say which leads were sent back this week, in one small line."""
    told = [
        words(NOUN, "lately_one", lead=lead, cause=CAUSES[lead.reject_cause])
        for lead in rejected
        if lead.reject_cause is not None
    ]
    return [context(words(NOUN, "lately", rows=told))] if told else []


def came_to_you(shown: Sequence[LeadShown], count: int, at: ReaderClock) -> Message:
    """Tell a rep of leads that were given to them, the first of so many, with what can be done about each."""
    return told_rows(words(NOUN, "came_to_you", count=count), shown, count, at)


def late(shown: Sequence[LeadShown], count: int, at: ReaderClock) -> Message:
    """Tell a rep whom nobody called though the limit is over."""
    return told_rows(words(NOUN, "late_head", count=count), shown, count, at)


def told_rows(head: Mrkdwn, shown: Sequence[LeadShown], count: int, at: ReaderClock) -> Message:
    rows = [row(one, at, PLACE_TOLD) for one in shown]
    more = actions(button(words(NOUN, "more", rest=count - len(shown)), LIST, "0"))
    return message_of([section(head), *rows, *([more] if count > len(shown) else [])])


def settled() -> Message:
    """Say of a message about leads that nothing of it is left."""
    return message_of(words(NOUN, "settled"))


def untouched_of_teams(found: Sequence["TeamLeads"], *, named: bool) -> Message:
    """Tell a manager whose leads were left untouched, with the way to the team's."""
    count = sum(number for one in found for _, number in one.untouched)
    blocks = [section(words(NOUN, "untouched_head", count=count))]
    for one in found:
        lines = [words(NOUN, "untouched_one", name=name, count=number) for name, number in one.untouched]
        said = Mrkdwn(listed([*([escaped(one.team)] if named else []), *lines]))
        blocks.append(section(said, button("Leads", f"{NOBODYS}:{one.team_id}", f"{one.team_id}:0")))
    return message_of(blocks)


def home_line(shown: Sequence[LeadShown], count: int, at: ReaderClock) -> Block:
    """Say how many new leads there are and which presses most, with the way to the list."""
    lines = listed(
        [words(NOUN, "home_one", lead=one.lead, call=call_told(one.call, at)) for one in shown[:1]]
    )
    return section(words(NOUN, "home", count=count, lines=Mrkdwn(lines)), button("Leads", LIST, "0"))


def late_line(shown: Sequence[LeadShown]) -> Block:
    """Say which leads nobody called though they are past their limit, with the way to the list."""
    lines = listed([words(NOUN, "late_one", lead=one.lead) for one in shown], most=MOST_NAMED)
    return section(words(NOUN, "late", count=len(shown), lines=Mrkdwn(lines)), button("Leads", LIST, "0"))


class RepTold(NamedTuple):
    """A rep's open leads in numbers, by name."""

    name: str
    new: int
    accepted: int
    untouched: int


class TeamLeads(NamedTuple):
    """A team's leads: each rep's in numbers, those that nobody has yet, and those left untouched, by rep."""

    team_id: int
    team: str
    reps: Sequence[RepTold]
    nobodys: int = 0
    oldest: datetime | None = None
    untouched: Sequence[tuple[str, int]] = ()
    kept: CallsKept | None = None

    @property
    def open_count(self) -> int:
        return self.nobodys + sum(one.new + one.accepted for one in self.reps)


def of_team(
    found: TeamLeads,
    shown: Sequence[LeadShown],
    at: ReaderClock,
    page: ListPage,
    parts: Sequence[Block] = (),
    done: Sequence[Block] = (),
) -> Message:
    """Show a team's leads: first those that nobody has, a page of them, then each rep's in numbers."""
    if not found.open_count:
        blocks = [*done, section(words(NOUN, "team_nothing", team=found.team)), *kept(found), *parts]
        return message_of([*blocks, actions(button("Add lead", ADD))])
    head = words(NOUN, "team_head", team=found.team, open=found.open_count, nobody=found.nobodys)
    blocks = [*done, section(head), *(row(one, at, PLACE_TEAM, page.start) for one in shown)]
    if page.following is not None:
        blocks.append(context(words(NOUN, "more", rest=found.nobodys - page.end)))
    lines = [
        words(NOUN, "team_rep", name=one.name, held=one) for one in found.reps if one.new or one.accepted
    ]
    blocks += [section(Mrkdwn("\n".join(lines)))] if lines else []
    blocks += [*untouched(found, named=False), *kept(found), *parts]
    turns = turn_buttons(page, NOBODYS, about=f"{found.team_id}:")
    return message_of([*blocks, actions(*turns, button("Add lead", ADD))])


def untouched(found: TeamLeads, *, named: bool) -> list[Block]:
    """Say whose leads were left untouched for too long; nothing where none was."""
    lines = [words(NOUN, "untouched_one", name=name, count=count) for name, count in found.untouched]
    if not lines:
        return []
    said = words(NOUN, "untouched", team=found.team if named else "", lines=lines)
    return [section(said)]


def kept(found: TeamLeads) -> list[Block]:
    """Say how soon first calls were made; nothing where none was."""
    if found.kept is None:
        return []
    median = duration(found.kept.median if found.kept.median else timedelta(minutes=1))
    return [context(words(NOUN, "kept", found=found.kept, median=median))]


def for_leads(found: Sequence[TeamLeads], at: ReaderClock, *, named: bool) -> list[Block]:
    """Say to whoever leads teams which leads nobody has, and whose were left untouched; nothing where all is well."""
    blocks: list[Block] = []
    for one in found:
        if one.nobodys and one.oldest is not None:
            said = words(
                NOUN,
                "nobodys",
                count=one.nobodys,
                oldest=at.since(one.oldest),
                team=one.team if named else "",
            )
            blocks.append(section(said, button("Assign…", f"{NOBODYS}:{one.team_id}", f"{one.team_id}:0")))
        blocks += untouched(one, named=named)
    return blocks


def untouched_total(count: int) -> Mrkdwn:
    """Say to a team's channel how many leads were left untouched, nobody's name beside it."""
    return words(NOUN, "untouched_total", count=count)
