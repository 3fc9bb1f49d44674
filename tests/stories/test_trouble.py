"""What is in the way is said in plain words, and goes away by itself: the database, and Slack's word on our token."""

from contextlib import asynccontextmanager

import pytest
from sqlalchemy import make_url

from playground.faults import Fault

AWAY = "The database server went away or is restarting. Nothing of this was kept; try again in a moment."


@asynccontextmanager
async def without_database(postgres, database_url: str):
    """Let the server turn everybody away from a database, as in maintenance, while the block lasts."""
    name = make_url(database_url).database
    await postgres.order(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    await postgres.order(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    yield
    await postgres.order(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@pytest.mark.engines("postgresql")
async def test_while_the_database_is_away_a_command_says_so_and_then_works(team, postgres, database_url):
    ana = team.person("ana")
    async with without_database(postgres, database_url):
        (said,) = await ana.says("/log 2 calls", channel="sales")
        assert said.endswith(AWAY)
    (said,) = await ana.says("/log 2 calls", channel="sales")
    assert "2 calls" in said


@pytest.mark.engines("postgresql")
async def test_a_form_stays_open_with_what_was_typed_until_the_database_is_back(team, postgres, database_url):
    ana = team.person("ana")
    await ana.says("/followup new", channel="sales")
    await ana.fills("Who is it with?", "Acme")
    await ana.fills("What will happen?", "Send the ROI sheet")
    async with without_database(postgres, database_url):
        await ana.submits()
        assert list(ana.modal_errors().values()) == [AWAY]
        assert "Send the ROI sheet" in ana.modal()
    await ana.submits()
    assert "Acme" in ana.modal()
    assert "Send the ROI sheet" in "\n".join(await ana.says("/followup", channel="sales"))


@pytest.mark.engines("postgresql")
async def test_words_said_while_the_database_is_away_are_answered_when_slack_repeats_them(
    team, postgres, database_url
):
    ana = team.person("ana")
    team.server.sockets.ack_timeout = 3.0  # an event that is not taken shows only in that nothing comes back
    async with without_database(postgres, database_url):
        assert await ana.says("logged 2 calls") == []
    await team.jump("11:05", "Europe/Ljubljana")  # Slack tries again after a minute
    answered = [text for text in ana.sees() if "2 calls" in text and text.startswith("Rainmaker")]
    assert len(answered) == 1


async def test_a_revoked_token_is_said_and_forgotten_once_it_works_again(team):
    team.server.double.installed = False
    (said,) = await team.person("raj").says(
        "/log 2 calls", channel="sales"
    )  # whom Slack would have to describe
    assert said.endswith(
        "Slack no longer accepts my token. Nothing was changed. Ask your admin to install me again."
    )
    (said,) = await team.person("ana").says("/log 2 calls", channel="sales")  # needs nothing of Slack
    assert "2 calls" in said
    team.server.double.installed = True
    (said,) = await team.person("raj").says("/log 2 calls", channel="sales")
    assert "2 calls" in said
    team.expected += team.server.problems


async def test_slack_out_of_reach_is_said_and_nothing_is_changed(town):
    town.server.faults.plan("users.info", Fault("dropped"), times=2)  # the HTTP client asks once more
    (said,) = await town.person("raj").says("/log 2 calls", channel="sales")
    assert said.endswith(
        "Slack does not answer me right now. Nothing was changed; please try again in a minute."
    )
    (said,) = await town.person("raj").says("/log 2 calls", channel="sales")
    assert "2 calls" in said
