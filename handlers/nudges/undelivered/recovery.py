"""Places that break and mend: a channel archived, deleted, left or back again, a person who returns."""

from collections.abc import Sequence
from datetime import datetime

from handlers.context import Context
from handlers.nudges.undelivered.notice import stop_team, tell_of_channel
from handlers.people.news import ChannelChosen, PersonBack
from handlers.people.team import changeable_team, team_by_id
from handlers.remembered import remember
from handlers.reply import NOTHING, Reply
from messages.nudges import undelivered as views
from sales.nudges.declared import Subject
from sales.nudges.undelivered import DELETED, is_still_news
from sales.people.readers import Outsiders
from sales.refusal import Refusal
from storage.nudges import places
from storage.nudges import undelivered as queries
from storage.nudges.ledger.given_up import dismiss_delivery
from storage.nudges.ledger.rows import DeliveryRow
from storage.nudges.places import broken, mark_broken, mark_mended
from storage.nudges.schedule.specs import set_member_schedules, set_team_schedules
from storage.people import workspace
from storage.people.channel import give_consent
from storage.people.member import MemberRow, find_member, save_member
from storage.people.team import TeamRow, find_team, teams_posting_to
from storage.scope import Scope

GONE = {
    "channel_archive": "is_archived",
    "group_archive": "is_archived",
    "channel_deleted": DELETED,
    "group_deleted": DELETED,
    "channel_left": "not_in_channel",
    "group_left": "not_in_channel",
}
UNARCHIVED = ("channel_unarchive", "group_unarchive")
JOINED = "member_joined_channel"


async def channel_gone(context: Context) -> Reply:
    """A channel cannot be posted to any more: its digests stop, and its managers hear before one fails.

    Being put out of a channel is no news where it was archived or deleted, which Slack may tell as both.
    """
    channel_id, error = context.request.channel_id, GONE[context.request.name]
    known = await broken(context.scope, channel_id)
    if known is not None and known.stopped_at is not None and error == "not_in_channel":
        return NOTHING
    for team in await teams_posting_to(context.scope, channel_id):
        await mark_broken(context.scope, channel_id, error, context.now)
        await stop_team(context.scope, team, context.now)
        await tell_of_channel(context.scope, team, error, context.now)
    return NOTHING


async def is_unseen(context: Context, channel_id: str) -> bool:
    """Say whether Slack shows a channel to nobody, or not to us, so that a form must not name it."""
    return await places.is_unseen(context.scope, channel_id)


async def channel_unarchived(context: Context) -> Reply:
    """An archived channel is back, and so is what recurs there. Should we not be in it, the next post finds out."""
    await channel_back(context.scope, context.request.channel_id, context.now)
    return NOTHING


async def somebody_joined(context: Context) -> Reply:
    """We were invited to a channel; who else joins one is none of ours."""
    here = await workspace.find_workspace(context.scope)
    if here is not None and context.request.body["event"].get("user") == here.bot_user_id:
        await channel_back(context.scope, context.request.channel_id, context.now)
    return NOTHING


async def channel_back(scope: Scope, channel_id: str, now: datetime) -> None:
    """A channel can be posted to again."""
    for team in await teams_posting_to(scope, channel_id):
        await channel_works(scope, team, now)


async def channel_works(scope: Scope, team: TeamRow, now: datetime) -> None:
    """A team's digest channel, the same or another, can be posted to: its digests go on, and what is news is sent.

    An older digest is not: the next one covers its days.
    """
    assert team.digest_channel is not None
    await resumed(scope, team.digest_channel, now)
    await settle(scope, await queries.of_team(scope, team.id), now, team.digest_channel)


async def agreed(context: Context) -> Reply:
    """A manager says that those from outside who read a channel may; what was held back goes out."""
    team_id, channel_id, outsiders = context.request.value.split(":")
    team = await changeable_team(context, await team_by_id(context, team_id))
    if team.digest_channel != channel_id:
        raise Refusal("Another channel was chosen meanwhile. `/team people` shows which.")
    me = context.member.user_id
    await give_consent(context.scope, channel_id, Outsiders(outsiders), me, context.now)
    await channel_works(context.scope, team, context.now)
    await remember(context, "who may read along")
    return Reply(edit=views.agreed(channel_id), home=True)


async def hear_channel_chosen(context: Context, news: ChannelChosen) -> None:
    await channel_works(context.scope, news.team, context.now)


async def hear_person_back(context: Context, news: PersonBack) -> None:
    await person_back(context.scope, news.member, context.now)


async def person_back(scope: Scope, member: MemberRow, now: datetime) -> None:
    """Somebody can be written to again: their messages go on, and what is still worth saying is sent."""
    await resumed(scope, member.user_id, now)
    await settle(scope, await queries.to_person(scope, member.user_id), now)


async def person_seen(scope: Scope, member: MemberRow, now: datetime) -> None:
    """Somebody is here, whatever Slack said of them last; if messages to them did not arrive, they may now."""
    if not member.active:
        await save_member(scope, member.user_id, active=True)
        await set_member_schedules(scope, await find_team(scope, member.team_id), member, now)
    elif await broken(scope, member.user_id) is None:
        return
    await person_back(scope, member, now)


async def resumed(scope: Scope, place_id: str, now: datetime) -> None:
    """A place is taken to be reachable; what recurs there and had stopped is set going."""
    if not await mark_mended(scope, place_id):
        return
    for team in await teams_posting_to(scope, place_id):
        await set_team_schedules(scope, team, now)
    member = await find_member(scope, place_id)
    if member is not None:
        await set_member_schedules(scope, await find_team(scope, member.team_id), member, now)


async def settle(
    scope: Scope, found: Sequence[DeliveryRow], now: datetime, channel_id: str | None = None
) -> None:
    """Send again what is still news, and take the rest off the list: nobody is told yesterday's news as today's.

    What may stand in another channel already is not posted in this one too.
    """
    for row in found:
        covered = row.kind in scope.declared.keys_of(Subject.CHANNEL)
        lost = channel_id is not None and row.first_post_at is not None and row.channel_id != channel_id
        if is_still_news(row.created_at, row.expires_at, now, covered=covered) and not lost:
            await queries.send_again(scope, row, now, channel_id)
        else:
            await dismiss_delivery(scope, row.occurrence_key, now)
