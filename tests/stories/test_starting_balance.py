"""What was won before: asked once, counted once, and an import never adds to it."""

import pytest

from handlers.imports.files.run import bring_in
from storage.imports.files.undo import take_back
from tests.known import WORKSPACE
from tests.stories.face.seen import home_lines

pytestmark = pytest.mark.engines("sqlite")

GOAL = "/goal 60k this quarter because of last year"
HEADER = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"


async def imported(team, tmp_path, rows):
    path = tmp_path / "sales_pipeline.csv"
    lines = [
        f"{at},Ana Kovač,GTX,Acme,Won,2026-07-0{at},{on},{value}\n" for at, (on, value) in enumerate(rows, 1)
    ]
    path.write_text(HEADER + "".join(lines), "utf-8")
    return (await bring_in(team.bot.database, WORKSPACE, path, team.clock.now)).run_id


async def says_won(ana, amount="21k"):
    await ana.says(GOAL, channel="sales")
    await ana.clicks("Enter what is won", where="sales")
    await ana.fills("Won before 14 Sep", amount)
    await ana.submits()
    said = ana.modal() or ""
    await ana.closes(everything=True)
    return said


async def goal(ana):
    return "\n".join(await ana.says("/goal", channel="sales"))


async def test_nothing_calls_a_goal_behind_before_it_is_said_what_was_won(team):
    ana = team.person("ana")
    said = "\n".join(await ana.says(GOAL, channel="sales"))
    assert "What have you already won in Q3? Until that is said, nothing tells where the goal stands." in said
    await ana.opens_home()
    for shown in (
        await goal(ana),
        "\n".join(home_lines(ana)),
        "\n".join(await ana.says("/goal chart", channel="sales")),
    ):
        assert "$0 of $60k what is already won is not said yet" in " ".join(shown.replace("·", "").split())
        assert "behind" not in shown
        assert "chance" not in shown


async def test_nor_does_the_teams_runway_advise_before_that(team):
    """What a rep's goal lacks is unknown, so what the team's goals lack together is too, on every surface of it."""
    ana, mia = team.person("ana"), team.person("mia")
    await ana.says(GOAL, channel="sales")
    (said,) = await mia.says("/runway team", channel="sales")
    assert "Until it is said what is already won, nothing tells what is missing." in said
    assert "$0 of $60k" in said
    assert "Needed" not in said
    (said,) = await mia.says("/lead flow", channel="sales")
    assert "cannot be told until it is said what is already won" in said
    await ana.clicks("Enter what is won", where="sales")
    await ana.fills("Won before 14 Sep", "21k")
    await ana.submits()
    await ana.closes(everything=True)
    (said,) = await mia.says("/runway team", channel="sales")
    assert "$21k of $60k" in said
    assert "Until it is said" not in said


async def test_it_counts_from_the_day_it_was_said_and_what_is_won_then_counts_too(team):
    ana = team.person("ana")
    assert "$21,000 was won before 14 Sep and counts towards Q3." in await says_won(ana)
    assert "$21k of $60k" in await goal(ana)
    await ana.says("/deal Acme 5k", channel="sales")
    won = "\n".join(await ana.says("/deal won Acme 5k", channel="sales"))
    assert "$26,000 of $60,000" in won
    why = "\n".join(await ana.says("/why revenue", channel="sales"))
    assert "Starting balance: $21,000 was there before, as of 14 Sep" in why
    assert "1 won deal" in why
    await ana.opens_home()
    assert "$26k of $60k" in " ".join(home_lines(ana))


@pytest.mark.parametrize("typed", ["0", "nothing"])
async def test_nothing_is_an_answer_too(team, typed):
    ana = team.person("ana")
    assert "Nothing was won in Q3 before 14 Sep." in await says_won(ana, typed)
    assert "not said yet" not in await goal(ana)
    assert "not started yet" in await goal(ana)


async def test_two_weeks_of_silence_are_an_answer(team):
    ana = team.person("ana")
    await ana.says("/goal 60k in 2026 because of last year", channel="sales")
    assert "not said yet" in await goal(ana)
    await team.jump("2026-09-28 11:00", "Europe/Ljubljana")
    assert "behind" in await goal(ana)


async def test_an_import_of_those_days_asks_which_counts_and_until_then_it_is_what_was_said(team, tmp_path):
    ana = team.person("ana")
    await says_won(ana)
    run = await imported(team, tmp_path, [("2026-08-03", 5000), ("2026-08-20", 7000), ("2026-09-14", 4000)])
    assert "$25k of $60k" in await goal(ana)
    await team.jump("2026-09-14 13:00", "Europe/Ljubljana")
    asked = ana.sees()[-1]
    assert "2 imported deals, $12,000, were won before 14 Sep. You said $21,000. Which counts?" in asked
    assert "Never both: until you answer, your $21,000 counts." in asked
    await ana.clicks("Replace it with the deals: $12,000", where=team.dm("ana"))
    await team.server.settled()
    assert "The deals from before 14 Sep count now, in the place of $21,000." in ana.sees()[-1]
    assert "$16k of $60k" in await goal(ana)
    await ana.clicks("Undo", where=team.dm("ana"))
    await team.server.settled()
    assert "$25k of $60k" in await goal(ana)
    await take_back(team.bot.database, WORKSPACE, run, team.clock.now)
    assert "$21k of $60k" in await goal(ana)


async def test_who_keeps_what_they_said_is_not_asked_again(team, tmp_path):
    ana = team.person("ana")
    await says_won(ana)
    await imported(team, tmp_path, [("2026-08-03", 5000)])
    await team.jump("2026-09-14 13:00", "Europe/Ljubljana")
    await ana.clicks("Keep $21,000", where=team.dm("ana"))
    await team.server.settled()
    count = len(ana.sees())
    await imported(team, tmp_path, [("2026-08-03", 5000), ("2026-08-04", 6000)])
    await team.jump("2026-09-14 14:30", "Europe/Ljubljana")
    assert len(ana.sees()) == count
    assert "$21k of $60k" in await goal(ana)


async def test_a_record_is_not_asked_about_and_not_talked_over(team, tmp_path):
    ana = team.person("ana")
    await ana.says(GOAL, channel="sales")
    await imported(team, tmp_path, [("2026-08-03", 5000)])
    assert "not said yet" not in await goal(ana)
    assert "$5k of $60k" in await goal(ana)


async def test_the_welcome_offers_it_and_a_manager_answers_for_a_rep(team):
    ana, mia = team.person("ana"), team.person("mia")
    await ana.opens_home()
    await ana.says(GOAL, channel="sales")
    await ana.clicks("Enter what is won", where=team.dm("ana"))
    await ana.fills("Won before 14 Sep", "21k")
    await ana.submits()
    await ana.closes(everything=True)
    assert "$21k of $60k" in await goal(ana)
    said = "\n".join(await mia.says("/goal set @ben 40k this quarter because of last year", channel="sales"))
    assert "What has" in said
    await mia.clicks("Nothing yet", where="sales")
    await team.server.settled()
    assert "not started yet" in "\n".join(await team.person("ben").says("/goal", channel="sales"))
