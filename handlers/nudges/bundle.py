"""Bundles: several messages for one person that are ready at the same moment come as one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.context import Context, Handler
from handlers.feature import Feature
from handlers.kind import Kind, Rendered, Renderer
from handlers.nudges.policy import announcing, with_off_switch
from handlers.place import Place
from handlers.reply import Reply
from messages.blocks import Message
from messages.nudges.bundle import BundledMessage, bundled, listed, not_now, parts_in, read_listed
from messages.nudges.policy import signed
from sales.language.reader import written_for
from sales.nudges.kind import BUNDLE, NudgeKind
from sales.nudges.ledger import RAN_OUT, Ambiguity
from sales.nudges.policy import Late, Skip, ToldLately, verdict
from sales.refusal import Refusal
from storage.nudges.bundle import also_ready, bundle
from storage.nudges.ledger.lookup import at_place
from storage.nudges.ledger.rows import DeliveryRow, deliveries, listed_by, parts_of, standing
from storage.nudges.policy import policy_case, told, told_also
from storage.people.member import find_member
from storage.scope import Ledger, Scope

MOST_PARTS = (
    10  # in one message; each needs two of Slack's fifty blocks at least, and an evening prompt needs forty
)


async def gather(ledger: Ledger, rows: list[DeliveryRow], now: datetime) -> list[DeliveryRow]:
    """Put claimed messages to the same person into one, or into a few, with whatever else is ready for them.

    Only messages that may leave now come together; one that must wait waits by itself. Returns what remains to
    be worked on. What is not claimed yet and joins a bundle is taken by compare-and-set, so that no other worker
    sends it as well.
    """
    mine = defaultdict(list)
    for row in rows:
        if row.user_id is not None and row.first_post_at is None and may_join(ledger, row):
            mine[row.workspace_id, row.user_id].append(row)
    if not mine:
        return rows
    others = [row for row in await also_ready(ledger, mine, now) if may_join(ledger, row)]
    for row in others:
        mine[row.workspace_id, str(row.user_id)].append(row)
    claimed = {row.id for row in rows}
    gone: set[str] = set()
    made: list[DeliveryRow] = []
    for (workspace_id, _), theirs in mine.items():
        left = theirs
        while len(left) > 1:
            together = await fitting(ledger.workspace(workspace_id), left, claimed, now)
            first = next((row for row in together if row.id in claimed), None)
            if len(together) < 2 or first is None:
                break
            made.append(await bundle(ledger, together, first, now))
            gone.update(row.id for row in together)
            left = [row for row in left if row.id not in gone]
    return [*(row for row in rows if row.id not in gone), *made]


def may_join(ledger: Ledger, row: DeliveryRow) -> bool:
    return ledger.declared.kind(row.kind).bundles


async def fitting(
    scope: Scope, rows: Sequence[DeliveryRow], claimed: set[str], now: datetime
) -> list[DeliveryRow]:
    """Return which of a person's messages may leave now and fit into one, those that are claimed first."""
    found: list[DeliveryRow] = []
    count = 0
    for row in sorted(rows, key=lambda row: (row.id not in claimed, row.priority, row.not_before, row.id)):
        fits = count + len(parts_of(row)) <= MOST_PARTS
        if fits and await may_leave(scope, row, now):
            found.append(row)
            count += len(parts_of(row))
    return found


async def may_leave(scope: Scope, row: DeliveryRow, now: datetime) -> bool:
    """Say whether a message would pass by what is known here: Slack is not asked while a unit of work is open."""
    case = await policy_case(scope, row, now)
    if case is None or (row.expires_at is not None and row.expires_at <= now):
        return False
    try:
        return verdict(replace(case, person=replace(case.person, at_once=0))) is None
    except Refusal:  # no working day for years: that message alone is in trouble
        return False


def together(renderers: Mapping[str, Renderer]) -> Renderer:
    """Return how a bundle is rendered from how each kind in it is."""

    async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
        return await bundled_now(renderers, scope, delivery, now)

    return render


async def bundled_now(
    renderers: Mapping[str, Renderer], scope: Scope, delivery: DeliveryRow, now: datetime
) -> Rendered:
    """The messages as things stand now, without those that have nothing to say any more.

    What one of them brings up counts as told for those after it, and for no other message. One that is left alone is
    said as itself. Should one have to wait, all wait with it: none may be lost.
    """
    before = await told(scope, str(delivery.user_id))
    try:
        return await said_together(renderers, scope, delivery, now)
    finally:
        scope.keep(ToldLately, str(delivery.user_id), before)


async def said_together(
    renderers: Mapping[str, Renderer], scope: Scope, delivery: DeliveryRow, now: datetime
) -> Rendered:
    said: list[BundledMessage] = []
    silent: list[str] = []
    waiting: list[Late] = []
    for row in await parts(scope, delivery):
        found = await part_of(renderers, scope, row, now)
        if isinstance(found, Message):
            found = replace(found, why=found.why or row.why)
            said.append(BundledMessage(row.id, scope.declared.kind(row.kind), found))
            await told_also(scope, str(row.user_id), ToldLately(row.kind, now, row.id, row.subject))
        elif isinstance(found, Late):
            waiting.append(found)
        else:
            silent.append(found.reason)
    if waiting:
        return min(waiting, key=lambda late: late.until)
    if not said:
        return Skip("; ".join(dict.fromkeys(silent)))
    if len(said) == 1:
        found = replace(said[0].message, alone=said[0].id)
        return signed(found, said[0].kind) if said[0].kind.mutable else found
    return signed(bundled(said), *(part.kind for part in said))


async def part_of(
    renderers: Mapping[str, Renderer], scope: Scope, row: DeliveryRow, now: datetime
) -> Rendered:
    """Render one message of a bundle by itself."""
    if row.expires_at is not None and row.expires_at <= now:
        return Skip(RAN_OUT)
    return await renderers[row.kind](scope, row, now)


async def parts(scope: Scope, delivery: DeliveryRow) -> list[DeliveryRow]:
    """Return the messages inside a bundle: what was asked for first, then what somebody wanted, what recurs last."""
    rows = await deliveries(scope, [part.id for part in parts_of(delivery)])
    kinds = {row.kind: scope.declared.kind(row.kind) for row in rows}
    return sorted(
        rows,
        key=lambda row: (
            not kinds[row.kind].asked_for,
            not kinds[row.kind].opt_in,
            kinds[row.kind].recurs,
        ),
    )


# answers in a bundle


async def in_its_place(handler: Handler, context: Context) -> Reply:
    """Answer a request about a message that stands somewhere, and let the answer change only its own part.

    A handler sees the message that was acted on as if it had come alone; what it shows in its place is put back
    among the others.
    """
    context = narrowed(context)
    return await widened(context, await as_it_stands(context, await handler(context)))


async def as_it_stands(context: Context, reply: Reply) -> Reply:
    """Return a reply that shows a message again with that message as it stands now, of whichever kind it is."""
    place = reply.edit_at or Place.of(context.request.body)
    if reply.again is None or place is None:
        return reply
    if place.part:
        row = next(iter(await deliveries(context.scope, [place.part])), None)
    else:
        whole = await at_place(context.scope, place.channel, place.ts)
        row = await standing(context.scope, whole) if whole is not None else None
    if row is None:
        return replace(reply, again=None)
    found = await again(context.declared.kinds, context.scope, row, reply.again, context.now)
    return replace(reply, again=None, edit=found)


def narrowed(context: Context) -> Context:
    """Return the request with the blocks of the part acted on for its message."""
    body = context.request.body
    blocks = (body.get("message") or {}).get("blocks") or []
    inside = parts_in(blocks)
    acted = {action.get("block_id") for action in body.get("actions") or []}
    part = next(
        (
            part
            for part, held in inside.items()
            if acted.intersection(block.get("block_id") for block in held)
        ),
        None,
    )
    if part is None:
        return context
    message = {**body["message"], "blocks": inside[part]}
    narrow = {**body, "message": message, "part": (part, listed(inside))}
    return replace(context, request=replace(context.request, body=narrow))


async def widened(context: Context, reply: Reply) -> Reply:
    """Return a reply whose edit is the whole message of ours that stands there, not only the part it changed."""
    place = reply.edit_at or Place.of(context.request.body)
    if reply.edit is None or place is None or place.response_url:
        return reply
    row = await at_place(context.scope, place.channel, place.ts)
    if row is None or row.user_id is None:
        return reply
    if not place.part:
        row = await standing(context.scope, row)
        return replace(reply, edit=with_off_switch(reply.edit, context.scope.declared.kind(row.kind), row))
    shown = read_listed(place.shown)
    rows = await deliveries(context.scope, list(shown))
    kinds = context.declared.kinds
    whole = [
        reply.edit
        if one.id == place.part
        else await again(kinds, context.scope, one, shown[one.id], context.now)
        for one in rows
    ]
    return replace(reply, edit=put_together(context.scope, rows, whole))


async def anew(kinds: Mapping[str, Kind], scope: Scope, row: DeliveryRow, now: datetime) -> Message:
    """Show the whole message that stands in Slack as things stand now, with what it listed when it was sent, if any."""
    reader = await find_member(scope, row.user_id) if row.user_id is not None else None
    with written_for(reader.locale if reader is not None else None):
        return await rendered_anew(kinds, scope, row, now)


async def rendered_anew(kinds: Mapping[str, Kind], scope: Scope, row: DeliveryRow, now: datetime) -> Message:
    shown = listed_by(row)
    if len(shown) > 1:
        rows = await deliveries(scope, list(shown))
        whole = [await again(kinds, scope, one, shown[one.id], now) for one in rows]
        return put_together(scope, rows, whole)
    ids = next(iter(shown.values()), [])
    row = await standing(scope, row)
    found = await again(kinds, scope, row, ids, now)
    return with_off_switch(found, scope.declared.kind(row.kind), row)


def put_together(scope: Scope, rows: Sequence[DeliveryRow], messages: Sequence[Message]) -> Message:
    """Return several messages as the one they came in."""
    kind = scope.declared.kind
    said = [BundledMessage(row.id, kind(row.kind), one) for row, one in zip(rows, messages, strict=True)]
    return signed(bundled(said), *(part.kind for part in said))


async def again(
    kinds: Mapping[str, Kind], scope: Scope, row: DeliveryRow, ids: Sequence[int], now: datetime
) -> Message:
    """Show a message as things stand now, its items included whatever became of them."""
    kind = kinds[row.kind]
    if kind.again is not None:
        return await kind.again(scope, row, ids, now)
    assert kind.render is not None
    found = await announcing(kind.render)(scope, row, now)
    return found if isinstance(found, Message) else not_now(found.reason)


FEATURE = Feature(
    name="bundle",
    kinds=(
        Kind(
            NudgeKind(BUNDLE, "Several in one", "what came at the same moment", mutable=False),
            render=None,
            ambiguity=Ambiguity.REPEAT,  # what must not be lost may be in it
        ),
    ),
)
