"""“Should we have been there?” comes back: losses propose a change of the profile, a manager takes it or not."""

import pytest

from tests.stories.craft.lived import has
from tests.stories.face.seen import presses
from tests.stories.leads import books
from tests.stories.leads.books import HERE, Firm
from tests.stories.leads.prospected import PROFILE, fit, offers, opens, reads, scores, states

pytestmark = pytest.mark.engines("sqlite")

ACCEPT, DECLINE = r"^(accept|take|change it|yes)", r"^(decline|keep|leave|no\b|not)"


@pytest.fixture
async def taught(team, mia):
    """Wanted: logistics and retail. Of seven losses in retail six were never ours; of seven in logistics none."""
    await states(mia, sector="Logistics, Retail")
    await books.lost_and_looked_back(team, "Retail", 1, 6)
    await books.lost_and_looked_back(team, "Logistics", 7, 0)
    await books.accounts(team, Firm("Birch Shops", "Retail", 120))
    await books.stand_open(team, ("Birch Shops",))
    await team.jump("2026-10-01 11:00", HERE)  # a new month, if it is then that it is worked out


async def page(person) -> str:
    return await reads(person, r"ideal client", *PROFILE, helped=r"ideal client")


async def test_losses_that_were_not_ours_propose_a_change(taught, mia):
    """Six of seven (#33 into #30): the page of the profile proposes it with its figures, and asks the manager."""
    said = await page(mia)
    assert has(r"Retail[^\n]*\b6 of (the |your )?7\b|\b6 of (the |your )?7\b[^\n]*Retail", said), said
    await opens(mia, r"ideal client", *PROFILE)
    assert offers(mia, ACCEPT)
    assert offers(mia, DECLINE)
    assert not has(r"Logistics[^\n]*\b0 of (the |your )?7\b[^\n]*\?", said), said


async def test_an_accepted_change_is_made(taught, mia, ana):
    """Accepted (#30): retail fits less than before, and it is not proposed again."""
    before, _ = scores(await fit(ana, "Birch Shops"))
    await opens(mia, r"ideal client", *PROFILE)
    await presses(mia, ACCEPT, where="sales")
    after, _ = scores(await fit(ana, "Birch Shops"))
    assert before is not None
    assert after is not None
    assert after < before
    assert not has(r"6 of (the |your )?7", await page(mia))


async def test_a_declined_change_is_not_made_and_not_asked_again(taught, mia, ana):
    """Declined (#30): the profile as it was, and no second question about the same losses."""
    before, _ = scores(await fit(ana, "Birch Shops"))
    await opens(mia, r"ideal client", *PROFILE)
    await presses(mia, DECLINE, where="sales")
    assert scores(await fit(ana, "Birch Shops"))[0] == before
    assert "Retail" in await page(mia)
    assert not has(r"6 of (the |your )?7", await page(mia))


async def test_one_loss_proposes_nothing(team, mia):
    """A single “no” (#33): no change is proposed from it."""
    await states(mia, sector="Logistics, Retail")
    await books.lost_and_looked_back(team, "Retail", 0, 1)
    await team.jump("2026-10-01 11:00", HERE)
    await opens(mia, r"ideal client", *PROFILE)
    assert not offers(mia, ACCEPT)
