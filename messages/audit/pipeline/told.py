"""What is said around an audit: who moved a date, a team's pipelines, what each check is worth, why it came."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from messages.audit.pipeline.ids import LOOK, MOVED_BY, UNMUTE, spot_written
from messages.audit.pipeline.page import likely_line
from messages.blocks import Block, Message, actions, context, joined, message_of, section
from messages.elements import button
from messages.formatting import Mrkdwn, words
from messages.people.handover import hand_over_button
from messages.pipeline.win import total
from messages.room import LIST_BLOCKS, page_with
from sales.audit.check import CHECKS, AuditCheck, CheckRecord, CheckSort
from sales.audit.page import AuditSpot
from sales.pipeline.deal_history import MovedBy, StoredChange
from sales.pipeline.likely_value import LikelyValue

WORDS = "audit/pipeline/told"


def moved_by_question(change: StoredChange) -> list[Block]:
    """Ask who moved a close that came forward in a quarter's last days (mechanism 62)."""
    answers = [("The buyer", MovedBy.BUYER), ("We did", MovedBy.US), ("Don't know", MovedBy.UNKNOWN)]
    ways = [button(label, f"{MOVED_BY}:{who}", f"{change.id}:{who}") for label, who in answers]
    return [section(words(WORDS, "who_moved", change=change)), actions(*ways)]


def who_moved_kept(who: MovedBy) -> Mrkdwn:
    """Say what was kept."""
    return words(WORDS, "who_moved_kept", who=who.value)


def in_digest(likely: Mapping[str, LikelyValue], deals: int) -> Mrkdwn:
    """Return a team's likely value before its paper value, in a line (mechanism 25)."""
    return words(WORDS, "in_digest", line=likely_line(likely), deals=deals)


class RepPipeline(NamedTuple):
    """One rep's pipeline as a manager sees it in a line; `likely` is empty where nothing is open."""

    user_id: str
    name: str
    likely: Mapping[str, LikelyValue]
    findings: int
    dead: int


class LeftPipeline(NamedTuple):
    """Who left a team with deals that are still theirs; `worth` is what those say on paper, by currency."""

    team_id: int
    user_id: str
    name: str
    deals: int
    worth: Mapping[str, int]


def left_in_digest(worths: Sequence[Mapping[str, int]], deals: int) -> Mrkdwn:
    """Say that deals of somebody who left wait for somebody to take them over; without a name."""
    together = Counter[str]()
    for worth in worths:
        together.update(worth)
    return words(WORDS, "left_in_digest", deals=deals, worth=total(together))


def reps(
    team: str,
    together: Mapping[str, LikelyValue] | None,
    found: Sequence[RepPipeline],
    since: int,
    left: Sequence[LeftPipeline] = (),
) -> Message:
    """Show a team's pipelines: together, then each rep's in a line with the way into it."""
    line = likely_line(together) if together else ""
    blocks: list[Block] = [section(words(WORDS, "team", team=team, line=line, count=len(found)))]
    rows = [
        section(
            words(WORDS, "rep", rep=one, line=likely_line(one.likely) if one.likely else ""),
            button("Look", f"{LOOK}:{one.user_id}", spot_written(AuditSpot(one.user_id, since))),
        )
        for one in found
    ]
    gone = [
        section(
            words(WORDS, "left", one=one, worth=total(one.worth)), hand_over_button(one.team_id, one.user_id)
        )
        for one in left
    ]
    rows = [*gone, *rows]
    shown = page_with([[row] for row in rows], 0, blocks=LIST_BLOCKS)
    blocks += rows[: shown.end]
    if shown.end < len(rows):
        blocks.append(context(words(WORDS, "more_reps", count=len(rows) - shown.end)))
    return message_of(blocks)


class CheckStanding(NamedTuple):
    """A check with its record, and whether it is silent: off for the reader, or retired."""

    check: AuditCheck
    record: CheckRecord
    is_off: bool
    is_retired: bool


def why_page(found: Sequence[CheckStanding]) -> Message:
    """Tell all of the checks: what each looks for, how it fared, which are off and which retired."""
    blocks: list[Block] = [section(words(WORDS, "why", count=len(CHECKS)))]
    for sort in CheckSort:
        lines = [check_line(one) for one in found if one.check.sort is sort]
        blocks.append(section(joined([words(WORDS, "sort", sort=sort.value), *lines])))
    off = [one.check for one in found if one.is_off]
    if off:
        blocks.append(
            actions(*(button(f"Check again: {one.name}", f"{UNMUTE}:{one.key}", one.key) for one in off))
        )
    blocks.append(context(words(WORDS, "rules")))
    return message_of(blocks)


def check_line(one: CheckStanding) -> Mrkdwn:
    return words(
        WORDS,
        "check",
        check=one.check,
        record=one.record,
        off=one.is_off,
        retired=one.is_retired,
        foretells=one.check.sort is CheckSort.FORETELLS,
    )


def why_sent(reason: str, label: str = "") -> str:
    """Return why an audit came by itself."""
    return str(words(WORDS, reason, label=label))
