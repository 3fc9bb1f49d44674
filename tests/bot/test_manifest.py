"""The manifest and help say what the command table says."""

from pathlib import Path

import pytest
import yaml

from bot.manifest import SCOPES, as_json, as_yaml, checked, manifest
from bot.payloads import MESSAGES
from handlers.registry import FEATURES, REGISTRY
from messages.surfaces.help import usage
from playground.manifest import Manifest
from sales.refusal import Refusal

ROOT = Path(__file__).parents[2]


def test_the_manifest_file_is_what_the_command_table_makes():
    assert (ROOT / "manifest.yml").read_text(encoding="utf-8") == as_yaml(manifest())


def test_slack_s_limits_of_a_manifest_are_kept():
    made = manifest("a-long-prefix--")
    about = made["display_information"]
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 175 <= len(about["long_description"]) <= 4000
    commands = made["features"]["slash_commands"]
    assert len(commands) <= 50
    assert all(len(one["command"]) <= 32 and one["description"] for one in commands)
    assert all(len(one["name"]) <= 24 for one in made["features"]["shortcuts"])


def test_each_shortcut_and_event_of_the_manifest_is_answered():
    made = manifest()
    shortcuts = {name for feature in FEATURES for name in feature.shortcuts}
    assert {one["callback_id"] for one in made["features"]["shortcuts"]} == shortcuts
    answered = {name for feature in FEATURES for name in feature.events} | MESSAGES
    asked = {event.partition(".")[0] for event in made["settings"]["event_subscriptions"]["bot_events"]}
    assert asked == answered


def test_every_scope_has_a_reason():
    assert set(manifest()["oauth_config"]["scopes"]["bot"]) == set(SCOPES)
    assert all(SCOPES.values())


def test_a_prefix_renames_every_command_and_an_address_switches_to_http():
    made = manifest("rm-", "https://bot.example/")
    assert all(one["command"].startswith("/rm-") for one in made["features"]["slash_commands"])
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["interactivity"]["request_url"] == "https://bot.example/slack/events"


def test_the_double_reads_it_and_json_says_the_same():
    assert Manifest.read(manifest()) is not None
    assert yaml.safe_load(as_json(manifest())) == yaml.safe_load(as_yaml(manifest()))


@pytest.mark.parametrize("command", REGISTRY.commands, ids=lambda command: command.name)
def test_help_shows_each_command_and_its_example(command):
    shown = usage(command)
    assert command.example.startswith(f"/{command.name}")
    said = "\n".join(block["text"]["text"] for block in shown.blocks)
    assert command.example in said
    for sub in command.subcommands:
        assert f"/{command.name} {sub.name}" in said


@pytest.mark.parametrize("prefix", ["", "rm-", "rm_2", "p" * 22])
def test_a_prefix_that_slack_takes_is_taken(prefix):
    checked(prefix, None)
    assert max(len(one["command"]) for one in manifest(prefix)["features"]["slash_commands"]) <= 32


@pytest.mark.parametrize("prefix", ["RM-", "r m", "/rm", "rm.", "é", "٣", "rm\n"])
def test_a_prefix_that_slack_would_refuse_is_refused(prefix):
    with pytest.raises(Refusal, match="small letters a to z, digits, - and _"):
        checked(prefix, None)


def test_a_prefix_that_makes_a_command_too_long_says_what_room_there_is():
    with pytest.raises(
        Refusal, match=r"longer than the 32 characters Slack takes\. A prefix has room for 22\."
    ):
        checked("p" * 23, None)


@pytest.mark.parametrize(
    "url", ["https://rain.example/", "https://rain.example:8443/bot", "https://93.184.216.34"]
)
def test_an_address_that_slack_can_reach_is_taken(url):
    checked("", url)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://rain.example", "https:// addresses only"),
        ("rain.example", "https:// addresses only"),
        ("https://", "no address"),
        ("https://rain.example:port", "no address"),
        ("https://rain .example", "no address"),
        ("https://me:word@rain.example", "no password"),
        ("https://rain.example/?x=1", "no \\?"),
        ("https://localhost:3000", "own or its network's"),
        ("https://127.0.0.1", "own or its network's"),
        ("https://127.1.2.3:8443", "own or its network's"),
        ("https://[::1]/", "own or its network's"),
        ("https://0.0.0.0", "own or its network's"),
        ("https://10.0.0.8", "own or its network's"),
        ("https://bot.internal", "own or its network's"),
        ("https://bot", "own or its network's"),
    ],
)
def test_an_address_that_slack_cannot_reach_is_refused(url, why):
    with pytest.raises(Refusal, match=why):
        checked("", url)


def test_a_command_whose_words_take_people_or_channels_gets_them_as_tags():
    """`/team marketing #leads` reached the bot as plain text: Slack escapes what a command says of itself alone."""
    escaped = {one["command"]: one["should_escape"] for one in manifest()["features"]["slash_commands"]}
    for command in REGISTRY.commands:
        if any(sub.mentions for sub in command.subcommands):
            assert escaped[f"/{command.name}"]
