"""Goals for a whole team: one action, told once it stands, private where it is private."""

import pytest

pytestmark = pytest.mark.engines("sqlite")


async def parts(mia, target="100k", how="Evenly"):
    """Open the form and go on to the fields of all reps."""
    await mia.says("/team goals", channel="sales")
    await mia.fills("Team target", target)
    await mia.chooses("How to split it", how)
    await mia.submits()


async def goal_of(town, name):
    return "\n".join(await town.person(name).says("/goal", channel="sales"))


async def test_undo_takes_all_back_and_nobody_hears_of_what_is_undone(team):
    mia = team.person("mia")
    await parts(mia)
    await mia.submits()
    assert "$100,000 revenue in Q3 2026 together, 2 goals" in mia.modal()
    assert "$50k revenue" in (await goal_of(team, "ana")) or "of $50k" in (await goal_of(team, "ana"))
    await mia.clicks("Undo")
    await mia.closes(everything=True)
    for name in ("ana", "ben"):
        assert "no goal" in await goal_of(team, name)
    await team.jump("2026-09-14 16:00", "Europe/Ljubljana")
    assert not any("your goal" in said for said in team.person("ana").sees())


async def test_each_is_told_of_their_own_goal_and_a_change_keeps_its_history(team):
    mia, ben = team.person("mia"), team.person("ben")
    await ben.says("/goal 30k this quarter", channel="sales")
    await parts(mia, how="By hand")
    await mia.fills("Ben Ito", "40k")
    await mia.submits()
    assert "The parts come to $40,000, $60,000 less than $100,000. Nothing was saved." in str(
        mia.modal_errors()
    )
    await mia.fills("Ana Kovač", "60k")
    await mia.submits()
    assert "Ben Ito: $40,000 (it was $30,000)" in mia.modal()
    await mia.closes(everything=True)
    await team.jump("2026-09-14 16:00", "Europe/Ljubljana")
    assert "Mia Horvat changed your goal: $40,000 revenue in Q3 2026; it was $30,000" in "\n".join(ben.sees())
    assert "Mia Horvat set your goal: $60,000 revenue in Q3 2026." in "\n".join(team.person("ana").sees())


async def test_a_goal_a_rep_set_for_themselves_is_not_read_out_to_their_manager(team):
    mia, ben = team.person("mia"), team.person("ben")
    await ben.says("/goal 33 calls this month", channel="sales")
    await mia.says("/team goals", channel="sales")
    await mia.fills("Or paste a list", "Ben 50\nAna 20\nTotal 70")
    await mia.chooses("What to measure", "Calls (activities)")
    await mia.chooses("By when", "September 2026, until Wed 30 Sep 2026")
    await mia.submits()
    assert not mia.modal_errors()
    assert "33" not in mia.modal()
    assert "Ben Ito: 50 calls" in mia.modal()
    assert "33" not in "\n".join(await mia.says("/goal @ben 40 calls this month", channel="sales"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Enter what the team is to reach"),
        ({"Team target": "100k", "Or paste a list": "Ana 60k"}, "$40,000 less than $100,000"),
        ({"Or paste a list": "Ana 60k\nTotal 50k"}, "$10,000 more than $50,000"),
    ],
)
async def test_what_does_not_add_up_is_said_under_its_field(team, fields, said):
    mia = team.person("mia")
    await mia.says("/team goals", channel="sales")
    for label, typed in fields.items():
        await mia.fills(label, typed)
    await mia.submits()
    assert said in " ".join(mia.modal_errors().values())
    await mia.closes(everything=True)
    assert "no goal" in await goal_of(team, "ana")


async def test_where_last_quarter_tells_nothing_or_the_target_is_too_small_another_way_is_named(team):
    mia = team.person("mia")
    await parts(mia, how="By what each brought last period")
    assert "Nobody in the team brought anything in Q2 2026" in str(mia.modal_errors())
    await mia.chooses("What to measure", "Deals won")
    await mia.chooses("How to split it", "Evenly")
    await mia.fills("Team target", "1")
    await mia.submits()
    assert "1 deal won among 2 reps leaves somebody without a part." in str(mia.modal_errors())


async def test_a_team_whose_reps_are_gone_has_nobody_to_set_goals_for(team):
    mia = team.person("mia")
    for name in ("ana", "ben"):
        await team.server.change_person(team.person(name).person.id, deleted=True)
    assert "no reps yet" in "\n".join(await mia.says("/team goals", channel="sales"))
