"""What Slack does not show where it belongs is said in the person's direct messages: whatever is done is seen."""

from datetime import timedelta

import pytest

from playground.faults import Fault
from tests.double import at_once, click_on
from tests.forged import hears, spoken
from tests.undelivered import provoked

HERE = "Europe/Ljubljana"
STANDS = "This is how it stands"


async def evening(town):
    ana = town.person("ana")
    await ana.says("/followup Acme today send the ROI sheet", channel="sales")
    await ana.opens_home()
    await town.jump("16:40", HERE)
    await ana.says("help")  # in the direct messages now, and not on Home
    return ana


def new(person, before):
    return "\n".join(person.sees()[before:])


@pytest.mark.parametrize(
    "error",
    ["message_not_found", "is_inactive", "edit_window_closed", "cant_update_message", "channel_not_found"],
)
async def test_a_message_that_cannot_be_changed_any_more_is_said_anew_and_home_is_right(team, error):
    ana = await evening(team)
    before = len(ana.sees())
    team.server.faults.plan("chat.update", Fault("refused", error=error), times=2)
    await ana.ticks("Acme", where=team.dm("ana"))
    provoked(team)
    assert STANDS in new(ana, before)
    assert "Acme, send the ROI sheet, done. [Undo]" in new(ana, before)
    assert "All done" in ana.home()


async def test_a_deleted_message_is_said_anew_once_and_the_new_one_is_answered_in_its_place(team):
    ana = await evening(team)
    click = click_on(team, ana, "followup.tick", option="*Acme* send the ROI sheet")
    for one in team.server.workspace.channels[team.dm("ana")].messages:
        one.deleted = "still open" in one.text
    before = len(ana.sees())
    await at_once(team, click)
    # The second press may have edited what the first had said anew: that it stands anew is gone then.
    assert new(ana, before).count("Acme, send the ROI sheet, done. [Undo]") == 1
    await ana.clicks("Undo", where=team.dm("ana"))
    provoked(team)
    assert "☐ Acme send the ROI sheet" in new(ana, before)
    assert new(ana, before).count("Acme") == 1
    await ana.ticks("Acme", where=team.dm("ana"))
    assert "☐ Acme send the ROI sheet" not in new(ana, before)
    above = team.server.workspace.channels[team.dm("ana")].messages[-1]
    await hears(team, "ana", spoken(team, "ana", "reopen", thread_ts=above.ts))
    assert "☐ Acme send the ROI sheet" in new(ana, before)


@pytest.mark.parametrize("fault", [Fault("failed"), Fault("ratelimited"), Fault("lost"), Fault("dropped")])
async def test_a_hiccup_is_tried_once_more_and_nothing_is_said_twice(team, fault):
    ana = await evening(team)
    before = len(ana.sees())
    team.server.faults.plan("chat.update", fault)
    await ana.ticks("Acme", where=team.dm("ana"))
    provoked(team)
    assert new(ana, before) == ""
    assert any("Acme, send the ROI sheet, done. [Undo]" in text for text in ana.sees())


async def test_home_is_right_after_slack_was_in_trouble(team):
    ana = await evening(team)
    team.server.faults.plan("views.publish", Fault("failed"), times=2)
    await ana.ticks("Acme", where=team.dm("ana"))
    provoked(team)
    assert "All done" in ana.home()


async def test_a_button_whose_answer_cannot_be_whispered_is_answered_in_the_direct_messages(team):
    ana = team.person("ana")
    await ana.says("/log 1 call", channel="sales")
    click = click_on(team, ana, "undo") | {"response_url": f"{team.server.url}/respond/gone"}
    before = len(ana.sees())
    await at_once(team, click)
    provoked(team)
    assert "1 call" in new(ana, before)


@pytest.mark.parametrize("minutes", [31, 59, 600])
async def test_an_old_button_works_and_its_answer_is_seen(team, minutes):
    ana = team.person("ana")
    await ana.says("/followup Acme Fri call Dana", channel="sales")
    click = click_on(team, ana, "followup.menu", option="Done")
    await team.clock.advance(timedelta(minutes=minutes))
    await team.server.settled()
    before = len(ana.sees())
    await at_once(team, click)
    provoked(team)
    assert "Done: Acme, call Dana" in new(ana, before)


async def test_a_button_used_more_often_than_slack_lets_it_answer_is_answered_all_the_same(team):
    ana = team.person("ana")
    await ana.says("/followup Acme Fri call Dana", channel="sales")
    click = click_on(team, ana, "followup.menu", option="Done")
    hook = click["response_url"].rpartition("/")[2]
    for _ in range(5):
        team.server.double.hooks.use(hook, team.clock.now())
    before = len(ana.sees())
    await at_once(team, click)
    provoked(team)
    assert "Done: Acme, call Dana" in new(ana, before)


async def test_the_same_click_again_is_not_said_again(team):
    ana = team.person("ana")
    await ana.says("/followup Acme Fri call Dana", channel="sales")
    click = click_on(team, ana, "followup.menu", option="Done") | {
        "response_url": f"{team.server.url}/respond/gone"
    }
    for _ in range(2):
        await at_once(team, click)
    provoked(team)
    assert len([text for text in ana.sees() if "Done: Acme" in text]) == 1


async def test_where_a_form_does_not_open_that_is_said(team):
    ana = team.person("ana")
    await ana.says("/followup Acme Fri call Dana", channel="sales")
    team.server.faults.plan("views.open", Fault("failed"))
    before = len(ana.sees("sales"))
    await ana.chooses("⋯", "Change…", where="sales")
    provoked(team)
    assert "did not open" in "\n".join(ana.sees("sales")[before:])
