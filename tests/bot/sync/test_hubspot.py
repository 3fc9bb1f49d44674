"""The adapter for HubSpot against its double: what comes in, and that nothing is lost however the search behaves."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from sales.imports.sync.port import CrmTrouble, NotAllowed, TokenRefused
from sales.imports.sync.record import (
    CrmActivity,
    CrmActivityKind,
    CrmContact,
    CrmDeal,
    CrmObject,
    CrmPlace,
    CrmStageKind,
)
from tests.bot.sync.crm import BEGINNING, NOW, adapter, later, read

CLOSES = date(2026, 10, 14)
LATE = datetime(2027, 1, 16, 4, 30, tzinfo=UTC)  # nine in the evening of the 15th in Denver


async def deals_of(port, **window) -> list[CrmDeal]:
    return [one for one in await read(port, **window) if isinstance(one, CrmDeal)]


# what may be done


async def test_what_a_connection_may_do(crm, port):
    crm.zone, crm.currency = "America/Denver", "CAD"
    access = await port.probe()
    assert (access.account, access.zone, access.currency) == (str(crm.id), "America/Denver", "CAD")
    assert access.unread == {}
    assert {one[2]["Authorization"] for one in crm.requests} == {f"Bearer {crm.token}"}
    assert all(one[0] in ("GET", "POST") for one in crm.requests)


@pytest.mark.parametrize(
    ("what", "scope"),
    [
        ("account", "crm.objects.companies.read"),
        ("contact", "crm.objects.contacts.read"),
        ("owner", "crm.objects.owners.read"),
        ("activity", "crm.objects.contacts.read"),
    ],
)
async def test_a_scope_that_is_missing_is_named_with_its_mend(crm, port, what, scope):
    crm.forbid(what)
    unread = (await port.probe()).unread
    assert list(unread) == [what]
    assert scope in unread[what]


async def test_without_deals_there_is_nothing_to_read(crm, port):
    crm.forbid("deal")
    with pytest.raises(NotAllowed, match=r"deals.*crm\.objects\.deals\.read"):
        await port.probe()


@pytest.mark.parametrize(
    ("field", "name"), [("amount", "amount"), ("close", "close_on"), ("next_step", "next_step")]
)
@pytest.mark.parametrize("how", ["hide_field", "rename_field"])
async def test_a_property_that_is_hidden_or_renamed_says_nothing(crm, port, field, name, how):
    """It is not taken for empty: the probe names it, and so does each deal."""
    crm.deal("Lockside", close=CLOSES, next_step="call Dana")
    await later(crm)
    getattr(crm, how)(field)
    assert f"deal.{name}" in (await port.probe()).unread
    (deal,) = await deals_of(port)
    assert deal.unread == {name}
    crm.show_field(field)
    (deal,) = await deals_of(port)
    assert deal.unread == frozenset()


@pytest.mark.parametrize(
    "token", ["", "Bearer x", "žeton–ne", "x" * 10_000, "two words", "a\r\nb: c-and-more"]
)
async def test_what_can_be_no_token_is_sent_nowhere(crm, token):
    crm.token = token
    port = adapter(crm)
    with pytest.raises(TokenRefused) as refused:
        await port.probe()
    assert not token or token not in str(refused.value)
    assert crm.requests == []
    await port.close()


@pytest.mark.parametrize("fault", ["401", "530"])
async def test_a_token_that_is_refused_is_not_tried_again(crm, port, fault):
    crm.faults.plan("/", fault)
    with pytest.raises(TokenRefused, match="rainmaker connect hubspot") as refused:
        await port.clock()
    assert crm.token not in str(refused.value)
    assert len(crm.requests) == 1


async def test_refused_in_the_middle_of_paging(crm, port):
    """Pages that came are kept by whoever took them; the rest is refused and not asked for again and again."""
    for number in range(30):
        crm.deal(f"Depot {number}")
        await later(crm)
    crm.page = 10
    crm.revoke(after=6)
    pages = port.changed(CrmObject.DEAL, CrmPlace(BEGINNING), crm.clock.now())
    assert len((await anext(pages)).records) == 9
    with pytest.raises(TokenRefused):
        await anext(pages)
    assert [one[3] for one in crm.requests].count(401) == 1


# as it stands there


async def test_a_deal_as_it_stands_there(crm, port):
    crm.zone = "America/Denver"
    owner, account = crm.owner("Ana Kovač", "ana@northwind.example"), crm.account("Acme")
    other = crm.account("Acme Holding")
    made = crm.deal("Lockside", amount="18400.50", close=LATE, owner=owner, account=account, next_step="call")
    crm.link(made, other)
    crm.link(made, crm.contact("Dana Roe", "dana@acme.example", account))
    await later(crm)
    (deal,) = await deals_of(port)
    assert deal == CrmDeal(
        made,
        "Lockside",
        "appointmentscheduled",
        NOW,
        amount=Decimal("18400.50"),
        currency="USD",
        close_on=date(2027, 1, 15),
        created_on=date(2026, 9, 14),
        owner_id=owner,
        account_id=account,
        next_step="call",
        contact_ids=deal.contact_ids,
    )
    assert len(deal.contact_ids) == 1


async def test_nothing_is_not_zero(crm, port):
    crm.deal("Bare", amount=None)
    crm.deal("Free", amount="0", currency="eur")
    await later(crm)
    bare, free = await deals_of(port)
    assert (bare.amount, bare.currency, bare.close_on, bare.unread) == (None, None, None, frozenset())
    assert (free.amount, free.currency) == (Decimal(0), "EUR")


async def test_accounts_contacts_and_their_names(crm, port):
    firm = crm.account("Acme", "acme.example")
    crm.contact("Dana Roe", "dana@acme.example", firm)
    await later(crm)
    (account,) = await read(port, CrmObject.ACCOUNT)
    (contact,) = await read(port, CrmObject.CONTACT)
    assert (account.id, account.name, account.domain) == (firm, "Acme", "acme.example")
    assert isinstance(contact, CrmContact)
    assert (contact.name, contact.account_id) == ("Dana Roe", firm)


async def test_owners_include_those_who_left(crm, port):
    stays, left = crm.owner("Ana Kovač", "ana@x.example"), crm.owner("Zoe Gone", "zoe@x.example")
    crm.leave(left)
    assert [(one.id, one.name, one.active) for one in await port.owners()] == [
        (stays, "Ana Kovač", True),
        (left, "Zoe Gone", False),
    ]


async def test_stages_by_what_they_are(crm, port):
    kinds = [one.kind for one in await port.stages()]
    assert kinds == [CrmStageKind.OPEN] * 5 + [CrmStageKind.WON, CrmStageKind.LOST]


@pytest.mark.parametrize("kind", list(CrmActivityKind))
async def test_activities_are_read_by_kind(crm, port, kind):
    deal, owner = crm.deal("Lockside"), crm.owner("Ana", "ana@x.example")
    done = crm.activity(kind.value, deal, NOW - timedelta(days=3), by=owner)
    crm.activity(kind.value, deal, NOW + timedelta(days=3), by=owner)
    await later(crm)
    await port.clock()
    found = [one for one in await read(port, CrmObject.ACTIVITY) if isinstance(one, CrmActivity)]
    assert [(one.kind, one.done) for one in found] == [(kind, True), (kind, False)]
    assert found[0].at == NOW - timedelta(days=3)
    assert (found[0].deal_ids, found[0].owner_id) == ((deal,), owner)
    assert (await port.by_ids(CrmObject.ACTIVITY, [f"{kind.value}:{done}"])).records == {
        found[0].id: found[0]
    }


async def test_activities_go_on_where_they_were_broken_off(crm, port):
    """A place among them is of use to another adapter, in another process."""
    deal = crm.deal("Lockside")
    for kind in ("call", "email", "task"):
        for _ in range(7):
            crm.activity(kind, deal, NOW)
            await later(crm)
    crm.page, until = 3, await port.clock()
    all_of_them = {one.id for one in await read(port, CrmObject.ACTIVITY)}
    assert len(all_of_them) == 21
    place, seen, pages = CrmPlace(BEGINNING), set(), 0
    while True:
        again = adapter(crm)
        page = None
        async for one in again.changed(CrmObject.ACTIVITY, place, until):
            page = one
            break
        await again.close()
        if page is None:
            break
        seen |= {one.id for one in page.records}
        assert page.place.at == BEGINNING
        place, pages = page.place, pages + 1
    assert seen == all_of_them
    assert pages >= 8


async def test_some_kinds_of_activities_may_not_be_read(crm, port):
    deal = crm.deal("Lockside")
    for kind in ("call", "email"):
        crm.activity(kind, deal, NOW)
    crm.forbidden.add("emails")
    await later(crm)
    assert [one.id.split(":")[0] for one in await read(port, CrmObject.ACTIVITY)] == ["call"]
    assert list((await port.probe()).unread) == ["emails"]
    crm.forbid("activity")
    with pytest.raises(NotAllowed):
        await read(port, CrmObject.ACTIVITY)


async def test_accounts_that_may_not_be_read_are_not_missed_on_deals(crm, port):
    crm.deal("Lockside", account=crm.account("Acme"))
    await later(crm)
    crm.forbid("account")
    (deal,) = await deals_of(port)
    assert (deal.account_id, deal.unread) == ("", {"account_id"})


async def test_more_links_than_an_answer_has(crm, port):
    deal = crm.deal("Lockside")
    people = [crm.contact(f"Person {number}") for number in range(130)]
    for one in people:
        crm.link(deal, one)
    await later(crm)
    (found,) = await deals_of(port)
    assert found.contact_ids == tuple(people)


async def test_a_link_for_people(crm, port):
    await port.probe()
    assert port.link(CrmObject.DEAL, "7") == f"https://app-eu1.hubspot.com/contacts/{crm.id}/record/0-3/7"


# faults on the way


@pytest.mark.parametrize(
    "fault",
    ["429", "429 no retry-after", "423", "500", "html 502", "html 524", "cut", "repeat page", "slow search"],
)
@pytest.mark.parametrize("times", [1, 3])
async def test_a_fault_loses_nothing(crm, port, fault, times):
    """Wherever it comes within the reading of three pages: all deals are there, as they stand."""
    ids = []
    for number in range(24):
        ids.append(crm.deal(f"Depot {number:02}"))
        await later(crm)
    for one in ids[::2]:
        crm.change(one, amount="31500")
    await later(crm)
    crm.page, until = 10, await port.clock()
    times = 1 if fault == "cut" else times
    for part in ("search", "batch", "associations", "/"):
        crm.faults.plan(part, fault, times)
        found = {one.id: one.amount for one in await deals_of(port, until=until)}
        assert found == {one: Decimal(31500 if one in ids[::2] else 24000) for one in ids}, part
        crm.faults.clear()


@pytest.mark.parametrize("fault", ["429 daily", "429", "500", "html 502", "hang", "cut"])
async def test_a_fault_that_lasts_is_said(crm, port, fault, pauses):
    crm.faults.plan("/", fault, times=100)
    crm.silence = 0.05
    with pytest.raises(CrmTrouble) as trouble:
        await port.clock()
    said = str(trouble.value)
    assert said.startswith("HubSpot")
    assert crm.token not in said
    assert not any(one in said for one in ("500", "502", "429", "<html", "JSON"))
    assert len(crm.requests) <= 8
    assert sum(pauses) < 15
