"""Why: `/why` names the rule behind every message somebody got, and behind those they did not get."""

import re
from collections.abc import Sequence
from datetime import timedelta

from handlers.ahead import ahead
from handlers.context import Context, Preflight, prefetch
from handlers.feature import Command, Feature, Phrase, routes
from handlers.place import Place
from handlers.reply import Reply
from messages.nudges import why as views
from messages.nudges.why import Reasons, WhyLine
from sales.nudges.kind import ANSWER
from sales.nudges.ledger import DeliveryState
from sales.nudges.undelivered import reason
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.nudges.ledger.lookup import at_place, recent_deliveries
from storage.nudges.ledger.rows import DeliveryRow, standing
from storage.nudges.policy import held_back

LOOK_BACK = timedelta(days=7)
MESSAGES = re.compile(  # said after `/why`, these ask for messages and no goal
    r"(?:not|(?:(?:did|do|have|has|had|was|were|is|are|am)(?:n['’]?t)?|no|nothing|the|that|this)\b.*"
    r"\b(?:messages?|reminders?|prompts?|nudges?|writ(?:e|ten|ing)|wrote|sen[dt]|sending|hear|heard|told|remind(?:ed)?"
    r"|pinged|notified|notifications?)\b.*)?",
    re.IGNORECASE | re.DOTALL,
)
HELD = frozenset({DeliveryState.SKIPPED, DeliveryState.SUPERSEDED, DeliveryState.DEAD})


async def explained(context: Context) -> Reply | None:
    """Return what the features can explain by the words after `/why`."""
    return await context.declared.explain(context)


async def explained_ahead(preflight: Preflight) -> Reply | None:
    """Explain before the unit of work; what was sent and what was not is read in it."""
    return None if asks_for_messages(preflight.request.text) else await ahead(preflight, explained)


def asks_for_messages(text: str) -> bool:
    """Say whether words after `/why` ask about what was sent or was not: "did I not get a message yesterday"."""
    return MESSAGES.fullmatch(text.strip(" ?!.")) is not None


@prefetch(explained_ahead)
async def command(context: Context) -> Reply:
    """`/why` and `/why not` answer for what was sent in the last week, what waits, what was held back.

    With other words the features are asked in turn what they can explain by them.
    """
    if not asks_for_messages(context.text):
        found: Reply | None = context.prefetched or await explained(context)
        if found is None:
            raise Refusal("I cannot explain that.", example="/why")
        return found
    return Reply(say=views.reasons(await looked_back(context), context.zone))


async def show_all(context: Context) -> Reply:
    """The button under the list: what it had no room for."""
    return Reply(view=views.every_reason(await looked_back(context), context.zone))


async def looked_back(context: Context) -> Reasons:
    """Return what was sent to somebody in the last week, what waits, and what was held back in it, the newest first."""
    user_id = context.member.user_id
    rows = await recent_deliveries(context.scope, user_id, context.now - LOOK_BACK)
    nudges = [row for row in rows if row.kind != ANSWER]
    sent = [await as_sent(context, row) for row in nudges if row.state is DeliveryState.SENT]
    held = [
        WhyLine(context.scope.declared.kind(row.kind).name, row.not_before, why_held(row))
        for row in nudges
        if row.state in HELD
        and row.superseded_by is None  # it came inside another message, or that one is listed
        and row.not_before <= context.now
    ]
    waiting = [
        WhyLine(context.scope.declared.kind(one.row.kind).name, one.row.not_before, one.reason)
        for one in await held_back(context.scope, user_id, context.now)
    ]
    return Reasons(newest_first(sent), waiting, newest_first(held))


def newest_first(lines: Sequence[WhyLine]) -> list[WhyLine]:
    """Return lines by when they were sent, or were to be."""
    return sorted(lines, key=lambda line: line.at, reverse=True)


def why_held(row: DeliveryRow) -> str:
    """Return why a message did not come: the policy's own words, or what Slack's refusal means."""
    if row.state is DeliveryState.DEAD:
        return reason(row.last_error, to_person=row.user_id is not None).text
    return views.spoken(row.last_error or "")


async def as_sent(context: Context, row: DeliveryRow) -> WhyLine:
    """Return what was sent as what it is: of several of which only one had anything to say, that one."""
    assert row.sent_at is not None
    shown = await standing(context.scope, row)
    return WhyLine(context.scope.declared.kind(shown.kind).name, row.sent_at, row.why)


async def of_message(context: Context) -> Reply:
    """Why one message came: the one whose menu, or whose shortcut, was used."""
    place = Place.of(context.request.body)
    message = context.request.body.get("message") or {}
    channel, ts = (place.channel, place.ts) if place else (context.request.channel_id, message.get("ts", ""))
    row = await at_place(context.scope, channel, ts)
    if row is None or row.sent_at is None:
        return Reply(say=views.not_ours())
    return Reply(say=views.of_message(await as_sent(context, row), context.zone, row.id))


FEATURE = Feature(
    name="why",
    commands=(
        Command(
            "why",
            "[@rep] [words of a goal]",
            "why I wrote to you, and why I did not; of a goal, its arithmetic; `/why lights`: what to look at first",
            "/why revenue",
            command,
            Act.SEE_WORK_OF,
            order=70,
            mentions=True,
        ),
    ),
    phrases=(Phrase(r"why(?: (?:did|do|are) you .*| this| that| am i .*)?", "why"),),
    actions=routes(Act.OWN_WORK, {views.ALL: show_all}),
    shortcuts=routes(Act.OWN_WORK, {views.SHORTCUT: of_message}),
)
