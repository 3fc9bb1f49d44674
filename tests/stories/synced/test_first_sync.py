"""The first pull: deals, owners, accounts, contacts and activities, amounts, currencies and days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.stories.craft.lived import has, home
from tests.stories.face.seen import every_message
from tests.stories.files.typed import Terminal
from tests.stories.led.named import switches
from tests.stories.pipeline import books
from tests.stories.pipeline.walked import asks
from tests.stories.synced.pulled import card, clock, line, lists, names, row, status, table, worth
from tests.stories.synced.synced import (
    depots,
    ended,
    many,
    owner_of,
    pulled,
    puts,
    synced,
    types,
    vendor,
)

pytestmark = pytest.mark.engines("sqlite")

HUBSPOT = pytest.mark.parametrize("there", ["hubspot"], indirect=True)  # where the vendor makes no difference
SALESFORCE = pytest.mark.parametrize("there", ["salesforce"], indirect=True)
LATE = datetime(2027, 1, 16, 4, 30, tzinfo=UTC)  # nine in the evening of the 15th in Denver


# everything comes in


async def test_a_deal_comes_in_as_it_stands_there(team, crm, ana):
    """Deals (1): within five minutes, with owner, stage, amount and day, on a card that says from where and when."""
    deal = puts(crm, next_step="call Dana")
    await pulled(team, crm)
    found = await row(team, crm)
    assert found["CRM id"] == deal
    assert (found["owner id"], found["stage"], found["value"]) == ("U1", "open", "24000.00")
    assert (found["expected"], found["currency"], found["account"]) == ("2026-10-14", "USD", "Lockside")
    said = await card(ana)
    for what in (r"\$24,000|\$24k", r"14 Oct", r"call Dana", rf"{vendor(crm)}, as of {clock(team)}"):
        assert has(what, said), said


async def test_each_rep_has_their_own(team, crm, ana, ben):
    """Owners (1): a deal is that member's whose address its owner has, and in nobody else's list."""
    puts(crm, "Lockside", of="ana")
    puts(crm, "Granary Road", of="ben")
    await pulled(team, crm)
    for person, own, other in ((ana, "Lockside", "Granary Road"), (ben, "Granary Road", "Lockside")):
        said = await lists(person)
        assert own in said
        assert other not in said


async def test_accounts_and_contacts_come_with_them(team, crm):
    """Accounts and contacts (1): by name, each once, the contact at its account."""
    account = crm.account("Haulmate")
    crm.contact("Dana Roe", "dana@haulmate.example", account)
    for name in ("Lockside", "Granary Road"):
        puts(crm, name, account=account)
    await pulled(team, crm)
    assert [one["name"] for one in await table(team, crm, "accounts")].count("Haulmate") == 1
    (found,) = [one for one in await table(team, crm, "contacts") if "Dana Roe" in one.values()]
    assert "Haulmate" in " ".join(found.values())
    assert {(await row(team, crm, one))["account"] for one in ("Lockside", "Granary Road")} == {"Haulmate"}


@pytest.mark.parametrize("kind", ["call", "email", "meeting"])
async def test_activities_come_with_them(team, crm, kind):
    """Activities (1): a touch of Ana's on the tenth counts as hers, on its day, with its deal, once."""
    deal = puts(crm)
    crm.activity(kind, deal, datetime(2026, 9, 10, 9, 30, tzinfo=UTC), by=owner_of(crm, "ana"))
    await pulled(team, crm)
    await synced(team, 3)
    found = [one for one in await table(team, crm, "activities") if "2026-09-10" in " ".join(one.values())]
    assert len(found) == 1, found
    said = " ".join(found[0].values())
    assert has(r"\bU1\b|Ana", said), said
    assert has(kind, said), said
    assert has("Lockside", said) or (await row(team, crm))["id"] in found[0].values(), said


async def test_what_is_to_come_was_not_done(team, crm):
    """Activities (1): a task or a meeting of next week is no touch yet."""
    deal = puts(crm)
    for kind in ("task", "meeting"):
        crm.activity(kind, deal, datetime(2026, 9, 22, 9, 30, tzinfo=UTC), by=owner_of(crm, "ana"))
    await pulled(team, crm)
    found = await table(team, crm, "activities") if await names(team, crm) else []
    assert [one for one in found if "2026-09-22" in " ".join(one.values())] == []


async def test_what_was_won_counts_and_is_posted_to_nobody(team, crm, ana, mia):
    """Deals (1): one that was won this quarter counts for the goal; a first pull is no news for the channel."""
    await switches(mia, r"each win", on=True, line="/team settings")
    await asks(ana, "/goal 60k this quarter because of last year", "sales")
    posted = len(every_message(team))
    puts(crm, "Lockside", stage=ended(crm), close=date(2026, 9, 2))
    puts(crm, "Granary Road", stage=ended(crm, "lost"), close=date(2026, 9, 3))
    await pulled(team, crm)
    assert [(await row(team, crm, one))["stage"] for one in ("Lockside", "Granary Road")] == ["won", "lost"]
    assert (await row(team, crm))["closed"] == "2026-09-02"
    assert has(r"\$24(,000|k)", await asks(ana, "/goal", "sales"))
    assert [one for one in every_message(team)[posted:] if one.channel == "C1" and one.only_for is None] == []


async def test_many_at_one_instant_over_many_pages(team, crm):
    """Pages (1): 150 deals of one and the same instant, twenty on a page: all of them, each once."""
    crm.page = 20
    many(crm, 150)
    await pulled(team, crm)
    assert await names(team, crm) == sorted(depots(150))
    assert has(r"\b150\b", await status(team))


async def test_a_crm_with_nothing_in_it(team, crm):
    """The first pull (1): no deals is an answer, and no trouble."""
    await pulled(team, crm)
    said = await status(team)
    assert has(r"\b(no|0) deals", said), said
    assert has(clock(team), said), said


@HUBSPOT
async def test_what_a_file_brought_before_is_the_same_deal(team, crm, tmp_path):
    """Deals (1): imported by the CRM's own record id before it was connected; it is there once, and goes on."""
    deal = puts(crm)
    head = "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date,Is Closed Won,Pipeline"
    text = f"{head}\n{deal},Lockside,Appointment Scheduled,2026-10-14,Ana Kovač,24000,2026-08-05,false,Sales Pipeline\n"
    file = Terminal(tmp_path, "").file("deals.csv", text)
    brought = await types(team, crm, "import", file)
    assert brought.code == 0, brought.said
    await pulled(team, crm)
    crm.change(deal, amount="31500")
    await synced(team)
    assert await worth(team, crm) == ("31500.00", "USD")


@HUBSPOT
async def test_what_was_typed_here_before_is_not_lost(team, crm, ana):
    """Deals (1): a deal of the same name that Ana keeps here is not overwritten; that there are two is said."""
    await books.stands(team, "Lockside", expected_on=books.TODAY + timedelta(days=30))
    puts(crm)
    await pulled(team, crm)
    found = [one["value"] for one in await table(team, crm) if one["name"] == "Lockside"]
    assert sorted(found) == ["24000.00", "4000.00"]
    said = "\n".join([await status(team), await card(ana), await asks(ana, "/pipeline", "sales")])
    assert has(r"\b(two|both|twice|same|which)\b", said), said


# amounts and days


@pytest.mark.parametrize(
    ("amount", "value"),
    [("18400.50", "18400.50"), ("0.1", "0.10"), ("12345678.91", "12345678.91"), ("0", "0.00")],
)
async def test_an_amount_is_exact(team, crm, amount, value):
    """Amounts (1): to the cent, whatever a program makes of fractions."""
    puts(crm, amount=amount)
    await pulled(team, crm)
    assert await worth(team, crm) == (value, "USD")


async def test_no_amount_is_not_nothing(team, crm, ana):
    """Amounts (1): a deal of which nobody said what it is worth is worth not $0."""
    puts(crm, amount=None, close=None)
    await pulled(team, crm)
    found = await row(team, crm)
    assert (found["value"], found["expected"]) == ("", "")
    assert not has(r"\$0\b", await card(ana))


async def test_a_currency_of_its_own(team, crm, ana):
    """Currencies (1): euros stay euros, on the card and in the list, and are not added to dollars as if they were."""
    puts(crm, "Lockside", amount="24000")
    puts(crm, "Granary Road", amount="9100", currency="EUR")
    await pulled(team, crm)
    assert await worth(team, crm, "Granary Road") == ("9100.00", "EUR")
    assert has(r"€\s?9,100|9,100 EUR", await card(ana, "Granary Road"))
    for said in (await lists(ana), await asks(ana, "/pipeline", "sales"), await home(ana)):
        assert not has(r"33,100|33\.1k|\$9,100|\$9\.1k", said), said


@HUBSPOT
async def test_the_account_of_the_crm_says_what_a_bare_amount_is_in(team, crm):
    """Currencies (1): where a deal names none, it is in the currency of the account there, not in the team's."""
    crm.currency = "GBP"
    puts(crm)
    await pulled(team, crm)
    assert await worth(team, crm) == ("24000.00", "GBP")


@pytest.mark.parametrize(("zone", "day"), [("America/Denver", "2027-01-15"), ("Asia/Kolkata", "2027-01-16")])
async def test_a_day_is_that_of_the_account_there(team, crm, zone, day):
    """Dates (1): an evening in Denver is the next day in UTC; what somebody there picked is what stands here."""
    crm.zone = zone
    puts(crm, close=LATE)
    await pulled(team, crm)
    assert (await row(team, crm))["expected"] == day


async def test_the_day_holds_where_the_reader_is_elsewhere(team, crm, ana, ben):
    """Dates (1): Ana in Ljubljana and Ben in New York read one and the same day."""
    crm.zone = "America/Denver"
    puts(crm, "Lockside", close=LATE)
    puts(crm, "Granary Road", of="ben", close=LATE)
    await pulled(team, crm)
    line(await card(ana, "Lockside"), r"15 Jan")
    line(await card(ben, "Granary Road"), r"15 Jan|Jan 15")
