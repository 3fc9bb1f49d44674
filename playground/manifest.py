"""The app as its manifest declares it: commands, shortcuts, scopes, subscribed events."""

from collections.abc import Mapping
from dataclasses import dataclass
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
        "channels:join",
        "groups:history",
        "groups:read",
        "users:read",
        "users:read.email",
        "usergroups:read",
        "dnd:read",
        "team:read",
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
    }
)


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
    """What the installed app declared. `commands` is None without a manifest: any `/word` is then known."""

    commands: tuple[ManifestCommand, ...] | None = None
    shortcuts: tuple[Shortcut, ...] = ()
    scopes: frozenset[str] = ALL_SCOPES
    events: frozenset[str] = DEFAULT_EVENTS

    @classmethod
    def read(cls, given: Mapping[str, Any] | None) -> "Manifest":
        """From a parsed manifest.yml or .json; the permissive default when there is none."""
        if given is None:
            return cls()
        features = given.get("features") or {}
        settings = given.get("settings") or {}
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
            scopes=frozenset(((given.get("oauth_config") or {}).get("scopes") or {}).get("bot") or ()),
            events=frozenset(subscribed),
        )

    def command(self, word: str) -> ManifestCommand | None:
        """The declared command, or None when Slack would not know it."""
        if self.commands is None:
            return ManifestCommand(word)
        return next((entry for entry in self.commands if entry.command == word), None)
