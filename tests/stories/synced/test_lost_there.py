"""A deal lost in the CRM is asked about like one lost here: once, and not those that a first pull brings."""

from datetime import date

import pytest

from tests.stories.craft.lived import has, mark, since
from tests.stories.synced.returned import later, stands
from tests.stories.synced.synced import ended, puts, synced

pytestmark = pytest.mark.engines("sqlite")


@pytest.mark.parametrize("there", ["hubspot"], indirect=True)  # where the vendor makes no difference
async def test_a_deal_lost_there_is_asked_about_once(team, crm, ana):
    """What a lost deal teaches: Lockside, lost at a pull, is asked about in one message, whatever changes then."""
    before = mark(ana)
    puts(crm, "Granary Road", stage=ended(crm, "lost"), close=date(2026, 9, 14))
    deal = await stands(team, crm)
    await later(team)
    assert not [one for one in since(ana, before) if has("Granary Road", one)]
    crm.change(deal, stage=ended(crm, "lost"), close=date(2026, 9, 14))
    await synced(team)
    await later(team)
    crm.change(deal, amount="25000")
    await later(team)
    asked = [one for one in since(ana, before) if has("Lockside", one)]
    assert len(asked) == 1, asked
    assert has(r"\blost\b|learn|there", asked[0]), asked
