"""Contacts in the database: one row for one name, whichever surface somebody is named on."""

from sales.pipeline.deal_contact import DealContact
from sales.pipeline.opportunity import Opportunity
from storage.pipeline.deal_contact import contacts_of, name_contact, name_decider
from storage.pipeline.opportunity import add_opportunity
from storage.undo import remember_undo, undo_last
from tests.known import T0, WORKSPACE


async def a_deal(scope):
    return await add_opportunity(scope, Opportunity(name="Lockside", owner_id="U1", opened_on=T0.date()), T0)


def told(rows):
    return [(row.name, row.role, row.decides) for row in rows]


async def test_whoever_is_a_contact_already_decides_and_keeps_their_role(database):
    async with database.write(WORKSPACE) as scope:
        deal = await a_deal(scope)
        await name_contact(scope, DealContact(opportunity_id=deal.id, name="Dana Roë", role="Buyer"))
        said = await name_decider(scope, deal.id, "dana roe")
        assert told(await contacts_of(scope, deal.id)) == [("dana roe", "Buyer", True)]
        await remember_undo(scope, "U1", T0, "who decides", [said])
        await undo_last(scope, "U1", T0)
        assert told(await contacts_of(scope, deal.id)) == [("Dana Roë", "Buyer", False)]
        await name_decider(scope, deal.id, "Dana Roe", "CFO")
        assert told(await contacts_of(scope, deal.id)) == [("Dana Roe", "CFO", True)]


async def test_somebody_new_is_added_beside_the_others(database):
    async with database.write(WORKSPACE) as scope:
        deal = await a_deal(scope)
        await name_decider(scope, deal.id, "Dana Roe")
        await name_decider(scope, deal.id, "Tim Low")
        assert told(await contacts_of(scope, deal.id)) == [("Dana Roe", "", True), ("Tim Low", "", True)]
