"""The webhook of content events: `/lead webhook` says where they come in, and makes their secret (41).

Admins alone see and change it. The secret is shown once, to who made it.
"""

import secrets
from datetime import timedelta

from handlers.context import Context
from handlers.feature import Command, Feature, Phrase, Record, routes
from handlers.remembered import remember
from handlers.reply import Reply
from messages.prospects import webhook as views
from sales.people.permission import Act
from sales.prospects.webhook import GRACE, PATH, SECRET_BYTES, next_secret
from sales.refusal import Refusal
from storage.people.member import find_member
from storage.prospects.content_event import counts_since
from storage.prospects.content_reader import askers_of_nobody
from storage.prospects.webhook import WebhookSecretRow, keep_secret, remove_secret, webhook_secret

A_WEEK = timedelta(days=7)
ASKERS_READ = 50  # of nobody's, of which the latest few are named
EXAMPLE = "/lead webhook"


async def command(context: Context) -> Reply:
    """`/lead webhook`: where events come in and how many came; `new` and `stop` are its buttons too.

    Raises:
        Refusal: for other words.
    """
    word = context.text.strip().casefold()
    if not word:
        return await show(context)
    said = {"new": new, "secret": new, "rotate": new, "stop": stop, "off": stop}
    if word not in said:
        raise Refusal(
            "I read `/lead webhook`, `/lead webhook new` and `/lead webhook stop`.", example=EXAMPLE
        )
    return await said[word](context)


async def show(context: Context) -> Reply:
    """Whether somebody may send, where to, and what came within a week."""
    row = await webhook_secret(context.scope)
    every, known = await counts_since(context.scope, context.now - A_WEEK)
    by = await find_member(context.scope, row.made_by) if row is not None else None
    asking = await askers_of_nobody(context.scope, context.now - A_WEEK, ASKERS_READ)
    came = views.Came(every, known, asking)
    return Reply(
        say=views.shown(
            row, by.name if by is not None else "", path(context), came, context.now, context.zone
        )
    )


def path(context: Context) -> str:
    """Return where a workspace's events come in, below the address of this bot."""
    return f"{PATH}{context.scope.workspace_id}"


async def new(context: Context) -> Reply:
    """A new secret; the one before ends at once, as somebody else may know it."""
    return await made(context, at_once=True)


async def change_over(context: Context) -> Reply:
    """A new secret; the one before counts for a day still, so that a sender can be changed over."""
    return await made(context, at_once=False)


async def made(context: Context, *, at_once: bool) -> Reply:
    """Return a new secret; a button pressed twice shows the one it made."""
    known, me = await webhook_secret(context.scope), context.member.user_id
    is_pressed = context.request.kind == "actions"
    if is_pressed and known is not None and context.request.value != views.version(known):
        return Reply(say=views.made(known, path(context), context.zone, GRACE))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    said = next_secret(known, secret, context.now, me, at_once=at_once)
    await keep_secret(context.scope, said)
    await remember(context, "a new secret for content events")
    return Reply(say=views.made(said, path(context), context.zone, GRACE))


async def stop(context: Context) -> Reply:
    """Nobody may send any more; what came stays."""
    was = await remove_secret(context.scope)
    if was:
        await remember(context, "no content events are taken any more")
    return Reply(say=views.stopped(was=was))


FEATURE = Feature(
    name="webhook",
    commands=(
        Command(
            "lead webhook",
            "[new | stop]",
            "where other systems send content events, and the secret they sign with",
            EXAMPLE,
            command,
            Act.SET_WEBHOOK,
            order=52,
        ),
    ),
    phrases=(Phrase(r"(?:show )?(?:me )?(?:the |our )?(?:content )?webhook", "lead", "webhook"),),
    actions=routes(Act.SET_WEBHOOK, {views.NEW: new, views.CHANGE_OVER: change_over, views.STOP: stop}),
    records=(
        Record(
            WebhookSecretRow,
            exempt="what senders of content events sign with; it goes into no export, and is nobody's alone",
        ),
    ),
)
