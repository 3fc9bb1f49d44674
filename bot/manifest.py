"""The app's manifest: what Slack must know of us, made from the command table so that the two never differ."""

import json
import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit

import yaml

from bot.payloads import ABOUT_CHANNELS
from handlers.commands import SlashCommand
from handlers.feature import Registry
from handlers.registry import REGISTRY
from messages.craft import pitch
from messages.followups import followup
from messages.nudges import why
from sales.imports.sync.link import DOMAINS
from sales.refusal import Refusal

LONGEST_COMMAND = 32  # characters, the slash among them
NAME = re.compile(r"[a-z0-9_-]*", re.ASCII)
LONGEST_ADDRESS = 3000
DESCRIPTION = "Goals, follow-ups and runway for sales teams, in Slack."
LONG_DESCRIPTION = (
    "Rainmaker helps sales reps hit their number. It keeps each rep's goals and follow-up commitments, asks "
    "once at the end of the day what is still open, warns before it is too late to open the deals a quarter "
    "still needs, and gives the team one honest digest. You host it yourself; it needs no CRM."
)

SCOPES: Mapping[str, str] = {
    "app_mentions:read": "answering in a channel, to whoever mentions the app there and to nobody else",
    "commands": "the slash commands and the message shortcut",
    "chat:write": "prompts, alerts, digests",
    "im:write": "opening the direct message with a member",
    "im:history": "settling a message whose arrival is uncertain, and plain words in the direct message",
    "channels:history": "settling a digest whose arrival is uncertain",
    "groups:history": "the same in a private digest channel",
    "channels:read": "checking that the digest channel can be posted to",
    "groups:read": "the same for a private digest channel",
    "links:read": "hearing of links to the CRM that is connected, in channels",
    "links:write": "saying a deal's name and stage below such a link",
    "users:read": "names and time zones",
    "users:read.email": "matching members to owners in an import",
    "files:write": "putting an export into the direct message of whoever asked for it",
    "files:read": "reading a file with deals that a manager or an admin drops in the direct message",
    "usergroups:read": "making a team out of a user group",
    "dnd:read": "holding messages back while somebody does not want to be disturbed",
}

OPTIONAL_SCOPES = (
    "dnd:read",
    "links:read",
    "links:write",
)  # whoever installs the app may leave these out; it works without them

EVENTS = tuple(
    sorted(
        {
            "app_home_opened",
            "app_mention",
            "app_uninstalled",
            "link_shared",
            "message.im",
            "tokens_revoked",
            "user_change",
            *ABOUT_CHANNELS,
        }
    )
)


def manifest(prefix: str = "", url: str | None = None, registry: Registry = REGISTRY) -> dict[str, Any]:
    """Return the manifest. With `url` the app is reached over HTTP there; otherwise over Socket Mode.

    `prefix` goes before every command's name, for workspaces where a name is taken.
    """
    events: dict[str, Any] = {"bot_events": list(EVENTS)}
    interactivity: dict[str, Any] = {"is_enabled": True}
    if url:
        address = f"{url.rstrip('/')}/slack/events"
        events["request_url"] = interactivity["request_url"] = address
    return {
        "display_information": {
            "name": "Rainmaker",
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": "#1f4d3a",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Rainmaker", "always_online": True},
            "unfurl_domains": list(DOMAINS),
            "shortcuts": [
                {
                    "name": "Follow up on this",
                    "type": "message",
                    "callback_id": followup.SHORTCUT,
                    "description": "Make a follow-up out of this message.",
                },
                {
                    "name": "Check this draft",
                    "type": "message",
                    "callback_id": pitch.SHORTCUT,
                    "description": "Say what to mend in this text before it goes out.",
                },
                {
                    "name": "Why this message?",
                    "type": "message",
                    "callback_id": why.SHORTCUT,
                    "description": "Say what made Rainmaker send this message.",
                },
            ],
            "slash_commands": [slash_command(command, prefix, url) for command in registry.commands],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES), "bot_optional": list(OPTIONAL_SCOPES)}},
        "settings": {
            "event_subscriptions": events,
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def checked(prefix: str, url: str | None, registry: Registry = REGISTRY) -> None:
    """Return if Slack takes a manifest with this prefix and address.

    Raises:
        Refusal: in the words of what Slack would refuse, before anybody pastes it.
    """
    if not NAME.fullmatch(prefix):
        raise Refusal(
            f"--prefix {prefix!r}: Slack takes small letters a to z, digits, - and _ in a command's name. For"
            " example: --prefix rm-"
        )
    longest = max((command.name for command in registry.commands), key=len)
    if len(f"/{prefix}{longest}") > LONGEST_COMMAND:
        room = LONGEST_COMMAND - len(f"/{longest}")
        raise Refusal(
            f"--prefix {prefix}: /{prefix}{longest} is longer than the {LONGEST_COMMAND} characters Slack takes."
            f" A prefix has room for {room}."
        )
    if url is not None and (wrong := unusable(url)):
        raise Refusal(f"--http {url}: {wrong}. For example: --http https://rainmaker.example.com")


def unusable(url: str) -> str:
    """Return why Slack cannot send requests to an address; empty if it can as far as can be seen."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "that is no address"
    if parts.scheme != "https":
        return "Slack sends requests to https:// addresses only"
    if not host or re.search(r"\s", url) or len(url) > LONGEST_ADDRESS:
        return "that is no address"
    if parts.username is not None or parts.query or parts.fragment:
        return "an address has no password, no ? and no # in it"
    return "Slack cannot reach this machine's own or its network's addresses" if is_inside(parts) else ""


def is_inside(parts: SplitResult) -> bool:
    """Say whether an address leads nowhere from outside: this machine, or a network of its own."""
    host = (parts.hostname or "").rstrip(".")
    try:
        return not ip_address(host).is_global
    except ValueError:
        last = host.rpartition(".")[2]
        return "." not in host or last in {"localhost", "local", "internal", "localdomain"}


def slash_command(command: SlashCommand, prefix: str, url: str | None) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "command": f"/{prefix}{command.name}",
        "description": command.summary[:1].upper() + command.summary[1:],
        "should_escape": command.takes_mentions,
    }
    if command.usage:
        entry["usage_hint"] = command.usage
    return {**entry, "url": f"{url.rstrip('/')}/slack/events"} if url else entry


def as_yaml(content: Mapping[str, Any]) -> str:
    """Return the manifest as Slack's app page takes it."""
    return yaml.safe_dump(dict(content), sort_keys=False, allow_unicode=True, width=110)


def as_json(content: Mapping[str, Any]) -> str:
    """Return the manifest as Slack's command line takes it."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def offered(registry: Registry = REGISTRY) -> tuple[str, ...]:
    """Return what the app offers at Slack by this manifest, in words: commands, tags in them, shortcuts."""
    features = manifest(registry=registry)["features"]
    commands = [
        name
        for one in features["slash_commands"]
        for name in ([one["command"], f"{one['command']} with @names"][: 1 + one["should_escape"]])
    ]
    return (*commands, *(f"“{one['name']}”" for one in features["shortcuts"]))
