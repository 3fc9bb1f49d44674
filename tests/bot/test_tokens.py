"""Tokens that cannot be right are named by how they begin, before anybody asks Slack."""

import pytest

from bot.tokens import app_token_trouble, bot_token_trouble


@pytest.mark.parametrize(
    ("token", "wrong"),
    [
        ("xoxb-1-2-abc", ""),
        ("", "is empty"),
        ("  ", "is empty"),
        ('""', "is empty"),
        ("xapp-1-A1-2", "begins with xapp-: that is the app-level token"),
        ("xoxp-1-2", "begins with xoxp-: that is a user token"),
        ("xoxe.xoxb-1-2", "begins with xoxe.: that is a token of the kind that expires"),
        ('"xoxb-1-2"', "has spaces or quotes around it"),
        ("xoxb-1-2\n", "has spaces or quotes around it"),
        ("xoxb-1 2", "has a space in it"),
        ("'xapp-1'", "begins with xapp-"),
        ("Bearer xoxb-1", "does not begin with xoxb-"),
    ],
)
def test_a_bot_token_is_known_by_how_it_begins(token, wrong):
    said = bot_token_trouble(token)
    assert said.startswith(wrong)
    assert bool(said) is bool(wrong)


@pytest.mark.parametrize(
    ("token", "wrong"),
    [
        ("xapp-1-A1-2", ""),
        ("", "is empty"),
        ("xoxb-1-2", "begins with xoxb-: that is the bot token"),
        ("xoxp-1-2", "begins with xoxp-: that is a user token"),
        (" xapp-1-A1-2", "has spaces or quotes around it"),
    ],
)
def test_an_app_token_is_known_by_how_it_begins(token, wrong):
    said = app_token_trouble(token)
    assert said.startswith(wrong)
    assert bool(said) is bool(wrong)
