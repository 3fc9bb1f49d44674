"""Taken back after it was sent: a next step stands there again as it did, and what waits does not go out any more."""

import pytest

from tests.stories.craft.lived import has
from tests.stories.pipeline.walked import asks
from tests.stories.synced.returned import (
    NEXT_STEP,
    THERE,
    allows,
    approves,
    can,
    changes,
    closes,
    everything_said,
    later,
    looks,
    reply,
    sends,
    stands,
    taken,
)

pytestmark = pytest.mark.engines("sqlite")

HUBSPOT = pytest.mark.parametrize("there", ["hubspot"], indirect=True)  # where the vendor makes no difference


@HUBSPOT
async def test_a_next_step_that_is_taken_back_stands_there_as_before(team, crm, ana):
    """The step goes there by a yes; undone here it is gone, and another yes puts back what stood there."""
    deal = await stands(team, crm, next_step="call Dana")
    await allows(team.person("mia"), r"next step")
    await changes(ana, "next step")
    await sends(team, ana)
    assert NEXT_STEP in crm.read(deal)["next_step"]
    said = await asks(ana, "/rainmaker undo", "sales")
    assert has(r"HubSpot still has", said), said
    form = await looks(ana)
    assert has(r"call Dana", form), form
    await approves(team, ana)
    assert crm.read(deal)["next_step"] == "call Dana"
    assert len(taken(crm)) == 2


@HUBSPOT
async def test_what_is_taken_back_before_it_went_does_not_go(team, crm, ana):
    """With their side down a yes waits, which she hears; undone meanwhile, nothing is written once they are back."""
    deal = await stands(team, crm)
    await allows(team.person("mia"), r"clos")
    await changes(ana)
    await looks(ana)
    crm.faults.plan("/", "500", times=100_000)
    said = await approves(team, ana)
    assert has(r"waits: HubSpot does not answer", said), said
    await asks(ana, "/rainmaker undo", "sales")
    assert not can(ana), reply(ana)
    crm.faults.clear()
    await later(team)
    assert taken(crm) == []
    assert closes(crm, deal) == THERE
    assert not has(r"is sent to", everything_said(ana)), everything_said(ana)
