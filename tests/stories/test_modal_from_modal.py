"""A modal that answers a click in a modal: it takes that one's place, and what was done is said in it."""

import pytest

from tests.double import at_once, click_on

pytestmark = pytest.mark.engines("sqlite")


async def saved(town):
    """Ana saved a follow-up from the form and looks at its card in the modal."""
    ana = town.person("ana")
    await ana.opens_home()
    await ana.clicks("+ Follow-up", where="home")
    await ana.fills("Who is it with?", "Acme")
    await ana.fills("What will happen?", "Send the ROI sheet")
    await ana.submits()
    assert "Acme Send the ROI sheet, Mon 14 Sep" in ana.modal()
    return ana


async def test_a_follow_up_dropped_from_the_modal_that_saved_it_is_confirmed_there(team):
    ana = await saved(team)
    await ana.chooses("⋯", "Drop…", where="modal")
    assert "Why is it no longer needed?" in ana.modal()
    await ana.fills("Why is it no longer needed?", "Another supplier")
    await ana.submits()
    assert "Dropped: Acme, Send the ROI sheet" in ana.modal()
    await ana.closes()
    assert ana.modal() is None


async def test_a_follow_up_changed_from_the_modal_that_saved_it_is_shown_there(team):
    ana = await saved(team)
    await ana.chooses("⋯", "Change…", where="modal")
    await ana.fills("What will happen?", "Send the price list")
    await ana.submits()
    assert "Acme Send the price list" in ana.modal()
    await ana.chooses("⋯", "Done", where="modal")
    assert "Done: Acme, Send the price list" in ana.modal()


async def test_a_form_that_is_told_something_before_its_last_answer_came_shows_both(team):
    ana = team.person("ana")
    await ana.says("/goal set")
    first = click_on(team, ana, "goal.metric", option="Demos (activities)")
    second = click_on(team, ana, "goal.metric", option="Meetings (activities)")  # of the same view, as it was
    await at_once(team, first, second)
    assert team.server.problems == []
