"""Kudos: `/team kudos @ben for …` posts a colleague's word for what somebody did, in their team's channel (7)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError

from handlers.context import Context, Preflight, prefetch
from handlers.feature import Command, Feature, Kind, Phrase, Record, Rendered
from handlers.goals.goal.owner import NamedFirst, called_first, named_first, names_another, worded
from handlers.home_queue import HomeOwner
from handlers.people.channel import checked_channel
from handlers.people.team import visible_teams
from handlers.place import Place
from handlers.posts import FollowedPosts
from handlers.remembered import remember
from handlers.reply import Reply
from messages.coaching import kudos as views
from messages.formatting import channel
from sales.coaching.kudos import (
    EXAMPLE,
    FOLLOWED,
    KUDOS,
    WORTH_READING,
    Kudos,
    check_room,
    read_deed,
)
from sales.nudges.kind import NudgeKind
from sales.nudges.ledger import PROMPT, Nudge
from sales.nudges.policy import Hours, Late, Skip
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.coaching import kudos as queries
from storage.coaching.kudos import KudosRow
from storage.coaching.recognition import wants_no_mention
from storage.nudges.ledger.intake import enqueue
from storage.nudges.ledger.lookup import delivery_by_key
from storage.nudges.ledger.rows import DeliveryRow
from storage.people.calendar import calendar_of
from storage.people.member import MemberRow, find_member, reps_in
from storage.people.team import TeamRow, find_team, teams_managed_by
from storage.row_image import Touched, image
from storage.scope import Scope

log = structlog.get_logger()

MOST_LOOKED_AT = 3  # channels, of whoever manages several teams; the others are found out by posting
NOBODY_NAMED = "Whom for what? Name a colleague with @, and say what they did."
ONE_AT_A_TIME = "One person at a time, so that each is thanked for what they did. Nothing was posted."


async def channels_closed(preflight: Preflight) -> frozenset[str]:
    """Return which channels of the workspace's teams Slack lets nobody post to; none where Slack does not say."""
    async with preflight.read() as scope:
        member = await find_member(scope, preflight.request.user_id)
        own = await find_team(scope, member.team_id if member is not None else None)
        managed = await teams_managed_by(scope, preflight.request.user_id)
    places = {one.digest_channel for one in [own, *managed] if one is not None and one.digest_channel}
    closed = set()
    for place in sorted(places)[:MOST_LOOKED_AT]:
        try:
            await checked_channel(preflight.slack, place)
        except Refusal:
            closed.add(place)
        except (SlackApiError, aiohttp.ClientError, TimeoutError):
            continue
    return frozenset(closed)


@prefetch(channels_closed)
async def command(context: Context) -> Reply:
    """`/team kudos @ben for calling back every lead the same day`

    Raises:
        Refusal: without a colleague of one's team, without a deed, and for more than a channel reads.
    """
    receiver, team, said = await meant(context)
    me = context.member
    alone = await wants_no_mention(context.scope, receiver.user_id)
    place = None if alone else await postable(context, team)
    kudos = Kudos(
        giver_id=me.user_id,
        receiver_id=receiver.user_id,
        team_id=team.id,
        on=context.today,
        deed=read_deed(said),
        in_channel=place is not None,
    )
    if await queries.is_said_already(context.scope, kudos):
        raise Refusal(f"You have said that of {receiver.name} already; once is enough to be read.")
    check_room(await queries.given_on(context.scope, me.user_id, context.today), receiver.name)
    row = await queries.add_kudos(context.scope, kudos, context.now)
    await enqueue(context.scope, nudge(row, me, place, context.now), context.now)
    stood = {**image(row), "taken_back": True}  # so undone, it is still known where it has to be taken out
    undo = await remember(context, f"kudos for {receiver.name}", Touched(row, stood))
    shown = channel(team) if place is not None else None
    if shown is not None:
        return Reply(say=views.given(receiver.name, shown, undo.id))
    return Reply(say=views.given_alone(receiver.name, undo.id, chose=alone))


async def meant(context: Context) -> tuple[MemberRow, TeamRow, str]:
    """Return whom a line thanks, the team they sell in, and the words behind.

    Raises:
        Refusal: for nobody, oneself, and whoever sells in no team of the asking person's.
    """
    near = [one for team in await visible_teams(context) for one in await reps_in(context.scope, team.id)]
    called = called_first(context.text, near)
    named = await named_first(context, context.text)
    if named is None and len(called) == 1:
        named = NamedFirst(called[0][0].user_id, called[0][1])
    if named is None:
        raise Refusal(NOBODY_NAMED, example=EXAMPLE)
    user_id = named.user_id
    if names_another(named.rest, near):
        raise Refusal(ONE_AT_A_TIME, example=EXAMPLE)
    if user_id == context.member.user_id:
        raise Refusal("Kudos are for a colleague; your own week is in `/why consistency`.", example=EXAMPLE)
    receiver = await find_member(context.scope, user_id)
    teams = {one.id: one for one in await visible_teams(context)}
    team = teams.get(receiver.team_id) if receiver is not None and receiver.team_id is not None else None
    if receiver is None or team is None or not receiver.is_rep or not receiver.active:
        raise Refusal(not_here(receiver), example=EXAMPLE)
    return receiver, team, await worded(context, named.rest)


def not_here(receiver: MemberRow | None) -> str:
    """Say why somebody cannot be thanked here."""
    if receiver is not None and not receiver.active:
        return f"{receiver.name} has left, so it would reach nobody."
    who = "They are" if receiver is None else f"{receiver.name} sells"
    return f"{who} in no team of yours. Kudos are for the people of one's team."


async def postable(context: Context, team: TeamRow) -> str | None:
    """Return the channel that a team reads; None where it has none, or Slack shows it to nobody any more."""
    place = team.digest_channel
    if place is None or place in (context.prefetched or ()):
        return None
    return None if await context.declared.is_unseen(context, place) else place


def nudge(row: KudosRow, giver: MemberRow, place: str | None, now: datetime) -> Nudge:
    """Return the message: in the channel, or to the receiver alone."""
    return Nudge(
        key=queries.key_of(row),
        kind=KUDOS,
        intent={"kudos_id": row.id},
        why=views.why(giver.name, in_channel=place is not None),
        not_before=now,
        user_id=None if place is not None else row.receiver_id,
        channel_id=place,
        expires_at=now + WORTH_READING,
        priority=PROMPT,
    )


async def render(scope: Scope, delivery: DeliveryRow, now: datetime) -> Rendered:
    """The word as it was given; in a channel at the team's hours."""
    row = await queries.find_kudos(scope, int(delivery.intent["kudos_id"]))
    if row is None or row.taken_back:
        return Skip("it was taken back")
    giver, receiver = await find_member(scope, row.giver_id), await find_member(scope, row.receiver_id)
    team = await find_team(scope, row.team_id)
    if giver is None or receiver is None or team is None:
        return Skip("who gave it, or for whom it was, is here no more")
    chose = await wants_no_mention(scope, receiver.user_id)
    if not row.in_channel:
        return views.told_alone(giver.name, row.deed, chose=chose)
    if chose:
        return Skip("they chose not to be mentioned in public meanwhile")
    hours = Hours(team.zone, team.quiet_from, team.quiet_until, await calendar_of(scope, team))
    reason = hours.why_not(now)
    return Late(hours.reachable(now), reason) if reason else views.told(giver.name, receiver.name, row.deed)


@dataclass(eq=False)
class KudosPosts(FollowedPosts):
    """Words of thanks that stand in Slack and were taken back: each is edited once."""

    async def read(self, owner: HomeOwner) -> dict[str, Any] | None:
        """Return the edit of one that was taken back; None where none stands."""
        async with self.database.read(owner.workspace_id) as scope:
            for row in await queries.taken_back_unshown(scope, self.now() - FOLLOWED):
                sent = await delivery_by_key(scope, queries.key_of(row))
                if sent is None or sent.sent_at is None:
                    continue
                place = Place(str(sent.channel_id), str(sent.slack_ts))
                return {"kudos_id": row.id, "place": place, "message": views.taken_back()}
        return None

    async def post(self, owner: HomeOwner, view: dict[str, Any]) -> float | None:
        """Edit it, and look for another."""
        if trouble := await self.trouble(view["place"], view["message"]):
            log.warning("could not take kudos back", kudos=view["kudos_id"], error=trouble)
        async with self.database.write(owner.workspace_id) as scope:
            await queries.note_shown_back(scope, view["kudos_id"])
        self.queue.changed(owner)
        return None


FEATURE = Feature(
    name="kudos",
    commands=(
        Command(
            "team kudos",
            "@ben for calling back every lead the same day",
            "a colleague's word for what somebody did, in your team's channel",
            EXAMPLE,
            command,
            Act.OWN_WORK,
            order=67,
            mentions=True,
        ),
    ),
    phrases=(Phrase(r"(?:team )?kudos (?:to |for )?(.*)", "team", r"kudos \1"),),
    kinds=(
        Kind(
            NudgeKind(
                KUDOS,
                "Kudos",
                "a colleague's word for what you did, where you chose to hear it alone",
                asked_for=True,  # a person wrote it, and it comes directly because its reader wants it so
                bundles=False,
                mutable=False,
            ),
            render,
        ),
    ),
    records=(Record(KudosRow, undone=True, exported=True, erased="giver_id"),),
)
