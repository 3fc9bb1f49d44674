"""The welcome: the first words to somebody, once: when they open Rainmaker, or in the next working hour of a team's."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from handlers.context import Context
from handlers.feature import Feature, Kind, Look, Made, Rendered, Section, Surface
from handlers.people.news import MemberChanged, TeamJoined
from handlers.section import Sections, collected
from messages.goals.goal.card import new_button
from messages.nudges.preferences import home_button as settings_button
from messages.people.team import people_button
from messages.surfaces import welcome as views
from sales.language.dates.instants import local_date
from sales.language.figures import clock, every
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import PROMPT, Nudge
from sales.nudges.policy import Skip
from sales.people.permission import Act, may
from storage.goals.goal import open_goals
from storage.nudges.ledger.intake import enqueue, supersede_delivery
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.policy import hours_of
from storage.people.member import MemberRow, find_member, mark_welcomed, save_member
from storage.people.team import TeamRow, every_team, find_team
from storage.scope import Scope

WELCOME = "welcome"
JOINED = "welcome_to_team"
LEFT = "in no team any more"


async def say_hello(context: Context) -> None:
    """Welcome whoever opened Rainmaker, if nobody has; at once, as they are here."""
    me = context.member.user_id
    if not await mark_welcomed(context.scope, me, context.now):
        return
    nudge = Nudge(
        key=f"{WELCOME}:{context.scope.workspace_id}:{me}",
        kind=WELCOME,
        intent={},
        why=views.why_opened(),
        not_before=context.now,
        user_id=me,
        priority=PROMPT,
    )
    await enqueue(context.scope, nudge, context.now)


async def hear_joined(context: Context, news: TeamJoined) -> None:
    """Welcome whoever was put into a team, if nobody has, in their next working hour; not who put themselves there."""
    for person in news.people:
        if person.user_id == news.by or not person.active:
            continue
        if not await mark_welcomed(context.scope, person.user_id, context.now):
            continue
        hours = await hours_of(context.scope, news.team, person)
        nudge = Nudge(
            key=f"{JOINED}:{context.scope.workspace_id}:{person.user_id}:{context.now.isoformat()}",
            kind=JOINED,
            intent={"by": news.by},
            why=views.why_joined(news.team.name),
            not_before=hours.reachable(context.now),
            user_id=person.user_id,
        )
        await enqueue(context.scope, nudge, context.now)


async def hear_left(context: Context, news: MemberChanged) -> None:
    """Whoever left before they were welcomed is welcomed should they come again."""
    if news.team is not None:
        return
    user_id = news.member.user_id
    if await supersede_delivery(context.scope, JOINED, user_id, context.now, LEFT):
        await save_member(context.scope, user_id, welcomed_at=None)


def greeting(sections: Sections) -> Made:
    """Return how the welcome is made: our own words, and under them the ways on that features offer."""
    return Made(partial(welcome, sections.sections(Surface.WELCOME)))


async def welcome(
    sections: Sequence[Section], scope: Scope, delivery: DeliveryRow, now: datetime
) -> Rendered:
    """The welcome as things stand. Of the features' questions it asks the first; where none has any, our own."""
    member = await find_member(scope, str(delivery.user_id))
    if member is None:
        return Skip("this person has left")
    team = await find_team(scope, member.team_id)
    if team is None and delivery.kind == JOINED:
        return Skip(LEFT)
    look = Look(scope, member, team, now, local_date(now, member.zone))
    found = await collected(sections, look)
    asked = [shown for shown in found if shown.asks]
    others = [button for shown in found if not shown.asks for button in shown.buttons]
    has_goal = bool(await open_goals(scope, member.user_id, look.today))
    settled = has_goal and not asked
    first = list(asked[0].buttons) if asked else [] if settled and member.is_rep else our_way(member, team)
    ways = [*first, *others, *([settings_button(views.OFF_SWITCH)] if team is not None else [])]
    said = replace(await first_words(scope, delivery, member, team), has_goal=has_goal)
    return views.welcome(said, asked[0].asks if asked else "", ways)


async def first_words(
    scope: Scope, delivery: DeliveryRow, member: MemberRow, team: TeamRow | None
) -> views.Welcome:
    """Return what the words depend on."""
    by = await find_member(scope, str(delivery.intent.get("by", "")))
    return views.Welcome(
        name=member.name.split()[0],
        team=team.name if team else "",
        is_rep=member.is_rep,
        is_manager=member.is_manager,
        may_set_up=may(Act.SET_UP_TEAM, member),
        is_first=not await every_team(scope),
        evening=clock(member.evening_at or team.evening_at) if team else "",
        digest=digest_time(team) if team else "",
        by=by.name if by is not None else "",
        cap=team.daily_cap if team else 0,
    )


def our_way(member: MemberRow, team: TeamRow | None) -> list[views.Way]:
    """Return the button under the question that is asked where no feature has one."""
    if team is None:
        return []
    if member.is_rep:
        return [new_button(None, views.SET_GOAL)]
    return [people_button(team.id)] if member.is_manager else []


def digest_time(team: TeamRow) -> str:
    """Return when a team's weekly digest comes, in words; empty while it has no channel."""
    if team.digest_channel is None:
        return ""
    return f"{every(team.digest_weekday)} at {clock(team.digest_at)}"


FEATURE = Feature(
    name="welcome",
    hears={TeamJoined: hear_joined, MemberChanged: hear_left},
    kinds=(
        Kind(
            NudgeKind(
                WELCOME,
                "Welcome",
                "once, when we meet",
                asked_for=True,
                news=True,
                bundles=False,
                mutable=False,
            ),
            collects=greeting,
        ),
        Kind(
            NudgeKind(
                JOINED,
                "Welcome to a team",
                "once, when somebody puts you into a team",
                news=True,
                bundles=False,
                mutable=False,
            ),
            collects=greeting,
        ),
    ),
)
