"""The app as its manifest declares it: commands, shortcuts, scopes, subscribed events."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

# what an app without a manifest may do and hears about: everything the double covers
ALL_SCOPES = frozenset(
    {
        "commands",
        "chat:write",
        "chat:write.public",
        "im:write",
        "im:history",
        "im:read",
        "channels:history",
        "channels:read",
        "app_mentions:read",
        "channels:join",
        "groups:history",
        "groups:read",
        "users:read",
        "users:read.email",
        "usergroups:read",
        "dnd:read",
        "team:read",
        "files:read",
        "files:write",
        "links:read",
        "links:write",
    }
)
DEFAULT_EVENTS = frozenset(
    {
        "app_home_opened",
        "message.im",
        "user_change",
        "member_joined_channel",
        "channel_archive",
        "channel_deleted",
        "channel_left",
        "channel_unarchive",
        "group_archive",
        "group_deleted",
        "group_left",
        "group_unarchive",
        "app_uninstalled",
        "tokens_revoked",
        "file_shared",
        "file_deleted",
        "link_shared",
    }
)
# event -> the scope without which Slack does not send it; the others need none
EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "file_shared": "files:read",
    "file_deleted": "files:read",
    "link_shared": "links:read",
    "team_join": "users:read",
    "user_change": "users:read",
    "member_joined_channel": "channels:read",
    "member_left_channel": "channels:read",
    **{f"channel_{what}": "channels:read" for what in ("archive", "deleted", "left", "rename", "unarchive")},
    **{f"group_{what}": "groups:read" for what in ("archive", "deleted", "left", "rename", "unarchive")},
}


@dataclass(frozen=True)
class ManifestCommand:
    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True)
class Shortcut:
    callback_id: str
    name: str
    kind: str = "message"


@dataclass(frozen=True)
class Manifest:
    """What the installed app declared. `commands` is None without a manifest: any `/word` is then known.

    `scopes` are those granted: what the manifest asks for, the optional ones included unless somebody `declines`.
    """

    commands: tuple[ManifestCommand, ...] | None = None
    shortcuts: tuple[Shortcut, ...] = ()
    scopes: frozenset[str] = ALL_SCOPES
    events: frozenset[str] = DEFAULT_EVENTS
    optional: frozenset[str] = frozenset()
    unfurls: tuple[str, ...] = ()  # domains of links that the app hears of
    home_tab: bool = True
    messages_tab: bool = True

    @classmethod
    def read(cls, given: Mapping[str, Any] | None) -> "Manifest":
        """From a parsed manifest.yml or .json; the permissive default when there is none."""
        if given is None:
            return cls()
        features = given.get("features") or {}
        settings = given.get("settings") or {}
        asked = (given.get("oauth_config") or {}).get("scopes") or {}
        optional = frozenset(asked.get("bot_optional") or ())
        tabs = features.get("app_home") or {}
        subscribed = (settings.get("event_subscriptions") or {}).get("bot_events") or ()
        return cls(
            commands=tuple(
                ManifestCommand(
                    entry["command"],
                    entry.get("description", ""),
                    entry.get("usage_hint", ""),
                    bool(entry.get("should_escape", False)),
                )
                for entry in features.get("slash_commands") or ()
            ),
            shortcuts=tuple(
                Shortcut(entry["callback_id"], entry["name"], entry.get("type", "message"))
                for entry in features.get("shortcuts") or ()
            ),
            scopes=frozenset(asked.get("bot") or ()) | optional,
            events=frozenset(subscribed),
            optional=optional,
            unfurls=tuple(features.get("unfurl_domains") or ()),
            home_tab=bool(tabs.get("home_tab_enabled", False)),
            messages_tab=bool(tabs.get("messages_tab_enabled", True)),
        )

    def hears(self, event: str) -> bool:
        """Whether Slack sends this event: it was subscribed to, and its scope was granted."""
        return event in self.events and EVENT_SCOPES.get(event, "") in self.scopes | {""}

    def has_tab(self, tab: str) -> bool:
        """Whether people have this tab of the app's."""
        return self.home_tab if tab == "home" else self.messages_tab

    def declines(self, *scopes: str) -> "Manifest":
        """The same app where whoever installed it left out these optional scopes. ValueError for any other."""
        firm = sorted(set(scopes) - self.optional)
        if firm:
            raise ValueError(f"Not optional in the manifest: {', '.join(firm)}.")
        return replace(self, scopes=self.scopes - set(scopes))

    def command(self, word: str) -> ManifestCommand | None:
        """The declared command, or None when Slack would not know it."""
        if self.commands is None:
            return ManifestCommand(word)
        return next((entry for entry in self.commands if entry.command == word), None)
