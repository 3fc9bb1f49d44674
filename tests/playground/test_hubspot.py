"""The double of HubSpot: what the vendor refuses, shuffles, hides, stamps and leaves out."""

from datetime import UTC, date, datetime, timedelta

import aiohttp
import pytest

from playground.clock import Clock
from playground.hubspot import HubSpotDouble

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
STAMP = "hs_lastmodifieddate"
DEALS = "/crm/objects/2026-09/deals"


class Caller:
    """Somebody with the token."""

    def __init__(self, crm: HubSpotDouble, session: aiohttp.ClientSession) -> None:
        self.crm, self.session = crm, session

    async def asks(self, method: str, path: str, body=None, **query: str):
        headers = {"Authorization": f"Bearer {self.crm.token}"}
        url = f"{self.crm.address}{path}"
        async with self.session.request(method, url, json=body, params=query, headers=headers) as answer:
            return answer.status, await answer.json() if answer.content_type.endswith("json") else None

    async def search(self, *filters, kind="deals", sort=STAMP, **more):
        body = {"filterGroups": [{"filters": list(filters)}] if filters else [], "sorts": [sort], **more}
        return await self.asks("POST", f"/crm/objects/2026-09/{kind}/search", body)


@pytest.fixture
async def crm():
    async with HubSpotDouble(Clock(NOW, frozen=True)) as made:
        yield made


@pytest.fixture
async def caller(crm):
    async with aiohttp.ClientSession() as session:
        yield Caller(crm, session)


def ids(answer) -> list[str]:
    return [one["id"] for one in answer[1]["results"]]


def many(crm, number=12) -> list[str]:
    return [crm.deal(f"Depot {one}", close=date(2026, 10, 14)) for one in range(number)]


def between(low: datetime, high: datetime):
    ms = [str(int(one.timestamp() * 1000)) for one in (low, high)]
    return {"propertyName": STAMP, "operator": "BETWEEN", "value": ms[0], "highValue": ms[1]}


ALL = between(datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "path", ["/crm/v3/objects/deals", "/crm/v4/objects/deals", "/deals/v1/deal", "/owners/v2/owners"]
)
async def test_older_paths_are_not_served(crm, caller, path):
    assert (await caller.asks("GET", path))[0] == 404


async def test_a_token_is_asked_for(crm, caller):
    assert (await caller.asks("GET", DEALS))[0] == 200
    good, crm.token = crm.token, "another"
    crm.token = good
    crm.renew()
    old = {"Authorization": f"Bearer {good}"}
    async with caller.session.get(f"{crm.address}{DEALS}", headers=old) as answer:
        assert answer.status == 401
    crm.revoke(after=1)
    assert [(await caller.asks("GET", DEALS))[0] for _ in range(3)] == [200, 401, 401]


async def test_what_was_asked_is_written_down(crm, caller):
    await caller.asks("GET", DEALS, limit="5")
    method, path, headers, status = crm.requests[-1]
    assert (method, path, status) == ("GET", f"{DEALS}?limit=5", 200)
    assert headers["Authorization"] == f"Bearer {crm.token}"


async def test_everything_is_a_string_or_null(crm, caller):
    made = crm.deal("Lockside", amount="18400.50", close=date(2026, 10, 14))
    status, body = await caller.asks(
        "GET", f"{DEALS}/{made}", properties="amount,deal_currency_code,closedate,nonsense"
    )
    assert status == 200
    assert body["properties"]["amount"] == "18400.50"
    assert body["properties"]["deal_currency_code"] is None
    assert body["properties"]["closedate"] == "2026-10-14T12:00:00.000Z"
    assert "nonsense" not in body["properties"]


async def test_ties_are_shuffled(crm, caller):
    many(crm)
    crm.page = 4
    pages = {tuple(ids(await caller.search(ALL, limit=200))) for _ in range(12)}
    assert len(pages) > 1
    assert all(len(one) == 4 for one in pages)


async def test_limits_of_a_search(crm, caller):
    made = many(crm)
    crm.search_cap = 10
    assert (await caller.search(ALL, limit=5, after="5"))[0] == 200
    assert (await caller.search(ALL, limit=5, after="10"))[0] == 400
    assert (await caller.search(ALL, limit=201))[0] == 400
    assert (await caller.search(ALL, limit=5, after="x"))[0] == 400
    assert (await caller.search(*[ALL] * 7, limit=5))[0] == 400
    two = {"sorts": [STAMP, "createdate"], "limit": 5}
    assert (await caller.asks("POST", f"{DEALS}/search", two))[0] == 400
    long = {"propertyName": "dealname", "operator": "EQ", "value": "x" * 3000}
    assert (await caller.search(long, limit=5))[0] == 400
    assert (await caller.search(ALL, limit=5))[1]["total"] == len(made)


async def test_the_wrong_stamp_finds_nothing(crm, caller):
    crm.contact("Dana Roe")
    right = {**ALL, "propertyName": "lastmodifieddate"}
    assert (await caller.search(ALL, kind="contacts", limit=5))[1]["total"] == 0
    assert (await caller.search(right, kind="contacts", sort="lastmodifieddate", limit=5))[1]["total"] == 1


async def test_filters(crm, caller):
    one, two, three = many(crm, 3)
    crm.change(two, amount=None)
    crm.change(three, stage="Closed Won")
    for found, asked in (
        ([one, three], {"propertyName": "amount", "operator": "HAS_PROPERTY"}),
        ([two], {"propertyName": "amount", "operator": "NOT_HAS_PROPERTY"}),
        ([two, three], {"propertyName": "hs_object_id", "operator": "GT", "value": one}),
        ([three], {"propertyName": "dealstage", "operator": "IN", "values": ["closedwon"]}),
        ([one, two], {"propertyName": "dealstage", "operator": "NOT_IN", "values": ["closedwon"]}),
        ([one], {"propertyName": "hs_object_id", "operator": "EQ", "value": one}),
    ):
        assert ids(await caller.search(asked, sort="hs_object_id", limit=9)) == found, asked


async def test_a_search_that_is_late_and_one_that_is_old(crm, caller):
    (made,) = many(crm, 1)
    crm.faults.plan("search", "slow search")
    crm.change(made, amount="1")
    shown = (await caller.search(ALL, limit=5, properties=["amount"]))[1]["results"][0]
    assert shown["properties"]["amount"] == "24000"
    crm.lag = timedelta(minutes=8)
    crm.change(made, amount="2")
    new = crm.deal("New")
    for minutes, amount, found in ((1, "1", [made]), (8, "2", [made, new])):
        await crm.clock.advance(timedelta(minutes=minutes))
        answer = await caller.search(ALL, limit=5, properties=["amount"])
        assert sorted(ids(answer)) == found
        by_id = {one["id"]: one["properties"]["amount"] for one in answer[1]["results"]}
        assert by_id[made] == amount
    status, body = await caller.asks("GET", f"{DEALS}/{new}")
    assert (status, body["id"]) == (200, new)


async def test_what_is_archived(crm, caller):
    stays, goes = many(crm, 2)
    before = crm.find(goes).modified
    await crm.clock.advance(timedelta(hours=1))
    crm.archive(goes)
    assert crm.find(goes).modified == before
    assert ids(await caller.search(ALL, limit=9)) == [stays]
    assert ids(await caller.asks("GET", DEALS)) == [stays]
    assert (await caller.asks("GET", f"{DEALS}/{goes}"))[0] == 404
    status, body = await caller.asks("GET", DEALS, archived="true")
    assert (status, body["results"][0]["archivedAt"]) == (200, "2026-09-14T10:00:00.000Z")


async def test_what_bumps_the_stamp_and_what_does_not(crm, caller):
    made, other = many(crm, 2)
    account = crm.account("Acme")
    await crm.clock.advance(timedelta(hours=1))
    crm.link(made, account)
    crm.change_unstamped(made, amount="9")
    assert crm.find(made).modified == NOW
    crm.change(made)
    assert crm.find(made).modified == crm.clock.now()
    assert crm.find(other).modified == NOW
    crm.add_stage("Security review")
    assert crm.find(other).modified == crm.clock.now()


async def test_a_merge_makes_a_third(crm, caller):
    loser, winner = many(crm, 2)
    firm = crm.account("Acme")
    crm.link(loser, firm)
    stays = crm.merge(loser, winner)
    assert stays not in (loser, winner)
    for asked in (loser, winner, stays):
        status, body = await caller.asks("GET", f"{DEALS}/{asked}", properties="hs_merged_object_ids")
        assert (status, body["id"]) == (200, stays)
    assert body["properties"]["hs_merged_object_ids"] == f"{winner};{loser}"
    path = "/crm/associations/2026-09/deals/companies/batch/read"
    status, body = await caller.asks("POST", path, {"inputs": [{"id": loser}, {"id": stays}]})
    assert (status, [one["from"]["id"] for one in body["results"]]) == (207, [stays])


async def test_a_batch(crm, caller):
    made = many(crm, 101)
    path = f"{DEALS}/batch/read"

    def inputs(some):
        return {"inputs": [{"id": one} for one in some], "properties": ["amount"]}

    assert (await caller.asks("POST", path, inputs(made)))[0] == 400
    history = {**inputs(made[:51]), "propertiesWithHistory": ["amount"]}
    assert (await caller.asks("POST", path, history))[0] == 400
    status, body = await caller.asks("POST", path, inputs([*made[:99], "999"]))
    assert (status, len(body["results"]), body["errors"][0]["context"]["ids"]) == (207, 99, ["999"])
    crm.change(made[0], amount="1")
    history = {**inputs(made[:50]), "propertiesWithHistory": ["amount"]}
    status, body = await caller.asks("POST", path, history)
    assert [one["value"] for one in body["results"][0]["propertiesWithHistory"]["amount"]] == ["1", "24000"]


async def test_what_is_not_shared_is_not_there(crm, caller):
    seen, unseen = many(crm, 2)
    crm.unshare(unseen)
    assert ids(await caller.search(ALL, limit=9)) == ids(await caller.asks("GET", DEALS)) == [seen]
    assert (await caller.asks("GET", f"{DEALS}/{unseen}"))[0] == 404


async def test_links_page_at_a_hundred(crm, caller):
    (made,) = many(crm, 1)
    for one in range(120):
        crm.link(made, crm.contact(f"Person {one}"))
    path = "/crm/associations/2026-09/deals/contacts/batch/read"
    _, body = await caller.asks("POST", path, {"inputs": [{"id": made}]})
    (result,) = body["results"]
    assert (len(result["to"]), result["paging"]["next"]["after"]) == (100, "100")
    _, body = await caller.asks("POST", path, {"inputs": [{"id": made, "after": "100"}]})
    assert len(body["results"][0]["to"]) == 20


async def test_owners_who_left(crm, caller):
    stays, left = crm.owner("Ana Kovač", "ana@x.example"), crm.owner("Zoe Gone", "zoe@x.example")
    crm.leave(left)
    assert ids(await caller.asks("GET", "/crm/owners/2026-09")) == [stays]
    assert ids(await caller.asks("GET", "/crm/owners/2026-09", archived="true")) == [left]


async def test_scopes(crm, caller):
    crm.forbid("account")
    status, body = await caller.asks("GET", "/crm/objects/2026-09/companies")
    assert (status, body["category"]) == (403, "MISSING_SCOPES")
    path = "/crm/associations/2026-09/deals/companies/batch/read"
    assert (await caller.asks("POST", path, {"inputs": []}))[0] == 403
    assert (await caller.asks("GET", DEALS))[0] == 200


async def test_a_property_is_hidden_or_renamed(crm, caller):
    (made,) = many(crm, 1)

    async def names():
        return [
            one["name"] for one in (await caller.asks("GET", "/crm/properties/2026-09/deals"))[1]["results"]
        ]

    crm.hide_field("amount")
    assert "amount" not in await names()
    crm.show_field("amount")
    crm.rename_field("amount")
    assert "amount_2" in await names()
    _, body = await caller.asks("GET", f"{DEALS}/{made}", properties="amount,amount_2")
    assert body["properties"].get("amount_2") == "24000"
    assert "amount" not in body["properties"]


async def test_a_write(crm, caller):
    (made,) = many(crm, 1)
    await crm.clock.advance(timedelta(hours=1))
    path = f"{DEALS}/{made}"
    assert (await caller.asks("PATCH", path, {"properties": {"hs_next_step": "call"}}))[0] == 200
    assert (crm.read(made)["next_step"], crm.find(made).modified) == ("call", crm.clock.now())
    for bad in ({"dealstage": "no such"}, {"nonsense": "1"}, {"hs_lastmodifieddate": "1"}):
        status, body = await caller.asks("PATCH", path, {"properties": bad})
        assert (status, body["category"]) == (400, "VALIDATION_ERROR")
    crm.needs("amount", at="Closed Won")
    crm.change(made, amount=None)
    status, body = await caller.asks("PATCH", path, {"properties": {"dealstage": "closedwon"}})
    assert (status, body["errors"][0]["context"]["propertyName"]) == (400, ["amount"])
    crm.change(made, amount="5")
    assert (await caller.asks("PATCH", path, {"properties": {"dealstage": "closedwon"}}))[0] == 200
    assert crm.read(made)["close"] == date(2026, 9, 14)  # set by closing it


async def test_faults(crm, caller):
    (made,) = many(crm, 1)
    for fault, status in (
        ("429", 429),
        ("500", 500),
        ("423", 423),
        ("401", 401),
        ("html 502", 502),
        ("530", 530),
    ):
        crm.faults.plan("deals", fault)
        assert [(await caller.asks("GET", DEALS))[0] for _ in range(2)] == [status, 200], fault
    crm.silence = 0.01
    for fault in ("hang", "cut"):
        crm.faults.plan("search", fault)
        with pytest.raises(aiohttp.ClientError):
            await caller.search(ALL, limit=5)
    crm.faults.plan("deals", "commit then drop")
    assert (await caller.asks("GET", DEALS))[0] == 200
    with pytest.raises(aiohttp.ClientError):
        await caller.asks("PATCH", f"{DEALS}/{made}", {"properties": {"amount": "7"}})
    assert (crm.read(made)["amount"], crm.requests[-1][3]) == ("7", 200)
    with pytest.raises(ValueError, match="no fault"):
        crm.faults.plan("deals", "flood")


async def test_a_page_that_comes_twice(crm, caller):
    many(crm, 6)
    crm.page = 2
    crm.faults.plan("deals", "repeat page")
    first = await caller.asks("GET", DEALS)
    after = first[1]["paging"]["next"]["after"]
    assert await caller.asks("GET", DEALS, after=after) == first
    assert ids(await caller.asks("GET", DEALS, after=after)) != ids(first)


async def test_its_clock_stamps_answers(crm, caller):
    crm.clock = Clock(NOW + timedelta(days=3), frozen=True)
    headers = {"Authorization": f"Bearer {crm.token}"}
    async with caller.session.get(f"{crm.address}{DEALS}", headers=headers) as answer:
        assert answer.headers["Date"] == "Thu, 17 Sep 2026 09:00:00 GMT"
