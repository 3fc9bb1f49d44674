"""Contacts in the database: one row for one name, whichever surface somebody is named on."""

from sales.pipeline.deal_contact import DealContact
from sales.pipeline.opportunity import Opportunity
from storage.pipeline.deal_contact import (
    contact_called,
    contacts_of,
    name_contact,
    name_decider,
    share_terms,
    terms_known,
    zones_beside,
)
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


async def of_lockside(scope, name):
    deal = Opportunity(name=name, account="Lockside", owner_id="U1", opened_on=T0.date())
    return await add_opportunity(scope, deal, T0)


async def test_how_somebody_is_reached_holds_on_every_deal_of_their_customer(database):
    async with database.write(WORKSPACE) as scope:
        first, second = await of_lockside(scope, "Vans"), await of_lockside(scope, "Trucks")
        other = await a_deal(scope)  # called Lockside itself: the same customer
        for deal in (first, second, other):
            await name_contact(scope, DealContact(opportunity_id=deal.id, name="Dana Roe", role="Buyer"))
        said = DealContact(opportunity_id=first.id, name="dana roe", zone="Europe/London", never_call=True)
        named = await name_contact(scope, said)
        row = await contact_called(scope, first.id, "Dana Roe")
        shared = await share_terms(scope, row)
        for deal in (second, other):
            (one,) = await contacts_of(scope, deal.id)
            assert (one.role, one.zone, one.never_call) == ("Buyer", "Europe/London", True)
        await remember_undo(scope, "U1", T0, "contact", [named, *shared])
        await undo_last(scope, "U1", T0)
        for deal in (first, second, other):
            (one,) = await contacts_of(scope, deal.id)
            assert (one.role, one.zone, one.never_call) == ("Buyer", "", False)


async def test_whoever_is_known_at_a_customer_is_known_on_the_next_deal(database):
    async with database.write(WORKSPACE) as scope:
        first, second = await of_lockside(scope, "Vans"), await of_lockside(scope, "Trucks")
        await name_contact(scope, DealContact(opportunity_id=first.id, name="Dana Roe", zone="Europe/London"))
        assert (await terms_known(scope, second.id, "dana roe")).zone == "Europe/London"
        assert (await terms_known(scope, second.id, "Tim Low")).zone == ""


async def test_naming_who_decides_keeps_how_they_are_reached(database):
    async with database.write(WORKSPACE) as scope:
        deal = await a_deal(scope)
        await name_contact(scope, DealContact(opportunity_id=deal.id, name="Dana Roe", best="09:00-10:00"))
        await name_decider(scope, deal.id, "Dana Roe")
        (one,) = await contacts_of(scope, deal.id)
        assert (one.decides, one.best) == (True, "09:00-10:00")


async def test_a_zone_is_that_of_a_deal_where_all_its_contacts_are_in_one(database):
    async with database.write(WORKSPACE) as scope:
        one, several = await of_lockside(scope, "Vans"), await of_lockside(scope, "Trucks")
        for deal, name, zone in (
            (one, "Dana", "Europe/London"),
            (one, "Tim", ""),
            (several, "Dana", "Europe/London"),
            (several, "Ola", "Europe/Oslo"),
        ):
            await name_contact(scope, DealContact(opportunity_id=deal.id, name=name, zone=zone))
        assert await zones_beside(scope, [one.id, several.id]) == {one.id: "Europe/London"}
        assert await zones_beside(scope, []) == {}
