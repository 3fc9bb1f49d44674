"""Whoever is taken out of a team leaves work behind: said at once, in sight until it is handed over in a form."""

import pytest

from tests.setup_story import member
from tests.stories.pipeline import books

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
async def mia(team):
    """Ben has one deal and a promise, and Mia takes him out of the team."""
    await books.stands(team, "Granary", age=20, value=7_000_00, owner="U2")
    await team.person("ben").says("/followup Granary friday send the quote")
    mia = team.person("mia")
    await mia.says("/team people")
    await mia.chooses("Reps", ["ana", "raj"])
    await mia.submits()
    return mia


async def test_it_is_said_at_once_with_one_tap_to_hand_over(mia, team):
    assert "No longer in the team: Ben Ito. Their messages stop." in mia.modal()
    assert "Ben Ito left: 1 deal, $7k and 1 follow-up." in mia.modal()
    await mia.clicks("Hand over…", where="modal")
    await mia.chooses("Who takes over", "ana")
    await mia.submits()
    assert "Ana Kovač has what Ben Ito had open: 1 deal and 1 follow-up." in mia.modal()
    await mia.closes(everything=True)
    assert "Granary" in (await team.person("ana").says("/deal"))[0]
    assert "Ben Ito" not in (await mia.says("/pipeline team"))[0]


async def test_it_stays_in_sight_of_the_team_until_it_is_handed_over(mia, team):
    await mia.closes(everything=True)
    (said,) = await mia.says("/pipeline team")
    assert "Ben Ito left the team: 1 deal, $7k, until somebody takes it over" in said
    await books.was_won(team, "Alder", books.TODAY - books.days(4))
    (digest,) = await mia.says("/team digest")
    assert "1 deal of somebody who left, $7k, waits to be handed over: /team handover." in digest.replace(
        "`", ""
    )
    (his,) = await mia.says("/pipeline @ben")
    assert "Ben Ito: $7k on paper" in his
    await mia.says("/team handover")
    await mia.chooses("Who leaves", "Ben Ito")


async def test_whoever_is_back_has_left_no_team(mia, team):
    await mia.closes(everything=True)
    await mia.says("/team people")
    await mia.chooses("Reps", ["ana", "ben"])
    await mia.submits()
    assert "left: " not in mia.modal()
    assert (await member(team, "U2")).left_team_id is None
    await mia.closes(everything=True)
    assert "left the team" not in (await mia.says("/pipeline team"))[0]


async def test_an_account_that_was_closed_leaves_its_deals_in_sight_too(team):
    await books.stands(team, "Granary", age=20, value=7_000_00, owner="U2")
    await team.server.change_person("U2", deleted=True)
    assert "Ben Ito left the team: 1 deal, $7k" in (await team.person("mia").says("/pipeline team"))[0]
