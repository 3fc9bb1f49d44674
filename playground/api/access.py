"""Who may reach which channel, with which scope."""

from playground.api.arguments import ApiError
from playground.channels import Channel
from playground.double import Double
from playground.people import SLACKBOT, Person

FAMILY = {"channel": "channels", "private": "groups", "dm": "im"}


def need(double: Double, *scopes: str) -> None:
    """ApiError missing_scope unless the app was granted one of `scopes`."""
    if not double.manifest.scopes.intersection(scopes):
        raise ApiError(
            "missing_scope", needed=",".join(scopes), provided=",".join(sorted(double.manifest.scopes))
        )


def readable(double: Double, channel_id: str, right: str) -> Channel:
    """A channel the bot may look into; `right` is `history` or `read`, checked for the channel's kind."""
    channel = double.workspace.channels.get(channel_id)
    if channel is None or (channel.kind == "private" and double.workspace.bot.id not in channel.members):
        raise ApiError("channel_not_found")
    need(double, f"{FAMILY[channel.kind]}:{right}")
    return channel


def reachable_person(double: Double, user: str) -> Person:
    """A person the bot may open a DM with."""
    person = double.workspace.people.get(user)
    if person is None:
        raise ApiError("user_not_found")
    if person.is_bot or person.id == SLACKBOT:
        raise ApiError("cannot_dm_bot")
    if person.deleted:
        raise ApiError("user_disabled")
    return person


def postable(double: Double, target: str) -> Channel:
    """The channel a message to `target` (channel id or name, user id) lands in, if the bot may post there."""
    workspace = double.workspace
    channel = workspace.channel_named(target)
    if channel is None and target in workspace.people:
        channel = workspace.dm(reachable_person(double, target).id)
    if channel is None:
        raise ApiError("channel_not_found")
    if channel.archived:
        raise ApiError("is_archived")
    if channel.person is not None:
        if not double.manifest.messages_tab:
            raise ApiError("messages_tab_disabled")
        reachable_person(double, channel.person)
    elif workspace.bot.id not in channel.members and (
        channel.kind == "private" or "chat:write.public" not in double.manifest.scopes
    ):
        raise ApiError("not_in_channel")
    return channel
