"""The table of Web API methods the double covers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from playground.api import chat, conversations, files, given_files, links, people, views
from playground.api.arguments import Arguments
from playground.double import Double

Json = dict[str, Any]
Act = Callable[[Double, Arguments], Json]


@dataclass(frozen=True)
class Method:
    """One method: what it does, its rate tier (None: own rule or none), the scopes of which one is needed.

    Conversation methods need a scope by the channel's kind; they check it themselves.
    """

    act: Act
    tier: int | None = None
    scopes: tuple[str, ...] = ()
    token: Literal["bot", "app"] = "bot"


METHODS: dict[str, Method] = {
    "auth.test": Method(people.auth_test),
    "apps.connections.open": Method(lambda double, given: {"url": double.socket_url()}, tier=1, token="app"),
    "bots.info": Method(people.bots_info, 3, ("users:read",)),
    "team.info": Method(people.team_info, 3, ("team:read",)),
    "chat.postMessage": Method(chat.post_message, None, ("chat:write",)),
    "chat.postEphemeral": Method(chat.post_ephemeral, 4, ("chat:write",)),
    "chat.update": Method(chat.update, 3, ("chat:write",)),
    "chat.delete": Method(chat.delete, 3, ("chat:write",)),
    "chat.getPermalink": Method(chat.permalink),
    "chat.unfurl": Method(links.unfurl, 3, ("links:write",)),
    "conversations.open": Method(conversations.open_, 3, ("im:write",)),
    "conversations.history": Method(conversations.history, 3),
    "conversations.replies": Method(conversations.replies, 3),
    "conversations.info": Method(conversations.info, 3),
    "conversations.members": Method(conversations.members, 4),
    "conversations.list": Method(conversations.list_, 2),
    "conversations.join": Method(conversations.join, 3, ("channels:join",)),
    "files.completeUploadExternal": Method(given_files.complete, 4, ("files:write",)),
    "files.getUploadURLExternal": Method(given_files.begin, 4, ("files:write",)),
    "files.info": Method(files.info, 4, ("files:read",)),
    "users.info": Method(people.users_info, 4, ("users:read",)),
    "users.list": Method(people.users_list, 2, ("users:read",)),
    "users.lookupByEmail": Method(people.lookup_by_email, 3, ("users:read.email",)),
    "usergroups.list": Method(people.usergroups_list, 2, ("usergroups:read",)),
    "usergroups.users.list": Method(people.usergroup_users, 2, ("usergroups:read",)),
    "dnd.info": Method(people.dnd_info, 3, ("dnd:read",)),
    "views.open": Method(views.open_, 4),
    "views.push": Method(views.push, 4),
    "views.update": Method(views.update, 4),
    "views.publish": Method(views.publish, 4),
}
