"""How long things are kept: everybody may know, admins decide, and the heartbeat does it."""

import pytest
from sqlmodel import select

from storage.inbox import InboxRow
from storage.undo import UndoRow
from tests.known import WORKSPACE
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")


async def test_a_rep_reads_how_long_things_are_kept(team):
    said = await asks(team.person("ana"), "/rainmaker retention")
    assert "Messages that were sent are kept 730 days" in said
    assert team.person("ana").modal() is None


async def test_an_admin_decides_it_and_takes_it_back(team):
    mia = team.person("mia")
    await mia.says("/rainmaker retention")
    await mia.fills("Messages that were sent are kept, days", "400")
    await mia.submits()
    assert "Messages that were sent are kept 400 days" in await asks(
        team.person("ana"), "/rainmaker retention"
    )
    assert "Mia Horvat: retention: how long things are kept" in await asks(mia, "/rainmaker access")
    await mia.says("/rainmaker undo")
    assert "Messages that were sent are kept 730 days" in await asks(
        team.person("ana"), "/rainmaker retention"
    )


async def test_too_short_a_time_is_refused_under_its_field(team):
    mia = team.person("mia")
    await mia.says("/rainmaker retention")
    await mia.fills("Messages that were sent are kept, days", "89")
    await mia.submits()
    assert mia.modal_errors() == {
        "Messages that were sent are kept, days": "Please enter a number that is at least 90."
    }


async def test_the_heartbeat_lets_go_of_what_is_past_its_days(team):
    await team.person("ana").says("/log 5 calls")
    await team.jump("2026-09-18 10:00", "Europe/Ljubljana")
    await team.bot.catch_up()
    async with team.bot.database.read(WORKSPACE) as scope:
        actions = [row.summary for row in await scope.session.exec(select(UndoRow))]
        asked = [row.key for row in await scope.session.exec(select(InboxRow)) if "command" in row.key]
    assert actions == asked == []
