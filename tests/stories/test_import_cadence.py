"""How old numbers are: said in one line on Home and in the digest, and only where they are old."""

from datetime import date

import pytest

from handlers.imports.files.run import bring_in
from storage.imports.files.undo import take_back
from tests.known import WORKSPACE
from tests.stories.face.books import still_open
from tests.stories.face.seen import home_lines

pytestmark = pytest.mark.engines("sqlite")

HERE = "Europe/Ljubljana"
HEADER = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"


async def imported(team, tmp_path, rows="1,Ana Kovač,GTX,Acme,Engaging,2026-07-01,,\n"):
    path = tmp_path / "sales_pipeline.csv"
    path.write_text(HEADER + rows, "utf-8")
    return await bring_in(team.bot.database, WORKSPACE, path, team.clock.now)


async def home(team, name):
    person = team.person(name)
    await person.opens_home()
    return "\n".join(home_lines(person))


async def test_a_reps_own_deals_that_nobody_touched_for_a_week_are_said_to_be_old(team):
    await still_open(team, "U1", 2, date(2026, 8, 3))
    assert "last updated" not in await home(team, "ana")
    await team.jump("2026-09-21 10:00", HERE)
    assert "last updated" not in await home(team, "ana")
    await team.jump("2026-09-22 10:00", HERE)
    assert (await home(team, "ana")).count("Your deals were last updated Mon 14 Sep.") == 1
    assert "last updated" not in await home(team, "ben")  # who has none


async def test_a_team_that_reads_of_itself_daily_is_told_after_three_days(team):
    await still_open(team, "U1", 2, date(2026, 8, 3))
    mia = team.person("mia")
    await mia.says("/team settings", channel="sales")
    await mia.chooses("Also a short digest on the other working days", "On")
    await mia.submits()
    await mia.closes(everything=True)
    await team.jump("2026-09-17 10:00", HERE)
    assert "last updated" not in await home(team, "ana")
    await team.jump("2026-09-18 10:00", HERE)
    assert "Your deals were last updated Mon 14 Sep." in await home(team, "ana")


async def test_an_import_that_changed_nothing_makes_deals_fresh_again(team, tmp_path):
    await imported(team, tmp_path)
    await team.jump("2026-09-23 10:00", HERE)
    assert "Your deals were last updated Mon 14 Sep." in await home(team, "ana")
    again = await imported(team, tmp_path)
    assert again.run_id is not None
    assert "last updated" not in await home(team, "ana")
    await take_back(team.bot.database, WORKSPACE, again.run_id, team.clock.now)
    assert "Your deals were last updated Mon 14 Sep." in await home(team, "ana")


async def test_an_import_that_should_have_come_is_said_once_to_whoever_reads_numbers(team, tmp_path):
    for day in ("2026-09-15", "2026-09-22", "2026-09-29"):
        await team.jump(f"{day} 11:00", HERE)
        await imported(team, tmp_path)
    late = "Deals were last imported Tue 29 Sep; usually that is every 7 days."
    await team.jump("2026-10-09 10:00", HERE)
    assert late not in await home(team, "ana")
    await team.jump("2026-10-10 10:00", HERE)
    for name in ("ana", "mia"):
        said = await home(team, name)
        assert said.count(late) == 1
        assert "Your deals were last updated" not in said
    (said,) = await team.person("mia").says("/team digest", channel="sales")
    assert late in said
    await imported(team, tmp_path)
    assert late not in await home(team, "ana")
