"""What is still promised for a deal that is over: asked with the answer that closes it, one tap, kept unless said."""

import pytest

from sales.followups.followup import FollowUpState
from storage.followups.followup import FollowUpRow
from tests.known import WORKSPACE
from tests.stories.pipeline import books
from tests.stories.pipeline.walked import does, turns_to

HERE = books.HERE
ASKED = "Still promised: send the quote, Thu 17 Sep. It stays unless you say otherwise."
pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
async def ana(team):
    await books.stands(team, "Lockside", age=20)
    await team.person("ana").says("/followup Lockside thursday send the quote")
    return team.person("ana")


async def state(team, number=1):
    async with team.bot.database.read(WORKSPACE) as scope:
        row = await scope.session.get(FollowUpRow, number)
        return row.state, row.drop_reason


@pytest.mark.parametrize("line", ["lost Lockside price", "won Lockside", "park Lockside until 1 oct"])
async def test_closing_asks_and_one_tap_settles_it(ana, team, line):
    (said,) = await ana.says(f"/deal {line}")
    assert ASKED in said
    await ana.clicks("Drop it")
    assert await state(team) == (FollowUpState.DROPPED, "the deal is over")
    said = ana.sees()[-1]
    assert "Dropped: send the quote." in said
    assert "Next: send the quote" not in said
    await ana.clicks("Undo")
    assert await state(team) == (FollowUpState.OPEN, "")


async def test_nothing_pressed_keeps_it_and_the_card_of_the_lost_deal_still_asks(ana, team):
    await ana.says("/deal lost Lockside price")
    await ana.clicks("Keep")
    assert "Kept: send the quote, Thu 17 Sep." in ana.sees()[-1]
    assert (await state(team))[0] is FollowUpState.OPEN
    (card,) = await ana.says("/deal Lockside")
    assert ASKED in card
    assert "Next: " not in card
    await ana.clicks("Done")
    assert (await state(team))[0] is FollowUpState.DONE
    assert "Still promised" not in (await ana.says("/deal Lockside"))[0]


async def test_whoever_closes_anothers_deal_is_not_asked_and_the_owner_is_with_the_debrief(ana, team):
    mia = team.person("mia")
    await books.stands(team, "Granary", age=20, value=0)
    await ana.says("/followup Granary thursday send the quote")
    await turns_to(mia, "Granary", line="/pipeline @ana")
    await does(mia, r"^Lost", {r"what|why|reason": "Never answered"})
    assert "Still promised" not in mia.sees()[-1]
    await team.jump("2026-09-14 12:05", HERE)
    (asked,) = [one for one in ana.sees() if "was lost" in one]
    assert "Still promised for Granary: send the quote, Thu 17 Sep." in asked
    await ana.clicks("Drop it")
    assert (await state(team, 2))[0] is FollowUpState.DROPPED
    (asked,) = [one for one in ana.sees() if "was lost" in one]
    assert "Still promised" not in asked
    assert "Should we have been there" in asked


async def test_a_promise_goes_on_with_the_deal_that_stays_and_with_whoever_takes_over(ana, team):
    await books.stands(team, "Granary", age=20)
    said = await ana.says("/deal merge Lockside into Granary")
    assert "Next: send the quote, Thu 17 Sep" in said[0]
