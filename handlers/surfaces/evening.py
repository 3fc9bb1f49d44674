"""The end of the day: one prompt per rep in their own evening, only if something is due."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.context import Context
from handlers.feature import (
    Feature,
    Job,
    Kind,
    Look,
    Made,
    Registry,
    Rendered,
    Section,
    Setting,
    Shown,
    Subject,
    Surface,
)
from handlers.home_queue import HomeBudget, HomeOwner, HomeQueue
from handlers.nudges.answer import aside
from handlers.nudges.bundle import anew
from handlers.people.news import MemberChanged
from handlers.place import Place
from handlers.section import Sections, collected, shown_by
from handlers.surfaces.home import hiccup
from messages import replies
from messages.blocks import Message
from messages.people.settings import EVENING
from messages.surfaces import evening as views
from sales.language.dates.instants import local_date, local_instant
from sales.language.figures import short_day
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import Nudge
from sales.nudges.policy import Skip
from sales.nudges.schedule import CatchUp, Occurrence
from sales.people.hours import check_evening
from sales.people.permission import may
from sales.people.settings import time_of_day
from sales.surfaces.evening import END_OF_DAY, arrives_by, evening_spec
from storage.database import Database, nothing
from storage.nudges.ledger.lookup import last_sent, said_anew
from storage.nudges.ledger.rows import DeliveryRow, listed_by
from storage.nudges.policy import kinds_switched_off, people_ahead
from storage.nudges.schedule.rows import ScheduleRow
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow, find_member, save_member
from storage.people.team import TeamRow, find_team
from storage.scope import Scope

log = structlog.get_logger()

NOTHING = "Nothing was due."
TOO_LATE = time(22, 0)  # the same evening; after that it is tomorrow's business
LEAST = timedelta(hours=1)  # for those whose evening is so late that 22:00 is over
FIRST_THING = time(9, 0)  # of the next working day, where the evening was the last before days off
EDITS = HomeBudget(share=0.05)  # most of the day there is nothing to edit


async def decide(scope: Scope, schedule: ScheduleRow, occurrence: Occurrence, now: datetime) -> list[Nudge]:
    """Ask for one prompt; whether anything is due is looked up when it is sent."""
    user_id, day = schedule.subject_id, occurrence.local_date
    nudge = Nudge(
        key=f"{END_OF_DAY}:{scope.workspace_id}:{user_id}:{day}",
        kind=END_OF_DAY,
        intent={"day": day.isoformat()},
        why=views.why(schedule.local_time),
        not_before=occurrence.due_at,
        user_id=user_id,
        expires_at=max(expiry(schedule, day), occurrence.due_at + LEAST),
    )
    return [nudge]


def expiry(schedule: ScheduleRow, day: date) -> datetime:
    """Return when a prompt for `day` is too late: 22:00, or 09:00 after the days off that follow."""
    following = day + timedelta(days=1)
    if schedule.weekdays >> following.weekday() & 1:
        return local_instant(schedule.zone, TOO_LATE, day)
    while not schedule.weekdays >> following.weekday() & 1:
        following += timedelta(days=1)
    return local_instant(schedule.zone, FIRST_THING, following)


def collecting(sections: Sections) -> Made:
    """Return how the prompt is made from what features have to say."""
    every = sections.sections(Surface.EVENING)
    return Made(partial(render, every), partial(show_again, every), partial(ahead, every))


async def ahead(
    sections: Sequence[Section], scope: Scope, rows: Sequence[DeliveryRow], now: datetime
) -> None:
    """Read at once what the prompts of several people are going to ask for."""
    await people_ahead(scope, [str(row.user_id) for row in rows])
    looks = []
    for row in rows:
        member = await find_member(scope, str(row.user_id))
        team = await find_team(scope, member.team_id) if member is not None else None
        if member is not None and team is not None:
            looks.append(evening(scope, member, team, row, now))
    for one in sections:
        theirs = [look for look in looks if may(one.act, look.member)]
        if one.ahead is not None and theirs:
            await one.ahead(theirs)


async def render(sections: Sequence[Section], scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The prompt as things stand now, or why there is none."""
    member = await find_member(scope, str(delivery.user_id))
    team = await find_team(scope, member.team_id) if member else None
    if member is None or team is None:
        return Skip("in no team any more")
    look = evening(scope, member, team, delivery, now)
    day_off = (await calendar_of(scope, team, member)).why_not(day_of(delivery))
    if day_off is not None:
        return Skip(f"{short_day(day_of(delivery))} was no working day: {day_off}")
    said = await shown_by([one for one in sections if one.leads], look)
    if all(shown.quiet for shown in said.values()):
        return Skip("; ".join(dict.fromkeys(shown.quiet for shown in said.values())) or NOTHING)
    said |= await shown_by([one for one in sections if not one.leads], look)
    found = [said[one] for one in sections if one in said]
    why = views.why_of(member.evening_at or team.evening_at, [shown.why for shown in found if shown.why])
    return replace(prompt(found), why=why)


async def show_again(
    sections: Sequence[Section], scope: Scope, delivery: DeliveryRow, ids: Sequence[int], now: datetime
) -> Message:
    """The prompt as things stand, with what was done last and its way back."""
    member = await find_member(scope, str(delivery.user_id))
    assert member is not None
    team = await find_team(scope, member.team_id)
    return prompt(await collected(sections, evening(scope, member, team, delivery, now, is_again=True)))


class EveningPrompts:
    """People's prompts of today, edited as things stand after what they did elsewhere; at a pace, as App Home is.

    One that Slack does not let be edited, tried once more, is said anew; once, whatever happens after that.
    """

    def __init__(
        self,
        database: Database,
        slack: AsyncWebClient,
        now: Callable[[], datetime],
        registry: Registry,
        budget: HomeBudget = EDITS,
        wake: Callable[[], None] = nothing,
    ) -> None:
        self.database = database
        self.slack = slack
        self.now = now
        self.kinds = registry.kinds
        self.wake = wake
        self.queue = HomeQueue(self, budget)
        self.refused = set[HomeOwner]()  # whose prompt is tried once more
        self.just: dict[
            HomeOwner, Place | None
        ] = {}  # what was edited already for all that a prompt waits for

    def changed(self, owner: HomeOwner, just: Place | None) -> None:
        """Have a person's prompt edited, unless it is in the message that was `just` edited."""
        self.just[owner] = just if self.just.get(owner, just) == just else None
        self.queue.changed(owner)

    async def read(self, owner: HomeOwner) -> dict[str, Any] | None:
        """Return the edit of the prompt that stands in Slack; None where none does, or it is up to date."""
        just, now = self.just.pop(owner, None), self.now()
        async with self.database.read(owner.workspace_id) as scope:
            member = await find_member(scope, owner.user_id)
            if member is None or not member.is_rep:
                return None
            morning = local_instant(member.zone, time.min, local_date(now, member.zone))
            row = await last_sent(scope, owner.user_id, END_OF_DAY, morning)
            if row is None or row.plain or not listed_by(row):
                return None
            prompt_id, row = row.id, await said_anew(scope, row)
            if just is not None and (just.channel, just.ts) == (row.channel_id, row.slack_ts):
                return None
            found = await anew(self.kinds, scope, row, now)
            place = Place(str(row.channel_id), str(row.slack_ts))
            return {"row_id": row.id, "stands_for": prompt_id, "place": place, "message": found}

    async def post(self, owner: HomeOwner, view: dict[str, Any]) -> float | None:
        """Edit the prompt, or say when Slack wants to hear of it."""
        place, message = view["place"], view["message"]
        try:
            await self.slack.chat_update(
                channel=place.channel, ts=place.ts, text=message.text, blocks=message.blocks
            )
        except SlackApiError as refused:
            wait, error = hiccup(refused), refused.response["error"]
        except (aiohttp.ClientError, TimeoutError, OSError) as trouble:
            wait, error = 1.0, str(trouble)
        else:
            self.refused.discard(owner)
            return None
        if wait and owner not in self.refused:
            self.refused.add(owner)
            return wait
        log.warning("could not edit the prompt", user=owner.user_id, error=error)
        self.refused.discard(owner)
        async with self.database.write(owner.workspace_id) as scope:
            said = replies.not_edited(message)
            await aside(scope, owner.user_id, view["row_id"], said, self.now(), view["stands_for"])
        self.wake()
        return None


def evening(
    scope: Scope,
    member: MemberRow,
    team: TeamRow | None,
    delivery: DeliveryRow,
    now: datetime,
    *,
    is_again: bool = False,
) -> Look:
    """Return whose evening it is, and whether its prompt is shown again."""
    day = day_of(delivery)
    today = local_date(now, member.zone)
    return Look(scope, member, team, now, today, day=day, is_again=is_again, place=f"{views.PLACE}{day}")


def day_of(delivery: DeliveryRow) -> date:
    """Return the working day that a prompt stands for."""
    return date.fromisoformat(str(delivery.intent["day"]))


def prompt(found: Sequence[Shown]) -> Message:
    return views.prompt([shown.text for shown in found if shown.text], [shown.blocks for shown in found])


async def own_time(look: Look) -> Shown | None:
    """When a rep's day ends; nothing for somebody who has no evening prompt."""
    return Shown([views.own_time(look.member, look.team)]) if look.member.is_rep and look.team else None


async def keep_own_time(context: Context) -> str:
    """Keep when a rep's day ends; the team's own time means following the team.

    When it would come is no news to somebody who does not want it.
    """
    if not context.request.values.get(EVENING):
        return ""
    team = context.their_team
    chosen = time_of_day(context.request.values[EVENING], EVENING)
    check_evening(chosen, team.quiet_from, team.quiet_until)
    own = None if chosen == team.evening_at else chosen
    await save_member(context.scope, context.member.user_id, evening_at=own)
    member = await find_member(context.scope, context.member.user_id)
    assert member is not None
    await context.announce(MemberChanged(member, team))
    if END_OF_DAY in {kind.key for kind in await kinds_switched_off(context.scope, member)}:
        return ""
    return views.own_time_saved(member, team, arrives_by(member.user_id, chosen))


FEATURE = Feature(
    name="evening",
    jobs=(Job(END_OF_DAY, CatchUp.DELIVER_LATEST, decide, of=Subject.MEMBER, spec=evening_spec),),
    kinds=(
        Kind(
            NudgeKind(
                END_OF_DAY,
                "End-of-day prompt",
                "what is still open, once, in your evening",
                recurs=True,
                for_reps=True,
                order=10,
            ),
            collects=collecting,
            rehearsed=True,
        ),
    ),
    settings=(Setting(10, own_time, keep_own_time),),
)
