"""Files of two weeks as they came: lists without ids, ids of two systems, and lists of something else."""

import asyncio

import pytest

from playground.views import elements
from tests.stories.face.seen import presses
from tests.stories.files.chat import can_confirm, chooses

pytestmark = pytest.mark.engines("sqlite")
SLOW = 100  # looks at a message that is read yet, on a busy machine


@pytest.fixture
def mia(team):
    return team.person("mia")


def last(person):
    return person.sees()[-1]


async def drops(person, name, content):
    await person.drops(name, content.encode())
    for _ in range(SLOW):
        if "Reading " not in last(person):
            break
        await asyncio.sleep(0.1)


async def confirms(person):
    await presses(person, "^Confirm", where=person._place(None).id)
    await person._server.settled()


async def comes_in(person, name, content):
    await drops(person, name, content)
    await confirms(person)
    return last(person)


def offered(person):
    """What the menus of the newest message offer."""
    surface = person._surfaces(person._place(None).id)[0]
    return [one["text"]["text"] for _, each in elements(surface.blocks) for one in each.get("options") or ()]


NO_IDS = "Deal Name,Company,Stage,Amount,Close Date,Owner,Probability,Fiscal Period\n"
QUAY = "Quay lamp,Acme,Contract Sent,30000,2026-11-04,Ana Kovač,60,Q4-2026\n"
DOCK = "Dock,Globex,Closed Won,5000,2026-09-10,Ben Ito,100,Q3-2026\n"
PIER = "Pier,Acme,Contract Sent,7000,2026-12-01,Ana Kovač,60,Q4-2026\n"


async def test_a_list_without_ids_goes_by_name_and_company(mia):
    """Where no other column may tell them apart it is not asked, and said."""
    await drops(mia, "w1.csv", NO_IDS + QUAY + DOCK + PIER)
    assert "The file has no ids: its deals are known by name and company." in last(mia)
    assert "3 new" in last(mia)
    await confirms(mia)
    second = NO_IDS + QUAY.replace("30000", "31000").replace("Quay lamp", "QUAY  Lamp") + DOCK + PIER
    await drops(mia, "w2.csv", second)
    assert "1 changed" in last(mia)
    assert "2 unchanged" in last(mia)


async def test_columns_that_repeat_are_not_offered_as_the_id(mia):
    """One that numbers the deals is, beside going without; what was chosen is known of the next list."""
    header = NO_IDS.replace("Deal Name", "Box,Deal Name")
    rows = [f"{box},{row}" for box, row in (("B-7", QUAY), ("B-8", DOCK), ("B-9", PIER))]
    await drops(mia, "w1.csv", header + "".join(rows))
    assert "Which column has the id of a deal: another for each, and the same next week?" in last(mia)
    assert offered(mia) == ["Box", "none: go by name and company"]
    await chooses(mia, "id", "^none")
    assert "3 new" in last(mia)
    await confirms(mia)
    await drops(mia, "w2.csv", header + "".join(rows).replace("B-", "C-"))
    assert "3 unchanged" in last(mia)


async def test_two_rows_of_one_name_and_company_are_refused_by_name(mia):
    await drops(mia, "w1.csv", NO_IDS + QUAY + QUAY.replace("30000", "4"))
    assert "1 row refused (line 3): has the name and company of line 2, and no id tells them apart" in last(
        mia
    )


async def test_a_list_without_ids_and_one_with_them_count_a_deal_once(team, mia):
    """In either order; the one with ids gives them, and its next file finds them."""
    with_ids = "ID,Deal Name,Company,Stage,Amount,Close Date,Owner\n"
    await comes_in(mia, "a.csv", NO_IDS + QUAY)
    said = await comes_in(
        mia, "b.csv", with_ids + "77,Quay lamp,Acme,Contract Sent,30000,2026-11-04,Ana Kovač\n"
    )
    assert "1 changed" in said
    await drops(mia, "a.csv", NO_IDS + QUAY)
    assert "Nothing new: 1 unchanged." in last(mia)
    await presses(mia, "^Cancel", where=team.dm("mia"))
    await drops(mia, "b.csv", with_ids + "77,Quay lamp,Acme,Contract Sent,30000,2026-11-04,Ana Kovač\n")
    assert "1 unchanged" in last(mia)


PIPEDRIVE = (
    "Deal - ID,Deal - Title,Deal - Status,Deal - Value,Deal - Organization,Deal - Owner\n"
    "1,Acme deal,Open,5000,Acme,Ana Kovač\n"
)
HUBSPOT = (
    "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner\n"
    "1,Totally other deal,Contract Sent,9000,2026-12-04,2026-09-01,Ben Ito\n"
)


async def test_ids_of_two_systems_are_kept_apart(team, mia):
    """Asked once, remembered for files of the kind: both count, and each file finds its own."""
    await comes_in(mia, "pipedrive.csv", PIPEDRIVE)
    await drops(mia, "hubspot.csv", HUBSPOT)
    said = last(mia)
    assert (
        "The id 1 was Acme deal (open, $5,000) until now, and is Totally other deal (open, $9,000, Fri 4 Dec)"
        in said
    )
    assert not can_confirm(mia)
    await chooses(mia, "The id 1", "^other deals")
    assert "1 new" in last(mia)
    await confirms(mia)
    await drops(mia, "hubspot.csv", HUBSPOT.replace("9000", "9500"))
    assert "1 changed" in last(mia)
    assert "The ids of this file are kept apart from those of other files (as chosen on Mon 14 Sep)" in last(
        mia
    )
    await presses(mia, "^Cancel", where=team.dm("mia"))
    await drops(mia, "pipedrive.csv", PIPEDRIVE)
    assert "1 unchanged" in last(mia)


FAIR = "ID,Name,Company,Email,Owner\n1,Dana Roe,Alder Yard,dana@alder.example,Ana Kovač\n"
WEBINAR = "Lead ID,Full Name,Company,Email,Lead Owner\n1,Ola Berg,Birch Mill,ola@birch.example,Ana Kovač\n"


async def test_leads_of_two_tools_that_count_from_one_are_kept_apart(team, mia):
    """Asked once, remembered: Dana stays Dana, and either list finds its own, whichever comes again."""
    await comes_in(mia, "fair.csv", FAIR)
    await drops(mia, "webinar.csv", WEBINAR)
    assert "The id 1 was Dana Roe (Alder Yard) until now, and is Ola Berg (Birch Mill) in this file." in last(
        mia
    )
    assert "Are these other leads?" in last(mia)
    assert not can_confirm(mia)
    await chooses(mia, "The id 1", "^other leads")
    assert "1 new" in last(mia)
    await confirms(mia)
    listed = "\n".join(await team.person("ana").says("/lead list", channel="sales"))
    assert "Dana Roe" in listed
    assert "Ola Berg" in listed
    for name, again in (("webinar.csv", WEBINAR), ("fair.csv", FAIR)):
        await drops(mia, name, again)
        assert "1 unchanged" in last(mia)
        await presses(mia, "^Cancel", where=team.dm("mia"))


async def test_a_lead_under_a_new_name_at_the_same_address_is_the_same(mia):
    """Married, and promoted: the id is theirs, so nothing is asked."""
    await comes_in(mia, "fair.csv", FAIR)
    await drops(mia, "fair.csv", FAIR.replace("Dana Roe,Alder Yard", "D. Novak,Birch Mill"))
    assert can_confirm(mia)
    assert "1 changed" in last(mia)


async def test_a_deal_that_changed_altogether_may_be_the_same(mia):
    await comes_in(mia, "pipedrive.csv", PIPEDRIVE)
    await drops(mia, "pipedrive.csv", PIPEDRIVE.replace("Acme deal,Open,5000,Acme", "Pier,Open,7,Globex"))
    await chooses(mia, "The id 1", "^the same")
    assert "1 changed" in last(mia)
    assert "1 id was another deal until now: 1 was Acme deal (open, $5,000) and is Pier (open, $7)." in last(
        mia
    )


async def test_a_deal_that_is_called_otherwise_is_not_asked_about(mia):
    await comes_in(mia, "pipedrive.csv", PIPEDRIVE)
    await drops(mia, "pipedrive.csv", PIPEDRIVE.replace("Acme deal", "Harbour lights"))
    assert "1 changed" in last(mia)
    assert can_confirm(mia)


@pytest.mark.parametrize(
    ("header", "row", "what"),
    [
        (
            "Record ID,Company name,Company owner,Phone Number,City,Industry",
            "1,Acme,Ana Kovač,+1,Linz,Steel",
            "companies: it has the column “Company owner”",
        ),
        (
            "Record ID,Activity type,Activity date,Activity status,Assigned to",
            "1,Call,2026-09-01,Done,Ana Kovač",
            "activities: it has the column “Activity type”",
        ),
        ("ID,Type,Subject,Status,Due date,Owner", "1,Call,Ring Jo,Open,2026-09-20,Ana Kovač", "activities"),
        ("Rechnungsnummer,Kunde,Betrag,Status,Datum", "R1,Acme,500,Offen,01.09.2026", "invoices"),
    ],
)
async def test_lists_of_something_else_are_named(mia, header, row, what):
    await drops(mia, "list.csv", f"{header}\n{row}\n")
    assert f"It looks like a list of {what}" in last(mia)
    assert "I take deals, leads and contacts." in last(mia)


async def test_a_number_of_rows_may_be_the_id_and_the_word_for_a_deal_is_its_name(mia):
    rows = "7;Hafenlicht;Acme;Angebot;12.000,00;30.11.2026\n8;Steg;Globex;Angebot;500,00;13.12.2026\n"
    await drops(mia, "liste.csv", "Nr;Verkaufschance;Firma;Phase;Betrag;Abschlussdatum\n" + rows)
    assert offered(mia) == ["Nr", "none: go by name and company"]
    await chooses(mia, "id", "^Nr")
    await chooses(mia, "Angebot", "^open")
    assert "Verkaufschance → name" in last(mia)
    assert "Hafenlicht" in last(mia)


async def test_people_are_found_with_the_last_name_first(mia):
    rows = '1,Quay,Contract Sent,5,2026-11-04,"Kovač, Ana"\n2,Dock,Contract Sent,5,2026-11-04,Ito Ben\n'
    strangers = '3,Pier,Contract Sent,5,2026-11-04,"Noe, Jo"\n4,Jetty,Contract Sent,5,2026-11-04,"Noe, Jo"\n'
    await drops(mia, "deals.csv", "ID,Deal Name,Stage,Amount,Close Date,Owner\n" + rows + strangers)
    assert "Not found in Slack, so these deals are nobody's yet: “Noe, Jo” (2 rows)." in last(mia)
