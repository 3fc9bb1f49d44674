"""What a manager and a rep read within a week agrees with itself: talks, notes and welcomes as they stand then."""

from tests.stories.face.test_mornings_and_periods import morning, wants_mornings

HERE = "Europe/Ljubljana"


async def test_a_talk_counts_no_promise_of_today_and_home_opens_what_it_names(team):
    mia, ana, ben = team.person("mia"), team.person("ana"), team.person("ben")
    await ben.says("/goal 100k this quarter", channel="sales")
    await ana.says("/followup Acme today send the sheet", channel="sales")
    await ana.says("/followup Globex tue call them", channel="sales")
    await ana.says("/followup done acme", channel="sales")
    await team.jump("2026-09-15T09:10", HERE)
    await mia.opens_home()
    await mia.clicks("Prepare", where="home", near="Ana Kovač")
    assert "Kept 1 of 1 promise" in mia.modal()
    await mia.closes()
    before = len(mia.sees())
    await mia.clicks("All 2", where="home")
    assert "Ana Kovač" in mia.modal()
    assert "no goal yet" in mia.modal()
    assert any("Ana Kovač" in one for one in mia.sees()[before:])  # as Slack's own table, in messages


async def test_an_undo_that_is_over_says_so_over_home(team):
    ana = team.person("ana")
    await ana.says("/followup Acme today send the sheet", channel="sales")
    await ana.opens_home()
    await ana.ticks("Acme", where="home")
    assert "[Undo]" in ana.home()
    await team.jump("+109m")
    await ana.clicks("Undo", where="home")
    assert "undo works for 10 minutes" in ana.modal()


async def test_what_was_moved_is_not_called_done_in_the_morning(team):
    ana = team.person("ana")
    for name in ("Acme", "Globex"):
        await ana.says(f"/followup {name} today call them", channel="sales")
    await wants_mornings(ana)
    await team.jump("13:00", HERE)
    await morning(team, "2026-09-15")
    await ana.clicks("Move all to tomorrow", where=team.dm("ana"))
    assert "All done" not in ana.sees()[-1]
    assert "Nothing is due." in ana.sees()[-1]


async def test_whoever_has_a_goal_is_not_asked_for_one_in_the_welcome(team):
    ana = team.person("ana")
    await ana.says("/goal 100k this quarter", channel="sales")
    await ana.opens_home()
    [hello] = [one for one in ana.sees() if "I am Rainmaker" in one]
    assert "What is your number" not in hello
    assert "Set my goal" not in hello
