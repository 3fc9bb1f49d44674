"""An entry: activities stored with their next step and the deal they are for, and what is asked about them after."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from handlers.context import Context, Happened
from handlers.followups import followup
from handlers.followups.belonging import deals_of, only
from handlers.followups.outreach import beside_log
from handlers.remembered import remember
from handlers.reply import Reply
from messages.blocks import Message
from messages.followups import activity as views
from messages.followups.followup import line
from messages.followups.logged_deal import LoggedItems, asked
from sales.followups.activity_entry import ActivityEntry
from sales.followups.activity_unknown import EXAMPLE
from sales.followups.next_step import CONVERSATIONS, NextStep, wants_next_step
from sales.refusal import Refusal
from storage.followups import activity as queries
from storage.followups.activity import ActivityRow
from storage.row_image import Touched, image
from storage.undo import amend_undo

LOOKS_LIKE_A_SLIP = 60  # of a kind in one day; more is taken, and asked about


@dataclass(frozen=True)
class ActivitiesLogged:
    """News: somebody did something. Whoever follows it adds rows to `touched`, so that one undo takes all of it back,
    and a line to `said`."""

    rows: Sequence[ActivityRow]
    touched: list[Touched] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


async def log(
    context: Context,
    entry: ActivityEntry,
    deal_id: int | None = None,
    notes: Sequence[str] = (),
    also: Sequence[Touched] = (),
) -> Message:
    """Store an entry and its next step in one go, and return what to say about it, `notes` among it.

    It is for the deal of an id where what led to it was for that one; else for the only one of its customer's name.
    What led to it is `also` a part of it.
    """
    owner = context.member.user_id
    deals = await deals_of(context, entry.account)
    deals = [one for one in deals if one.id == deal_id] or deals
    deal = only(deals)
    belongs_to = deal.id if deal is not None else None
    rows = [
        await queries.add_activity(
            context.scope, activity, context.now, entry.next_step(activity.kind), belongs_to
        )
        for activity in entry.valued(owner)
    ]
    made = [await followup.commit(context, entry.step, belongs_to)] if entry.step is not None else []
    summary = views.logged_summary(entry.counts, entry.account)
    news = ActivitiesLogged(rows)
    await context.announce(news)
    undo = await remember(context, summary, *(Touched(row) for row in (*rows, *made)), *news.touched, *also)
    totals = await queries.counts_on(context.scope, owner, entry.on)
    done = Happened(owner, entry.on, activities=frozenset(entry.counts))
    unanswered = entry.step is None and not entry.no_next_step and wants_next_step(rows)
    more = await beside_log(context, rows) if not unanswered else []
    return views.logged(
        entry.counts,
        totals,
        entry.on,
        context.today,
        undo_id=undo.id,
        account=entry.account,
        outcome=entry.outcome,
        moved=[*await context.declared.confirm(context, done), *news.said, *notes],
        slips=[kind for kind in entry.counts if totals[kind] > LOOKS_LIKE_A_SLIP],
        step=line(made[0], context.today, context.zone) if made else "",
        no_next_step=entry.no_next_step,
        asks=[row.id for row in rows if row.id and row.kind in CONVERSATIONS] if unanswered else (),
        deal=deal,
        which=[
            *asked(deals, LoggedItems([row.id for row in rows], [row.id for row in made], undo.id)),
            *more,
        ],
    )


async def add_next_step(context: Context) -> Reply:
    """Open the follow-up form for whom the conversation was with."""
    _, ids = views.read_asked(context.request.value)
    rows = await own(context, ids)
    return followup.open_form(context, rows[0].account or "", rows[0].opportunity_id, ids)


async def no_next_step(context: Context) -> Reply:
    """Note that a conversation left no next step; undoing the entry takes this back too."""
    undo_id, ids = views.read_asked(context.request.value)
    rows = await own(context, ids)
    for row in rows:
        if row.next_step is NextStep.NONE:
            continue
        before = image(row)
        row.next_step = NextStep.NONE
        await queries.keep_activity(context.scope, row)
        await amend_undo(context.scope, context.member.user_id, context.now, Touched(row, before))
    counts = {row.kind: row.count for row in rows}
    return Reply(edit=views.no_next_step(counts, rows[0].account or "", undo_id), home=True)


async def own(context: Context, ids: list[int]) -> list[ActivityRow]:
    """Return the asking person's activities.

    Raises:
        Refusal: if one is gone or somebody else's.
    """
    rows = [await queries.find_activity(context.scope, one) for one in ids]
    mine = [row for row in rows if row is not None and row.owner_id == context.member.user_id]
    if len(mine) != len(ids):
        raise Refusal(
            "That entry is no longer there. Log it again if it should be.", example=f"/log {EXAMPLE}"
        )
    return mine
