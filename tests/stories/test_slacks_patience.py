"""A morning at Slack's own rates and with its three seconds, which the other stories leave aside."""

import pytest

from bot.manifest import manifest
from playground.box import Server
from playground.clock import Clock
from tests.conftest import QUIET, small_workspace
from tests.known import T0
from tests.setup_story import sets_up
from tests.story_workspace import StoryWorkspace, running_bot

pytestmark = pytest.mark.engines("sqlite")


async def test_a_working_day_keeps_to_slacks_rates_and_its_patience(database_url):
    clock = Clock(T0, frozen=True)
    async with (
        Server(small_workspace(), clock=clock, manifest=manifest(), quiet=QUIET) as server,
        running_bot(server, clock, database_url, unhurried=False) as bot,
    ):
        town = StoryWorkspace(server, clock, bot)
        await sets_up(town.person("mia"), "Field", ["ana", "ben"], channel="sales")
        await town.person("mia").closes()
        ana = town.person("ana")
        await ana.opens_home()
        for command in (
            "/followup Acme today 3pm send the ROI sheet",
            "/followup",
            "/deal Acme 24k",
            "/log 5 calls",
        ):
            assert "failed" not in "\n".join(await ana.says(command, channel="sales"))
        await town.jump("2026-09-14 16:40", "Europe/Ljubljana")
        assert "Due: Acme send the ROI sheet" in "\n".join(ana.sees())
        await ana.clicks("Done")
        assert [problem.text for problem in server.problems] == []
