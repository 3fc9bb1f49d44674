"""Days as people type them: in their own tongue, by the working days of their calendar, and two in a line."""

import pytest

from tests.forged import add_described

HERE = "Europe/Ljubljana"


@pytest.fixture
async def eva(team):
    """Eva uses Slack in German, and speaks for the first time."""
    add_described(team, "U8", "eva", "Eva Acht", locale="de-DE")
    team.server.workspace.channels["C1"].members.append("U8")
    return team.person("eva")


async def test_a_day_is_read_in_the_tongue_of_ones_slack(team, eva):
    said = "\n".join(await eva.says("/followup Acme Freitag call Dana", channel="sales"))
    assert "Acme call Dana" in said
    assert "Fr., " in said
    said = "\n".join(await eva.says("/followup Globex 3/12 send it", channel="sales"))
    assert "3. Dez." in said


async def test_a_colleague_is_read_in_american_english(team):
    said = "\n".join(await team.person("ana").says("/followup Globex 12/3 send it", channel="sales"))
    assert "3 Dec" in said


async def test_a_pause_until_one_of_two_days_is_asked_about(team):
    ana = team.person("ana")
    said = "\n".join(await ana.says("/rainmaker pause until fri or mon", channel="sales"))
    assert "Which day do you mean" in said
    assert "[" in said
