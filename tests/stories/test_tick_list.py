"""The list of promises: boxes to tick, twenty a page, and one form that moves or drops several."""

import json

from tests.double import at_once, click_on

NUMBER = 25


async def promised(town, number=NUMBER, day="today"):
    ana = town.person("ana")
    for one in range(number):
        await ana.says(f"/followup Zed{one:02} {day} send proposal {one:02} because they asked on the phone")
    return ana


async def test_twenty_five_due_today_are_twenty_and_five_more(team):
    ana = await promised(team)
    [said] = await ana.says("/followup")
    assert said.count("☐") == 20
    assert "and 5 more, due today" in said
    assert "☐ Zed00 send proposal 00 (they asked on the phone)" in said
    message = ana.message("open follow-ups")
    assert len(json.dumps(message.blocks, ensure_ascii=False)) < 8_000
    await ana.clicks("Next")
    assert ana.sees()[-1].count("☐") == 5
    await ana.ticks("Zed24")
    assert "24 due by today" in ana.sees()[-1]
    assert "Zed24, send proposal 24, done. [Undo]" in ana.sees()[-1]
    await ana.clicks("Undo")
    assert "☐ Zed24 send proposal 24" in ana.sees()[-1]
    assert "25 due by today" in ana.sees()[-1]


async def test_several_are_moved_and_dropped_in_one_form_and_come_back_with_one_undo(team):
    ana = await promised(team, 3)
    await ana.says("/followup")
    await ana.clicks("Move or drop…")
    await ana.submits()
    assert list(ana.modal_errors().values()) == ["Please complete this required field."]
    await ana.ticks("Zed00")
    await ana.ticks("Zed02")
    await ana.chooses("What happens to them?", "Move to another day, chosen below")
    await ana.submits()
    assert list(ana.modal_errors().values()) == ["Which day?"]
    await ana.fills("Another day", "2026-09-24")
    await ana.submits()
    assert ana.modal() is None
    assert "2 promises, moved to Thu 24 Sep. [Undo]" in ana.sees()[-1]
    assert "☐ Zed00 send proposal 00 (Thu 24 Sep · they asked on the phone)" in ana.sees()[-1]
    await ana.clicks("Undo")
    [said] = await ana.says("/followup")
    assert "3 due by today" in said


async def test_one_that_is_chosen_can_be_changed(team):
    ana = await promised(team, 2)
    await ana.says("/followup")
    await ana.clicks("Move or drop…")
    await ana.ticks("Zed00")
    await ana.ticks("Zed01")
    await ana.chooses("What happens to them?", "Change what one says…")
    await ana.submits()
    assert list(ana.modal_errors().values()) == ["Tick just one to change what it says."]
    await ana.ticks("Zed01", off=True)
    await ana.submits()
    await ana.fills("What will happen?", "send the final proposal")
    await ana.submits()
    assert "☐ Zed00 send the final proposal" in ana.sees()[-1]


async def test_a_box_of_somebody_elses_list_ticks_nothing(team):
    ana, ben = await promised(team, 1), team.person("ben")
    await ben.says("/followup Acme today call")
    await ben.says("/followup")
    click = click_on(team, ben, "followup.tick", option="*Acme* call")
    click["user"]["id"] = ana.person.id
    await at_once(team, click)
    assert "1 due by today" in (await ben.says("/followup"))[0]
