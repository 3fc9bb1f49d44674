"""The question before one touch too many, asked of what is about to be logged or promised; it is kept with it (54)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from handlers.context import Context
from handlers.followups.belonging import deals_of, only
from messages.blocks import Message
from messages.followups import touch_limit as views
from sales.followups.activity import ActivityKind
from sales.followups.activity_entry import ActivityEntry
from sales.followups.answered import WasAnswered, answered_by
from sales.followups.followup import FollowUp, Owes
from sales.followups.touch_limit import (
    A_WEEK,
    Touch,
    TouchLimit,
    is_one_too_many,
    reaches_out,
    unanswered,
)
from sales.language.names.customer import customer_in
from storage.followups.touch_limit import about, add_question, answers_since, was_reached, week_of_touches


@dataclass(frozen=True)
class TouchInQuestion:
    """News: somebody is asked about one touch more, after `touches` at the customer; `words` say with whom it is.

    Who knows others at the customer adds them to `people`, to `of_others` the places of touches that had one of them in
    mind and not whom this one is for, and to `deciders` whoever that is, if the decision is theirs.
    """

    deal_id: int | None
    words: str
    touches: Sequence[Touch] = ()
    people: list[str] = field(default_factory=list)
    of_others: set[int] = field(default_factory=set)
    deciders: list[str] = field(default_factory=list)

    @property
    def to_whom_it_is(self) -> list[Touch]:
        """Return the touches but for those without an answer that somebody else there had."""
        return [
            one
            for at, one in enumerate(self.touches)
            if at not in self.of_others or one.answered is not WasAnswered.NO
        ]


async def before_logging(context: Context, entry: ActivityEntry) -> Message | None:
    """Return the question whether what is to be logged was wise; None where nothing is asked."""
    more = unanswered_in(entry)
    if not entry.account or not more:
        return None
    words = f"{entry.account} {entry.outcome}"
    return await asked(context, entry.account, entry.on, more, entry, words, log_carried(entry))


def unanswered_in(entry: ActivityEntry) -> int:
    """Return how many touches without an answer an entry holds; 0 where one of it was answered."""
    found = [(count, answered_by(ActivityKind(kind), entry.outcome)) for kind, count in entry.counts.items()]
    if any(answered is WasAnswered.YES for _, answered in found):
        return 0
    return sum(count for count, answered in found if answered is WasAnswered.NO)


async def before_promising(
    context: Context, followup: FollowUp, deal_id: int | None = None
) -> Message | None:
    """Return the question whether what is to be promised is wise; None where nothing is asked."""
    if followup.owes is not Owes.ME or not reaches_out(followup.what):
        return None
    carried = {"followup": followup.model_dump(mode="json"), "deal": deal_id}
    words = f"{followup.who} {followup.what}"
    return await asked(context, followup.who, followup.due_on, 1, followup, words, carried)


async def asked(
    context: Context,
    who: str,
    on: date,
    more: int,
    held: ActivityEntry | FollowUp,
    words: str,
    carried: dict[str, Any],
) -> Message | None:
    """Return the question about so many touches more at a customer on a day, as far as it is one.

    New leads, which nobody ever answered, are tried as often as their source asks for. Whoever answered is not asked
    about the same customer for another seven days. Where it is known whom there it is with, theirs alone count.
    """
    me, week = context.member.user_id, await week_of_touches(context.scope, context.member.user_id, on)
    if not is_one_too_many(sum(one.times for one in week.all() if one.answered is WasAnswered.NO), more):
        return None
    deal = only(await deals_of(context, who))
    deal_id, customer = deal.id if deal is not None else None, customer_in(who)
    touches = week.with_customer(customer, deal_id)
    if not is_one_too_many(unanswered(touches, on), more):
        return None
    if not await was_reached(context.scope, me, customer, deal_id, on):
        return None
    name = deal.name if deal is not None else customer
    lately = await answers_since(context.scope, me, min(on, context.today) - A_WEEK)
    if about(lately, [name]) is not None:
        return None
    news = TouchInQuestion(deal_id, words, touches)
    await context.announce(news)
    before = unanswered(news.to_whom_it_is, on)
    if not is_one_too_many(before, more):
        return None
    row = await add_question(
        context.scope,
        TouchLimit(
            owner_id=me,
            who=name,
            asked_on=context.today,
            touches=before,
            carried=json.dumps({**carried, "people": news.people}, ensure_ascii=False),
        ),
    )
    return views.question(row, row.id, more, held, news.people, context.today, deciders=news.deciders)


def log_carried(entry: ActivityEntry) -> dict[str, Any]:
    """Return an entry as it waits for the answer."""
    return {
        "log": {
            "counts": {kind.value: count for kind, count in entry.counts.items()},
            "on": entry.on.isoformat(),
            "account": entry.account,
            "outcome": entry.outcome,
            "step": entry.step.model_dump(mode="json") if entry.step is not None else None,
            "no_next_step": entry.no_next_step,
            "results": entry.results,
        }
    }


def entry_carried(held: dict[str, Any]) -> ActivityEntry:
    """Return the entry that waited for the answer."""
    said = {
        **held,
        "counts": {ActivityKind(kind): count for kind, count in held["counts"].items()},
        "on": date.fromisoformat(held["on"]),
        "step": FollowUp.model_validate(held["step"]) if held["step"] is not None else None,
    }
    return ActivityEntry(**said)
