"""The menu under every message: why it came, not this kind again, not now."""

from datetime import time, timedelta

from handlers.context import Ask
from handlers.feature import Feature
from handlers.nudges import preferences, why
from handlers.nudges.pause import paused, resume_by_button
from handlers.reply import Reply
from messages.blocks import Message
from messages.nudges import policy as told
from messages.nudges.pause import RESUME, switched_off
from sales.language.dates.instants import local_instant
from sales.nudges.kind import NudgeKind, kind_of
from sales.refusal import Refusal
from storage.nudges import policy as facts
from storage.people import member as members

MONDAY = 0


async def menu(ask: Ask) -> Reply:
    """A choice behind the three dots under a message."""
    chosen, _, kind = ask.request.value.partition(":")
    if chosen == told.WHY:
        return await why.of_message(ask)
    if chosen == told.SETTINGS:
        return await preferences.open_own(ask)
    if chosen == told.MUTE:
        return await switch_off(ask, kind_of(kind))
    day = ask.today + timedelta(days=1)
    if chosen == told.MONDAY:
        day = ask.today + timedelta(days=(MONDAY - ask.today.weekday() - 1) % 7 + 1)
    return await paused(ask, local_instant(ask.zone, time.min, day))


async def keep_daily(ask: Ask) -> Reply:
    """They answered: the kind comes as often as before, which the message says in place of the announcement."""
    await members.save_member(ask.scope, ask.member.user_id, heard_at=ask.now)
    message = ask.request.body["message"]
    shown = Message(message.get("text", ""), message["blocks"])
    return Reply(edit=told.kept_daily(shown, kind_of(ask.request.value)))


async def switch_off(ask: Ask, kind: NudgeKind) -> Reply:
    if not kind.mutable:
        raise Refusal("That kind of message cannot be switched off.")
    await facts.set_mutes(ask.scope, ask.member.user_id, [kind.key], [])
    return Reply(say=switched_off(kind), home=True)


FEATURE = Feature(
    actions={told.KEEP: keep_daily, RESUME: resume_by_button, told.MENU: menu},
)
