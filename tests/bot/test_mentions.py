"""Mentions: whether Slack tells us of them, and what help says until it does."""

import pytest

from bot.installation import scopes_named
from bot.intake import Installation
from handlers.registry import REGISTRY
from messages.surfaces.help import overview
from playground.manifest import Manifest


@pytest.mark.parametrize(
    ("header", "hears"),
    [
        ({"X-OAuth-Scopes": "chat:write,app_mentions:read"}, True),
        ({"x-oauth-scopes": "chat:write, commands"}, False),
        ({}, True),  # nobody can tell: a proxy took the header away
    ],
)
def test_mentions_are_heard_with_their_scope(header, hears):
    ours = Installation("T1", "Northwind", "UBOT", "BBOT", scopes=scopes_named(header))
    assert ours.hears_mentions is hears


def test_help_says_that_mentions_wait_for_the_app_to_be_installed_again():
    missing = str(overview(REGISTRY.commands, mentions=False).blocks)
    assert "app_mentions:read" in missing
    assert "installs me again" in missing
    assert "app_mentions:read" not in str(overview(REGISTRY.commands).blocks)


def test_without_the_scope_the_double_sends_no_mention():
    events = {"settings": {"event_subscriptions": {"bot_events": ["app_mention"]}}}
    granted = {"oauth_config": {"scopes": {"bot": ["app_mentions:read"]}}}
    assert not Manifest.read(events).hears("app_mention")
    assert Manifest.read(events | granted).hears("app_mention")
