"""Somebody whose time zone Slack does not name: their clock is their team's, wherever a clock is read."""

import pytest

from bot.zones import keep_up
from tests.forged import MISSING, add_described
from tests.listener import heard
from tests.setup_story import clock_of, sets_up

HERE = "Europe/Ljubljana"


async def zoe(town, tz=None, *, spoke_before=True):
    """Zoe is in a team of Ljubljana; return her. Perhaps she wrote to us before that."""
    add_described(town, "U8", "zoe", "Zoe Nowhere", tz=tz)
    town.server.workspace.channels["C1"].members.append("U8")
    person = town.person("zoe")
    if spoke_before:
        await person.says("/log 1 call", channel="sales")
    await sets_up(town.person("mia"), "Field", ["ana", "Zoe Nowhere"])
    return person


@pytest.mark.parametrize("spoke_before", [False, True])
@pytest.mark.parametrize("tz", [None, "", MISSING], ids=["null", "empty", "missing"])
async def test_what_is_due_comes_by_the_teams_clock(town, tz, spoke_before):
    person = await zoe(town, tz, spoke_before=spoke_before)
    assert (await clock_of(town, "U8"))[0] == HERE
    said = "\n".join(await person.says("/followup Acme today 3pm call Dana", channel="sales"))
    assert "15:00" in said
    await person.says("/followup Globex today send it", channel="sales")
    await town.jump("15:01", HERE)
    assert any("Due: Acme" in text for text in person.sees())
    await town.jump("16:40", HERE)
    assert any("promises are still open" in text for text in person.sees())
    assert "15:00" in "\n".join(await person.says("/why", channel="sales"))


async def test_home_says_the_teams_zone(town):
    person = await zoe(town)
    await person.opens_home()
    assert f"your time zone is {HERE}" in person.home()


async def test_news_of_her_that_names_no_zone_changes_none(town):
    person = await zoe(town)
    await town.server.change_person("U8", real_name="Zoe N.")
    await person.opens_home()
    assert f"your time zone is {HERE}" in person.home()


async def test_nobody_is_warned_of_a_zone_that_slack_does_not_name(town):
    with heard() as logs:
        await zoe(town)
        await keep_up(town.bot.database)
    assert [one for one in logs if "zone" in one["event"]] == []
