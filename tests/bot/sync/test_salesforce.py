"""The adapter for Salesforce against its double: what comes in, and that nothing is lost however it answers."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bot.sync.salesforce import Salesforce
from playground.salesforce import SalesforceDouble
from sales.imports.sync.port import CrmBusy, CrmSilent, CrmTrouble, NotAllowed, TokenRefused
from sales.imports.sync.record import CrmActivity, CrmContact, CrmDeal, CrmObject, CrmPlace, CrmStageKind
from tests.bot.sync.org import BEGINNING, NOW, adapter, deal_of, later, org, read

CLOSES = date(2026, 10, 14)


@pytest.fixture
async def crm() -> AsyncIterator[SalesforceDouble]:
    async with org() as made:
        yield made


@pytest.fixture
async def port(crm: SalesforceDouble) -> AsyncIterator[Salesforce]:
    made = adapter(crm)
    yield made
    await made.close()


async def many(crm, number=60) -> list[str]:
    ids = [crm.deal(f"Depot {one:02}") for one in range(number)]
    await later(crm)
    return ids


# what may be done


async def test_what_a_connection_may_do(crm, port):
    crm.zone, crm.currency = "America/Denver", "CAD"
    access = await port.probe()
    assert (access.account, access.zone, access.currency) == (crm.id, "America/Denver", "CAD")
    assert (access.person, access.writes, access.unread) == (crm.integration, True, {})


async def test_an_org_with_several_currencies_says_which_is_its_own(crm, port):
    crm.currency, crm.currencies = "CHF", True
    crm.deal("Lockside", amount="1")
    crm.deal("Lock Lane", amount="2", currency="EUR")
    await later(crm)
    assert (await port.probe()).currency == "CHF"
    assert [(one.amount, one.currency) for one in await read(port)] == [
        (Decimal(1), "CHF"),
        (Decimal(2), "EUR"),
    ]


@pytest.mark.parametrize("what", ["account", "contact", "owner", "activity"])
async def test_what_may_not_be_read_is_named_with_its_mend(crm, port, what):
    crm.deal("Lockside")
    await later(crm)
    crm.forbid(what)
    unread = (await port.probe()).unread
    assert list(unread) == [what]
    assert "permission" in unread[what]
    assert [one.name for one in await read(port)] == ["Lockside"]
    with pytest.raises(NotAllowed):
        await (port.owners() if what == "owner" else read(port, CrmObject(what)))


async def test_without_opportunities_there_is_nothing_to_read(crm, port):
    crm.forbid("deal")
    with pytest.raises(NotAllowed, match=r"opportunities.*permission"):
        await port.probe()


@pytest.mark.parametrize(
    ("field", "name"), [("amount", "amount"), ("close", "close_on"), ("next_step", "next_step")]
)
@pytest.mark.parametrize("how", ["hide_field", "rename_field"])
async def test_a_field_that_is_hidden_or_renamed_says_nothing(crm, port, field, name, how):
    """It is not taken for empty: the probe names it, and so does each deal; known before or not."""
    deal = crm.deal("Lockside", close=CLOSES, next_step="call Dana")
    await later(crm)
    assert (await read(port))[0].unread == frozenset()
    getattr(crm, how)(field)
    assert (await read(port))[0].unread == {name}
    assert (await deal_of(port, deal)).unread == {name}
    assert f"deal.{name}" in (await port.probe()).unread
    crm.show_field(field)
    await port.stages()
    assert (await read(port))[0].unread == frozenset()


# tokens


async def test_a_field_of_a_contact_that_is_hidden_is_looked_up_once(crm, port):
    crm.hidden |= {("Contact", "Phone"), ("Task", "TaskSubtype")}
    dana = crm.contact("Dana Roe", "dana@x.example")
    crm.activity("call", crm.deal("Lockside"), NOW)
    await later(crm)
    for _ in range(2):
        assert [one.id for one in await read(port, CrmObject.CONTACT)] == [dana]
        assert len(await read(port, CrmObject.ACTIVITY)) == 1
    asked = Counter(one[1].rpartition("/")[0] for one in crm.requests if one[1].endswith("describe"))
    assert {kind.rpartition("/")[2]: times for kind, times in asked.items()} == {"Contact": 1, "Task": 1}


async def test_what_did_not_change_costs_few_requests(crm, port):
    crm.account("Haulmate")
    await later(crm, 600)
    at = CrmPlace(await port.clock())
    await later(crm, 300)
    until, asked = await port.clock(), len(crm.requests)
    for what in (CrmObject.ACCOUNT, CrmObject.CONTACT, CrmObject.ACTIVITY):
        assert await read(port, what, at, until) == []
    assert len(crm.requests) - asked == 4  # tasks and events are two


@pytest.mark.parametrize("secret", ["", "Bearer x", "žeton–ne", "x" * 10_000, "A" * 64])
async def test_what_is_no_secret_is_refused_and_not_told(crm, secret):
    port = adapter(crm, client_secret=secret)
    with pytest.raises(TokenRefused) as refused:
        await port.probe()
    await port.close()
    assert not secret or secret not in str(refused.value)


@pytest.mark.parametrize(
    "host", ["acme.my.salesforce.com.evil.example", "evil.example", "", "http://127.0.0.1:9"]
)
async def test_a_secret_goes_to_a_my_domain_alone(crm, host):
    port = adapter(crm, host=host, url="")
    with pytest.raises(CrmTrouble, match=r"my\.salesforce\.com"):
        await port.probe()
    await port.close()
    assert crm.requests == []


async def test_a_session_that_ended_is_asked_for_again_once(crm, port):
    await many(crm)
    crm.page = 10
    found = []
    async for page in port.changed(CrmObject.DEAL, CrmPlace(BEGINNING), await port.clock()):
        found += page.records
        crm.expire()
    assert len(found) == 60
    assert max(Counter(one[1] for one in crm.requests if one[3] == 401).values()) == 1


async def test_no_token_for_now_is_no_token_that_is_refused(crm, port):
    crm.faults.plan("oauth2/token", "login rate")
    with pytest.raises(CrmBusy) as busy:
        await port.clock()
    assert busy.value.pause >= timedelta(minutes=5)
    assert await port.clock() == NOW


async def test_what_is_refused_for_good_ends(crm, port):
    await port.clock()
    crm.revoke(after=1)
    await port.clock()
    asked = len(crm.requests)
    with pytest.raises(TokenRefused):
        await port.clock()
    assert len(crm.requests) - asked == 2


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=-90)])
async def test_a_key_signs_for_a_user(crm, ahead):
    """By their clock where ours is another."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    crm.tokens.public_key = (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )
    crm.tokens.username = "bot@northwind.example"
    await later(crm, ahead.total_seconds()) if ahead else None
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
    port = adapter(crm, client_secret="", username="bot@northwind.example", key=pem)
    assert (await port.probe()).account == crm.id
    await port.close()
    other = adapter(crm, client_secret="", username="other@northwind.example", key=pem)
    with pytest.raises(TokenRefused):
        await other.probe()
    await other.close()


# what comes in


async def test_a_deal_as_it_stands(crm, port):
    owner, account = crm.owner("Ana Kovač", "ana@northwind.example"), crm.account("Lockside")
    contact = crm.contact("Dana Roe", "dana@lockside.example", account)
    made = crm.deal(
        "Lockside", amount="18400.50", close=CLOSES, owner=owner, account=account, next_step="call"
    )
    crm.role(made, contact)
    await later(crm)
    (deal,) = await read(port)
    assert isinstance(deal, CrmDeal)
    assert deal == await deal_of(port, made)
    assert (deal.amount, deal.currency, deal.close_on) == (Decimal("18400.50"), "USD", CLOSES)
    assert (deal.owner_id, deal.account_id, deal.contact_ids) == (owner, account, (contact,))
    assert (deal.next_step, deal.created_on, deal.modified_at) == ("call", NOW.date(), NOW)


async def test_no_amount_is_none(crm, port):
    crm.deal("Lockside", amount=None)
    await later(crm)
    (deal,) = await read(port)
    assert (deal.amount, deal.currency, deal.close_on) == (None, None, None)


async def test_stages_and_owners_as_they_are(crm, port):
    left = crm.owner("Ana", "ANA@northwind.example")
    crm.leave(left)
    stages = await port.stages()
    assert [one.id for one in stages] == [one[0] for one in crm.stages]
    assert Counter(one.kind for one in stages)[CrmStageKind.WON] == 1
    assert [one.active for one in await port.owners() if one.id == left] == [False]
    customer = crm.owner("Of a portal", "customer@elsewhere.example")
    crm.user(customer)["UserType"] = "CspLitePortal"
    assert {one.id for one in await port.owners()} == {left, crm.integration}


async def test_a_stage_that_nobody_picks_any_more_is_one_while_open_deals_stand_in_it(crm, port):
    (first, *_), (second, *_) = crm.stages[:2]
    crm.deal("Lockside", stage=first)
    lost = crm.deal("Quay", stage=second)
    crm.retire_stage(first)
    crm.retire_stage(second)
    crm.change(lost, stage="Closed Lost")
    assert {one.id for one in await port.stages()} == {one[0] for one in crm.stages} - {second}


async def test_activities_are_done_or_to_come(crm, port):
    deal = crm.deal("Lockside")
    for kind in ("call", "email", "meeting", "task"):
        crm.activity(kind, deal, NOW - timedelta(days=4), by=crm.integration)
        crm.activity(kind, deal, NOW + timedelta(days=4), by=crm.integration)
    await later(crm)
    found = [one for one in await read(port, CrmObject.ACTIVITY) if isinstance(one, CrmActivity)]
    assert Counter((one.kind.value, one.done) for one in found) == {
        (kind, done): 1 for kind in ("call", "email", "meeting", "task") for done in (True, False)
    }
    assert {one.at for one in found if one.done} == {NOW - timedelta(days=4)}
    assert {one.deal_ids for one in found} == {(deal,)}


async def test_activities_go_on_where_they_were_left(crm, port):
    deal = crm.deal("Lockside")
    for _ in range(6):
        crm.activity("call", deal, NOW)
        crm.activity("meeting", deal, NOW)
    await later(crm)
    crm.page = 4
    until = await port.clock()
    whole = [one.id for one in await read(port, CrmObject.ACTIVITY, until=until)]
    assert len(set(whole)) == 12
    places = [page.place async for page in port.changed(CrmObject.ACTIVITY, CrmPlace(BEGINNING), until)]
    for at, place in enumerate(places, start=1):
        assert [one.id for one in await read(port, CrmObject.ACTIVITY, place, until)] == whole[
            at * 4 - (at > 1) * 2 :
        ] or (set(whole[at * 4 :]) <= {one.id for one in await read(port, CrmObject.ACTIVITY, place, until)})


# windows


async def test_a_window_is_read_from_any_place_in_it(crm, port):
    """All of one second, ten on a page: going on behind each page loses none and brings none twice."""
    ids = await many(crm)
    crm.page = 10
    until = await port.clock()
    place, found = CrmPlace(BEGINNING), []
    for _ in range(7):
        async for page in port.changed(CrmObject.DEAL, place, until):
            found += [one.id for one in page.records]
            place = page.place
            break
    assert found == ids


async def test_what_changed_after_the_window_is_in_the_next(crm, port):
    first, second = (await many(crm, 2))[:2]
    until = await port.clock()
    crm.change(second, amount="31500")
    assert [one.id for one in await read(port, until=until)] == [first]
    await later(crm)
    assert [one.id for one in await read(port, since=CrmPlace(until))] == [second]


@pytest.mark.parametrize("what", [CrmObject.ACCOUNT, CrmObject.CONTACT])
async def test_accounts_and_contacts_of_the_last_minutes(crm, port, what):
    await later(crm, 600)
    made = crm.account("Haulmate") if what is CrmObject.ACCOUNT else crm.contact("Dana Roe", "dana@x.example")
    await later(crm, 60)
    since = CrmPlace(await port.clock() - timedelta(minutes=10))
    assert [one.id for one in await read(port, what, since)] == [made]
    assert [one.id for one in await read(port, what)] == [made]


async def test_an_old_body_is_not_believed(crm, port):
    (deal,) = await many(crm, 1)
    await later(crm, 60)
    since = CrmPlace(await port.clock())
    crm.change(deal, amount="31500")
    await later(crm)
    crm.faults.plan("quer", "slow search")
    assert [one.amount for one in await read(port, since=since)] == [Decimal(31500)]


async def test_by_id_a_late_change_is_there_at_once(crm, port):
    (deal,) = await many(crm, 1)
    crm.lag = timedelta(minutes=8)
    crm.change(deal, amount="31500")
    assert [one.amount for one in await read(port)] == [Decimal(24000)]
    assert (await deal_of(port, deal)).amount == Decimal(31500)
    await later(crm, 500)
    assert [one.amount for one in await read(port)] == [Decimal(31500)]


# what is gone


async def test_what_is_deleted_is_gone_and_what_is_hidden_is_missing(crm, port):
    kept, deleted, hidden = await many(crm, 3)
    crm.archive(deleted)
    crm.unshare(hidden)
    await later(crm, 60)
    assert [one.id for one in await read(port)] == [kept]
    found = await port.by_ids(CrmObject.DEAL, [kept, deleted, hidden])
    assert (set(found.records), found.gone, found.missing) == ({kept}, {deleted}, {hidden})
    gone = await port.gone(CrmObject.DEAL, NOW - timedelta(days=1), await port.clock())
    assert [(one.id, one.merged_into) for one in gone] == [(deleted, "")]
    assert [one async for ids in port.ids(CrmObject.DEAL) for one in ids] == [kept]


@pytest.mark.parametrize("since", [BEGINNING, NOW - timedelta(days=1)])
async def test_a_bin_that_was_emptied(crm, port, since):
    (deal,) = await many(crm, 1)
    crm.archive(deal)
    crm.purge()
    await later(crm, 120)
    assert await port.gone(CrmObject.DEAL, since, await port.clock()) == []
    assert (await port.by_ids(CrmObject.DEAL, [deal])).missing == {deal}


async def test_a_merged_account_is_the_one_it_became(crm, port):
    loser, winner = crm.account("Haulmate Ltd"), crm.account("Haulmate")
    contact = crm.contact("Dana Roe", "dana@haulmate.example", loser)
    crm.merge(loser, winner)
    await later(crm, 60)
    found = await port.by_ids(CrmObject.ACCOUNT, [loser])
    assert found.records[loser].id == winner
    gone = await port.gone(CrmObject.ACCOUNT, NOW - timedelta(days=1), await port.clock())
    assert [(one.id, one.merged_into) for one in gone] == [(loser, winner)]
    known = (await port.by_ids(CrmObject.CONTACT, [contact])).records[contact]
    assert isinstance(known, CrmContact)
    assert known.account_id == winner


async def test_closed_deals_are_in_no_sweep(crm, port):
    (deal,) = await many(crm, 1)
    crm.deal("Won", stage="Closed Won")
    assert [one async for ids in port.ids(CrmObject.DEAL) for one in ids] == [deal]


async def test_an_id_of_fifteen_characters_is_the_same_deal(crm, port):
    (deal,) = await many(crm, 1)
    found = await port.by_ids(CrmObject.DEAL, [deal[:15]])
    assert found.records[deal[:15]].id == deal


# bad replies


@pytest.mark.parametrize(
    "fault", ["429", "429 no retry-after", "500", "503", "html 502", "cut", "hang", "401"]
)
async def test_one_bad_reply_loses_nothing(crm, port, fault):
    ids = await many(crm)
    crm.page = 10
    crm.silence = 0.1
    crm.faults.plan("quer", fault, after=2)
    assert [one.id for one in await read(port)] == ids


@pytest.mark.parametrize("fault", ["429", "500", "503", "html 502", "cut", "query timeout", "limit"])
async def test_bad_replies_without_end_are_left_after_a_few(crm, port, fault):
    await many(crm)
    await port.clock()
    crm.faults.plan("quer", fault, times=1000)
    asked = len(crm.requests)
    with pytest.raises((CrmSilent, CrmBusy)) as trouble:
        await read(port)
    assert len(crm.requests) - asked <= 8
    assert "_" not in str(trouble.value)


async def test_a_days_limit_waits_for_long(crm, port):
    crm.faults.plan("quer", "limit")
    with pytest.raises(CrmBusy) as busy:
        await port.owners()
    assert busy.value.pause >= timedelta(minutes=30)


async def test_the_last_of_a_days_requests_are_left_to_others(crm, port):
    crm.daily = 10
    assert (await port.probe()).account == crm.id  # whoever connects has to see that it goes well
    with pytest.raises(CrmBusy, match="leave the rest to others") as busy:
        await asked_often(port, crm)
    assert busy.value.pause >= timedelta(minutes=30)
    assert len(crm.requests) <= crm.daily


async def asked_often(port, crm) -> None:
    while len(crm.requests) < crm.daily:
        await port.clock()


async def test_a_page_that_says_there_are_more_and_not_where_is_no_end(crm, port):
    ids = await many(crm)
    crm.page = 10
    crm.faults.plan("quer", "no address", after=2)
    with pytest.raises(CrmSilent, match="otherwise"):
        await read(port)
    assert [one.id for one in await read(port)] == ids


async def test_a_page_that_comes_twice_hides_none(crm, port):
    ids = await many(crm)
    crm.page = 10
    crm.faults.plan("quer", "repeat page")
    assert {one.id for one in await read(port)} == set(ids)


async def test_a_page_that_repeats_for_ever_is_noticed(crm, port):
    await many(crm)
    crm.page = 10
    crm.faults.plan("quer", "repeat page", times=1000)
    with pytest.raises(CrmSilent, match="over and over"):
        await read(port)
    assert len(crm.requests) < 12


# links


async def test_people_are_led_to_their_own_domain(crm, port):
    await port.clock()
    page = "https://northwind.lightning.force.com/lightning/r"
    assert port.link(CrmObject.DEAL, "006X") == f"{page}/Opportunity/006X/view"
    assert port.link(CrmObject.ACTIVITY, "00UX") == f"{page}/Event/00UX/view"
    sandbox = Salesforce({"host": "acme--uat.sandbox.my.salesforce.com"})
    assert sandbox.link(CrmObject.ACCOUNT, "1").startswith("https://acme--uat.sandbox.lightning.force.com/")


async def test_their_clock_is_what_counts(crm, port):
    assert await port.clock() == NOW
    await later(crm, 3600)
    assert await port.clock() == datetime(2026, 9, 14, 10, 0, tzinfo=UTC)
