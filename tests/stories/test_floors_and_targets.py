"""Floors and targets beside what the examples of craft hold: who may, way back, and nothing told again so soon."""

from sales.nudges.end_of_day import END_OF_DAY
from storage.nudges.mute import set_mutes
from tests.known import WORKSPACE
from tests.stories.craft import books, lived
from tests.stories.craft.lived import has
from tests.stories.face.seen import presses
from tests.stories.pipeline import books as deals
from tests.stories.pipeline.books import TODAY, days
from tests.stories.pipeline.walked import asks, fills_in


async def test_a_role_is_given_by_the_manager_and_taken_back(team):
    ana, mia = team.person("ana"), team.person("mia")
    assert has(r"Mia", await asks(ana, "/team role @ana AM", "sales"))
    assert has(r"Ana Kovač is AM now", await asks(mia, "/team role @ana AM", "sales"))
    assert has(r"Ana Kovač\s+AM\s", await asks(mia, "/team floors", "sales"))
    await asks(mia, "/rainmaker undo", "sales")
    assert has(r"Ana Kovač\s+AE, no role yet", await asks(mia, "/team floors", "sales"))


async def test_a_rep_reads_the_floors_and_nobody_elses_week(team):
    said = await asks(team.person("ana"), "/team floors", "sales")
    assert has(r"SDR\s+60 a week", said)
    assert "Ben" not in said
    assert "[Edit floors]" not in said


async def test_a_team_that_logs_nothing_here_hears_of_no_default(team):
    ana, mia = team.person("ana"), team.person("mia")
    before = lived.mark(ana, mia)
    await lived.lives(team, TODAY, TODAY + days(7))
    assert not [one for one in (*lived.since(ana, before), *lived.since(mia, before)) if "floor" in one]


async def test_a_month_without_a_deal_is_told_once_in_four_weeks(team):
    mia = team.person("mia")
    await deals.stands(team, "Granary", age=33)
    before = lived.mark(mia)
    await lived.lives(team, TODAY, TODAY + days(21), hours=("09:45",))
    assert sum(has(r"No new deal in 30 days: Ana", one) for one in lived.since(mia, before)) == 1


async def test_leave_moves_the_middle_of_the_week(team):
    ana, mia = team.person("ana"), team.person("mia")
    await asks(mia, "/team role @ana SDR", "sales")
    await books.on_leave(team, TODAY, TODAY + days(1))
    before = lived.mark(ana)
    await lived.lives(team, TODAY, TODAY + days(4))
    came = lived.arrived(ana, before, r"below your floor")
    assert [one.day for one in came] == [17]  # Thursday of three days; 36 of 60
    assert has(r"0 of 36", "\n".join(lived.since(ana, before)))


async def test_who_was_reached_by_nothing_in_mid_week_is_not_said_to_have_read_of_it(team):
    """Evenings are switched off: whoever leads reads that they are the first to say it to Ana."""
    ana, mia = team.person("ana"), team.person("mia")
    await asks(mia, "/team role @ana SDR", "sales")
    async with team.bot.database.write(WORKSPACE) as scope:
        await set_mutes(scope, "U1", [END_OF_DAY], [END_OF_DAY])
    before = lived.mark(ana, mia)
    await lived.lives(team, TODAY, TODAY + days(7))
    [said] = [one for one in lived.since(mia, before) if has(r"^Below the floor", one)]
    assert has(r"No message reached|but for Ana", said), said
    assert not lived.arrived(ana, before, r"below your floor")


async def test_a_target_is_taken_off_and_put_back(team):
    ana = team.person("ana")
    await asks(ana, "/lead target Alder", "sales")
    await asks(ana, "/lead targets", "sales")
    await presses(ana, r"^Add target", where="sales")
    assert ana.modal()
    await fills_in(ana, {r"account": "Birch"})
    await ana.closes(everything=True) if ana.modal() else None
    assert "Birch" in await asks(ana, "/lead targets", "sales")
    await ana.chooses("Take off the list…", "Birch", where="sales")
    assert "Birch" not in await asks(ana, "/lead targets", "sales")
    await asks(ana, "/rainmaker undo", "sales")
    assert "Birch" in await asks(ana, "/lead targets", "sales")


async def test_a_role_is_chosen_beside_the_rep(team):
    mia = team.person("mia")
    await asks(mia, "/team floors", "sales")
    await mia.chooses("Role", "SDR", near="Ana", where="sales")
    assert has(r"Ana Kovač\s+SDR\s", await asks(mia, "/team floors", "sales"))


async def test_targets_of_a_rep_are_for_their_manager(team):
    ana, ben = team.person("ana"), team.person("ben")
    await asks(ana, "/lead target Alder", "sales")
    assert has(r"for their managers", await asks(ben, "/lead targets @ana", "sales"))
    assert "Alder" in await asks(team.person("mia"), "/lead targets @ana", "sales")


async def test_a_role_given_today_does_not_judge_last_week(team):
    ana, mia = team.person("ana"), team.person("mia")
    await lived.lives(team, TODAY, TODAY + days(3))
    for at in range(14):
        await asks(ana, f"/log call Firm{at} about price", "sales")
    said = await asks(mia, "/team role @ana SDR", "sales")
    assert has(r"keeps its floor as AE; from Mon 21 Sep on", said)
    assert has(r"Ana Kovač\s+SDR\s+\d+ of 25", await asks(mia, "/team floors", "sales"))
    assert has(
        r"of 25.*From Mon 21 Sep on you count as SDR: 60 activities", await asks(ana, "/why floor", "sales")
    )
    before = lived.mark(mia)
    await lived.lives(team, TODAY + days(4), TODAY + days(7), hours=("09:45",))
    told = "\n".join(lived.since(mia, before))
    assert has(r"Ana Kovač 14 of 25 \(AE\)", told)
    assert "SDR" not in told


async def test_what_is_said_again_changes_nothing(team):
    mia = team.person("mia")
    await asks(mia, "/team role @ana SDR", "sales")
    assert has(r"Nothing changed", await asks(mia, "/team role @ana SDR", "sales"))
    await asks(mia, "/team floors", "sales")
    await presses(mia, r"^Edit floors", where="sales")
    await mia.submits()
    assert has(r"Nothing changed", mia.modal() or "")
