"""The menu under every message: why it came, not this kind again, not now."""

from datetime import time, timedelta

from handlers.context import Context
from handlers.feature import Feature, routes
from handlers.nudges import preferences, why
from handlers.nudges.pause import paused
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.nudges.pause import switched_off
from messages.nudges.policy import KEEP, MENU, MONDAY, MUTE, SETTINGS, WHY, kept_daily
from sales.language.dates.instants import local_instant
from sales.nudges.kind import NudgeKind
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.nudges.mute import set_mutes
from storage.people.member import save_member

FIRST_WEEKDAY = 0


async def menu(context: Context) -> Reply:
    """A choice behind the three dots under a message."""
    chosen, _, kind = context.request.value.partition(":")
    if chosen == WHY:
        return await why.of_message(context)
    if chosen == SETTINGS:
        return await preferences.open_own(context)
    if chosen == MUTE:
        return await switch_off(context, context.scope.declared.kind(kind))
    day = context.today + timedelta(days=1)
    if chosen == MONDAY:
        day = context.today + timedelta(days=(FIRST_WEEKDAY - context.today.weekday() - 1) % 7 + 1)
    return await paused(context, local_instant(context.zone, time.min, day))


async def keep_daily(context: Context) -> Reply:
    """They answered: the kind comes as often as before, which the message says in place of the announcement."""
    await save_member(context.scope, context.member.user_id, heard_at=context.now)
    message = context.request.body["message"]
    shown = Message(message.get("text", ""), message["blocks"])
    return Reply(edit=kept_daily(shown, context.scope.declared.kind(context.request.value)))


async def switch_off(context: Context, kind: NudgeKind) -> Reply:
    if not kind.mutable:
        raise Refusal("That kind of message cannot be switched off.")
    was = await preferences.chosen(context)
    await set_mutes(context.scope, context.member.user_id, [kind.key], [kind.key])
    if touched := await preferences.choices_touched(context, was):
        await remember(context, f"{kind.name} switched off", *touched)
    return Reply(say=switched_off(kind), home=True)


FEATURE = Feature(
    name="menu",
    actions=routes(Act.OWN_WORK, {KEEP: keep_daily, MENU: menu}),
)
