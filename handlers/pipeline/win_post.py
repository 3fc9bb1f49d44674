"""Win posts: wins told in the team's channel as they come, where the team wants it; followed for a day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from handlers.context import Context
from handlers.feature import Feature, Kind, Record, Rendered
from handlers.home_queue import HomeOwner
from handlers.pipeline.opportunity.news import DealWon
from handlers.place import Place
from handlers.posts import FollowedPosts
from messages.blocks import Message
from messages.pipeline.win_post import win_post
from sales.language.reader import written_for
from sales.nudges.kind import NudgeKind
from sales.nudges.policy import Hours, Late, Skip
from sales.pipeline.opportunity import Win
from sales.pipeline.win_post import FOLLOWED, WIN_POST, names_people, shows_amounts, wants_posts
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.calendar import calendar_of
from storage.people.member import find_member, reps_counted
from storage.people.team import TeamRow, find_team
from storage.pipeline.win_post import (
    PostedWinRow,
    WinPostRow,
    find_post,
    gather,
    is_sent,
    key_of,
    note_said,
    posts_since,
    wins_of,
)
from storage.scope import Scope

log = structlog.get_logger()

JUST_NOW = timedelta(minutes=1)  # what somebody does in Slack is written down in the same unit of work
TRY_AGAIN = 2.0  # seconds, once; after that the next change shows it


async def hear_won(context: Context, news: DealWon) -> None:
    """Take up a deal that was won in Slack, for the channel of whose it is."""
    owner = await find_member(context.scope, news.owner_id)
    team = await find_team(context.scope, owner.team_id if owner is not None else None)
    if team is not None:
        await take_up(context.scope, team, context.now - JUST_NOW, context.now, joins_sent=True)


async def take_up(scope: Scope, team: TeamRow, since: datetime, now: datetime, *, joins_sent: bool) -> None:
    """Take up what a team won since an instant; a message that stands in Slack already is edited afterwards."""
    post = await gather(scope, team, since, now, joins_sent=joins_sent)
    if post is not None and not await is_sent(scope, post):
        await note_said(scope, post.id, (await told(scope, post, team)).text)


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The wins as they stand; outside the team's hours they wait for its next morning."""
    post = await find_post(scope, int(delivery.intent["post_id"]))
    team = await find_team(scope, post.team_id if post is not None else None)
    if post is None or team is None or not wants_posts(team):
        return Skip("the team does not want its wins told any more")
    hours = Hours(team.zone, team.quiet_from, team.quiet_until, await calendar_of(scope, team))
    reason = hours.why_not(now)
    if reason is not None:
        return Late(hours.reachable(now), reason)
    reps = await reps_counted(scope, team.id)
    wins = await wins_of(scope, post, reps)
    return told_of(wins, team) if wins else Skip("what was won is taken back")


async def told(scope: Scope, post: WinPostRow, team: TeamRow) -> Message:
    """Return a message about wins as they stand now, as far as the team's channel may read it."""
    reps = await reps_counted(scope, team.id)
    return told_of(await wins_of(scope, post, reps), team)


def told_of(wins: Sequence[Win], team: TeamRow) -> Message:
    """Return the same about these wins."""
    with written_for(None):  # for the channel, whoever won something
        return win_post(wins, named=names_people(team), amounts=shows_amounts(team))


@dataclass(eq=False)
class WinPosts(FollowedPosts):
    """Messages about wins of the last day that stand in Slack, edited as their deals change."""

    tried: set[HomeOwner] = field(default_factory=set, init=False)

    async def read(self, owner: HomeOwner) -> dict[str, Any] | None:
        """Return the edit of the newest post that does not say what is so; None where all do."""
        async with self.database.read(owner.workspace_id) as scope:
            member = await find_member(scope, owner.user_id)
            team = await find_team(scope, member.team_id if member is not None else None)
            if team is None or not wants_posts(team):
                return None
            for post in await posts_since(scope, team.id, self.now() - FOLLOWED):
                row = await delivery_by_key(scope, key_of(post))
                if row is None or row.sent_at is None or row.plain:
                    continue
                message = await told(scope, post, team)
                if message.text != post.said:
                    place = Place(str(row.channel_id), str(row.slack_ts))
                    return {"post_id": post.id, "place": place, "message": message}
        return None

    async def post(self, owner: HomeOwner, view: dict[str, Any]) -> float | None:
        """Edit a post, or say when to look again."""
        trouble = await self.trouble(view["place"], view["message"])
        if trouble and owner not in self.tried:
            self.tried.add(owner)
            return TRY_AGAIN
        if trouble:
            log.warning("could not edit what was won", post=view["post_id"], error=trouble)
        else:
            async with self.database.write(owner.workspace_id) as scope:
                await note_said(scope, view["post_id"], view["message"].text)
        self.tried.discard(owner)
        return None


FEATURE = Feature(
    name="win post",
    hears={DealWon: hear_won},
    kinds=(
        Kind(
            NudgeKind(WIN_POST, "Wins", "in your team's channel, as they come", bundles=False, mutable=False),
            render,
        ),
    ),
    records=(
        Record(WinPostRow, exempt="which wins a channel was told of together; nobody's alone"),
        Record(PostedWinRow, exempt="that a deal was told; it goes with the deal"),
    ),
)
