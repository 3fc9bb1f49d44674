"""Lead quality in marketing's channel: what came, what sales accepted, why not, what waits; and the form (38)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from messages.blocks import (
    Block,
    Message,
    actions,
    context,
    field_input,
    joined,
    message_of,
    modal_of,
    section,
)
from messages.elements import button, checkboxes, conversation_select, option
from messages.formatting import Mrkdwn, words
from messages.prospects.lead.told import CAUSES
from messages.undo import undo_button
from sales.language.dates.period import DaySpan
from sales.language.figures import WEEKDAYS, day_to_day, listed
from sales.people.readers import Outsiders, Readers
from sales.people.setup import CHANNEL
from sales.people.team import Team
from sales.prospects.lead_quality import POST_AT, LeadQuality, SourceCount, waited

SAVE = "lead_quality.save"  # the form's callback
OPEN = "lead_quality.open"
READERS = "readers"
NOUN = "prospects/lead_quality"
NAMED = 10


def post(found: LeadQuality, team: Team, span: DaySpan, today: date) -> Message:
    """Show a week's leads to marketing: the answer first, then by source, why not, and what waits."""
    days = day_to_day(span.first, span.last, today)
    lines = [words(NOUN, "head", found=found, team=team.name, days=days)]
    lines += [words(NOUN, "source", one=one, said=source_said(one)) for one in found.sources]
    if found.other:
        lines.append(words(NOUN, "other", count=found.other, alone=not found.sources))
    if found.reasons:
        said = [f"{CAUSES[cause]} {count}" for cause, count in found.reasons]
        lines.append(words(NOUN, "reasons", said=said))
    if found.decided and found.accepted is None:
        lines.append(words(NOUN, "too_few", decided=found.decided))
    if found.untouched and found.oldest is not None:
        days_waited = waited(found.oldest, team.zone, today)
        lines.append(words(NOUN, "untouched", count=found.untouched, days=days_waited))
    return message_of([section(joined(lines)), context(words(NOUN, "foot"))])


def source_said(one: SourceCount) -> str:
    """Return what else is known of a source's leads than how many came."""
    parts = []
    if one.decided:
        parts.append(f"{one.accepted} of {one.decided} decided accepted")
    if one.untouched:
        parts.append(f"{one.untouched} untouched")
    return listed(parts)


def form(
    channel: str | None, private: str, readers: Readers | None = None, agree: str = ""
) -> dict[str, Any]:
    """Ask where marketing reads of its leads; empty for nowhere."""
    element = conversation_select(
        CHANNEL,
        initial_conversation=channel,
        among={"include": ["public", "private"], "exclude_bot_users": True},
        placeholder="No post yet",
    )
    blocks: list[Block] = [
        field_input("Marketing’s channel", element, CHANNEL, hint=words(NOUN, "channel_hint"), optional=True)
    ]
    if readers is not None:
        shared = readers.outsiders is Outsiders.OTHERS
        label = words(NOUN, "readers_label", shared=shared, name=readers.name)
        hint = words(NOUN, "readers_hint", names=listed(readers.guests, most=NAMED), shared=shared)
        ticked = checkboxes(READERS, [option("Post there all the same", agree)])
        blocks.append(field_input(label, ticked, READERS, hint=hint, optional=True))
    return modal_of("Leads for marketing", blocks, callback_id=SAVE, submit="Save", private=private)


def saved(team: Team, undo_id: int) -> Message:
    """Say where the post goes from now on, and when."""
    return message_of([section(words(NOUN, "saved", **where(team))), actions(undo_button(undo_id))])


def where(team: Team) -> dict[str, Any]:
    first = next(day for day in range(7) if team.workdays >> day & 1)
    link = Mrkdwn(f"<#{team.marketing_channel}>") if team.marketing_channel else None
    return {"team": team.name, "channel": link, "day": WEEKDAYS[first], "at": POST_AT}


def preview(found: Message | None, team: Team, team_id: int, *, manages: bool) -> Message:
    """Show what marketing would be told now, to whoever asks; to a manager with the way to say where."""
    head = context(words(NOUN, "preview", **where(team)))
    ways = [actions(button("Choose a channel…", OPEN, str(team_id)))] if manages else []
    said: Sequence[Block] = [section(words(NOUN, "nothing"))] if found is None else found.blocks or []
    return message_of([head, *said, *ways])


def why(team: Team) -> Mrkdwn:
    return words(NOUN, "why", team=team.name)
