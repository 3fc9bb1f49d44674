"""Somebody at a customer's was forgotten: whoever names them again is told, and may take them all the same."""

from datetime import date

from storage.people.erased_contact import erased_contacts, note_contact_erased
from tests.known import WORKSPACE
from tests.stories.craft.lived import has
from tests.stories.face.seen import presses
from tests.stories.pipeline.walked import asks
from tests.stories.test_lead_clock import rows


async def erase(team, *names):
    async with team.bot.database.write(WORKSPACE) as scope:
        await note_contact_erased(scope, names, date(2026, 3, 3))


async def test_a_lead_who_was_erased_is_left_out_and_taken_by_a_button(team):
    await erase(team, "Dana Roe")
    ana = team.person("ana")
    said = await asks(ana, "/lead add Dana Roe at Alder Yard from webinar", "sales")
    assert has(r"Dana Roe was erased on .*3 Mar.*; --again takes them", said)
    assert await rows(team) == []
    await presses(ana, r"^Add them all the same", where="sales")
    assert [one.name for one in await rows(team)] == ["Dana Roe"]
    async with team.bot.database.read(WORKSPACE) as scope:
        assert (await erased_contacts(scope)).on(("Dana Roe",)) is None


async def test_an_address_that_was_erased_is_known_under_another_name(team):
    await erase(team, "dana@alder.example")
    ana = team.person("ana")
    said = await asks(ana, "/lead add D. Roe at Alder Yard, DANA@alder.example", "sales")
    assert has(r"was erased", said)
    said = await asks(ana, "/lead add --again D. Roe at Alder Yard, DANA@alder.example", "sales")
    assert not has(r"was erased", said)


async def test_somebody_introduced_who_was_erased_is_no_lead(team):
    await erase(team, "Ben Hall")
    ana = team.person("ana")
    said = await asks(ana, "/lead referral Acme introduced Ben Hall at Borealis", "sales")
    assert has(r"Ben Hall was erased", said)
    assert await rows(team, "Ben Hall") == []
