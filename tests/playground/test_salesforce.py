"""The double of Salesforce holds what the vendor does, asked over HTTP as anybody would ask it."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest

from playground.clock import Clock
from playground.salesforce import SalesforceDouble

NOW = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
BASE = "/services/data/v66.0"
CLOSES = date(2026, 10, 14)


class Caller:
    """Somebody with a token of the org's."""

    def __init__(self, crm: SalesforceDouble, http: aiohttp.ClientSession) -> None:
        self.crm, self.http, self.token = crm, http, ""

    async def grant(self, **form: str) -> tuple[int, Any]:
        known = {
            "grant_type": "client_credentials",
            "client_id": "rainmaker",
            "client_secret": self.crm.token,
        }
        async with self.http.post(
            f"{self.crm.address}/services/oauth2/token", data={**known, **form}
        ) as answer:
            body = await answer.json()
            self.token = body.get("access_token", self.token)
            return answer.status, body

    async def ask(self, path: str, method="GET", body=None, **headers: str) -> tuple[int, Any, Any]:
        if not self.token:
            await self.grant()
        sent = {
            "Authorization": f"Bearer {self.token}",
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        url = f"{self.crm.address}{path if path.startswith('/services') else BASE + path}"
        async with self.http.request(method, url, headers=sent, json=body) as answer:
            known = await answer.json() if answer.content_type == "application/json" else None
            return answer.status, known, answer.headers

    async def query(self, soql: str, how="query") -> Any:
        return (await self.ask(f"/{how}?{urlencode({'q': soql})}"))[1]


@pytest.fixture
async def crm() -> AsyncIterator[SalesforceDouble]:
    async with SalesforceDouble(Clock(NOW, frozen=True)) as made:
        yield made


@pytest.fixture
async def caller(crm: SalesforceDouble) -> AsyncIterator[Caller]:
    async with aiohttp.ClientSession() as http:
        made = Caller(crm, http)
        await made.grant()
        yield made


def ids(body: Any) -> list[str]:
    return [one["Id"] for one in body["records"]]


async def test_a_token_is_for_the_secret(crm, caller):
    status, body = await caller.grant()
    assert status == 200
    assert body["instance_url"] == "https://northwind.my.salesforce.com"
    status, body = await caller.grant(client_secret="another")
    assert (status, body["error"]) == (400, "invalid_client")
    crm.renew()
    status, body, _ = await caller.ask("/")
    assert (status, body[0]["errorCode"]) == (401, "INVALID_SESSION_ID")


async def test_a_refresh_token_is_good_for_one_use(crm, caller):
    first = crm.tokens.refresh_token()
    status, body = await caller.grant(grant_type="refresh_token", refresh_token=first)
    assert status == 200
    assert body["refresh_token"] != first
    status, body = await caller.grant(grant_type="refresh_token", refresh_token=first)
    assert (status, body["error"]) == (400, "invalid_grant")


async def test_a_token_is_refused_from_some_request_on(crm, caller):
    crm.revoke(after=2)
    assert [(await caller.ask("/"))[0] for _ in range(3)] == [200, 200, 401]
    assert (await caller.grant())[0] == 400


async def test_queries_come_in_pages_in_their_order(crm, caller):
    made = [crm.deal(f"Depot {one:02}") for one in range(25)]
    crm.page = 10
    body = await caller.query("SELECT Id FROM Opportunity ORDER BY SystemModstamp, Id")
    found = ids(body)
    while not body["done"]:
        _, body, _ = await caller.ask(body["nextRecordsUrl"])
        found += ids(body)
    assert found == made
    assert body["totalSize"] == 25
    status, body, _ = await caller.ask("/query/01gNothing-10")
    assert (status, body[0]["errorCode"]) == (400, "INVALID_QUERY_LOCATOR")


async def test_conditions_mean_what_they_say(crm, caller):
    first = crm.deal("O'Hare & \\Sons", amount="100.5", close=CLOSES)
    second = crm.deal("Quay", amount=None)
    stamp = "2026-09-14T09:00:00.000Z"
    for where, wanted in {
        "Name = 'O\\'Hare & \\\\Sons'": [first],
        "Amount > 100": [first],
        "Amount = null": [second],
        f"SystemModstamp >= {stamp} AND Id > '{first}'": [second],
        f"SystemModstamp > {stamp} OR (CloseDate = 2026-10-14 AND IsClosed = FALSE)": [first],
        f"Id IN ('{first[:15]}', '{second}')": [first, second],
    }.items():
        assert ids(await caller.query(f"SELECT Id FROM Opportunity WHERE {where} ORDER BY Id")) == wanted, (
            where
        )
    assert (await caller.query("SELECT Id FROM Opportunity WHERE"))[0]["errorCode"] == "MALFORMED_QUERY"


async def test_a_hidden_field_refuses_the_whole_query(crm, caller):
    crm.deal("Lockside", next_step="call Dana")
    crm.hide_field("next_step")
    _, body, _ = await caller.ask("/sobjects/Opportunity/describe")
    assert "NextStep" not in [one["name"] for one in body["fields"]]
    assert (await caller.query("SELECT Id, NextStep FROM Opportunity"))[0]["errorCode"] == "INVALID_FIELD"
    crm.show_field("next_step")
    assert (await caller.query("SELECT NextStep FROM Opportunity"))["records"][0]["NextStep"] == "call Dana"


async def test_currencies_only_where_there_are_several(crm, caller):
    soql = "SELECT CurrencyIsoCode FROM Opportunity"
    crm.deal("Lockside")
    assert (await caller.query(soql))[0]["errorCode"] == "INVALID_FIELD"
    crm.deal("Lock Lane", currency="EUR")
    assert [one["CurrencyIsoCode"] for one in (await caller.query(soql))["records"]] == ["USD", "EUR"]


async def test_person_accounts_only_where_they_are_enabled(crm, caller):
    soql = "SELECT IsPersonAccount FROM Account"
    assert (await caller.query(soql))[0]["errorCode"] == "INVALID_FIELD"
    crm.person_accounts = True
    assert (await caller.query(soql))["records"] == []


async def test_what_is_deleted_lies_in_the_bin(crm, caller):
    deal = crm.deal("Lockside")
    crm.archive(deal)
    await crm.clock.advance(timedelta(minutes=2))
    assert ids(await caller.query("SELECT Id FROM Opportunity")) == []
    body = await caller.query("SELECT Id, SystemModstamp FROM Opportunity WHERE IsDeleted = TRUE", "queryAll")
    assert ids(body) == [deal]
    assert body["records"][0]["SystemModstamp"] == "2026-09-14T09:00:00.000+0000"
    span = "start=2026-09-14T08:00:00%2B00:00&end=2026-09-14T09:02:00%2B00:00"
    _, body, _ = await caller.ask(f"/sobjects/Opportunity/deleted/?{span}")
    assert [one["id"] for one in body["deletedRecords"]] == [deal]
    assert (await caller.ask(f"/sobjects/Opportunity/{deal}"))[1][0]["errorCode"] == "ENTITY_IS_DELETED"


@pytest.mark.parametrize(
    ("what", "start", "end"),
    [
        ("deleted", "2026-08-29T00:00:00", "2026-09-14T09:00:00"),
        ("updated", "2026-08-14T00:00:00", "2026-09-14T09:00:00"),
        ("updated", "2026-09-14T08:59:10", "2026-09-14T08:59:50"),
    ],
)
async def test_spans_that_are_not_answered(caller, what, start, end):
    path = f"/sobjects/Opportunity/{what}/?start={start}%2B00:00&end={end}%2B00:00"
    assert (await caller.ask(path))[1][0]["errorCode"] == "INVALID_REPLICATION_DATE"


async def test_a_condition_holds_by_the_whole_second(crm, caller):
    deal = crm.deal("Lockside", close=CLOSES)
    path, body = f"/sobjects/Opportunity/{deal}", {"NextStep": "call Dana"}
    same, before = "Mon, 14 Sep 2026 09:00:00 GMT", "Mon, 14 Sep 2026 08:59:59 GMT"
    assert (await caller.ask(path, "PATCH", body, If_Unmodified_Since=before))[0] == 412
    crm.change(deal, amount="31500")  # in that very second
    assert (await caller.ask(path, "PATCH", body, If_Unmodified_Since=same))[0] == 204
    assert crm.read(deal)["next_step"] == "call Dana"


async def test_a_stage_may_ask_for_a_field(crm, caller):
    deal = crm.deal("Lockside", amount=None)
    crm.needs("amount", at="Closed Won")
    path = f"/sobjects/Opportunity/{deal}"
    status, body, _ = await caller.ask(path, "PATCH", {"StageName": "Closed Won"})
    assert (status, body[0]["errorCode"], body[0]["fields"]) == (400, "REQUIRED_FIELD_MISSING", ["Amount"])
    status, body, _ = await caller.ask(path, "PATCH", {"IsWon": True})
    assert (status, body[0]["errorCode"]) == (400, "INVALID_FIELD_FOR_INSERT_UPDATE")


async def test_history_has_each_step(crm, caller):
    deal = crm.deal("Lockside", close=CLOSES)
    crm.change(deal, stage="Qualification")
    crm.change(deal, next_step="call Dana")
    soql = f"SELECT StageName, CloseDate FROM OpportunityHistory WHERE OpportunityId = '{deal}'"
    rows = (await caller.query(soql))["records"]
    assert [one["StageName"] for one in rows] == ["Prospecting", "Qualification"]


async def test_a_merged_account_names_what_it_became(crm, caller):
    loser, winner = crm.account("Haulmate Ltd"), crm.account("Haulmate")
    deal = crm.deal("Lockside", account=loser)
    assert crm.merge(loser, winner) == winner
    body = await caller.query("SELECT Id, MasterRecordId FROM Account WHERE IsDeleted = TRUE", "queryAll")
    assert [one["MasterRecordId"] for one in body["records"]] == [winner]
    assert crm.read(deal)["account"] == winner


async def test_what_is_late_is_found_later(crm, caller):
    crm.lag = timedelta(minutes=8)
    deal = crm.deal("Lockside")
    assert ids(await caller.query("SELECT Id FROM Opportunity")) == []
    assert (await caller.ask(f"/composite/sobjects/Opportunity?ids={deal}&fields=Id"))[1][0]["Id"] == deal
    await crm.clock.advance(timedelta(minutes=9))
    assert ids(await caller.query("SELECT Id FROM Opportunity")) == [deal]


async def test_what_is_unstamped_is_another_all_the_same(crm, caller):
    deal = crm.deal("Lockside")
    await crm.clock.advance(timedelta(minutes=9))
    crm.change_unstamped(deal, amount="1")
    (row,) = (await caller.query("SELECT Amount, SystemModstamp FROM Opportunity"))["records"]
    assert (row["Amount"], row["SystemModstamp"]) == (1.0, "2026-09-14T09:00:00.000+0000")


async def test_faults_are_met_in_their_order(crm, caller):
    crm.faults.plan("/query", "429")
    crm.faults.plan("/query", "limit")
    crm.faults.plan("/query", "html 502")
    path = "/query?q=SELECT%20Id%20FROM%20User"
    found = [(await caller.ask(path))[0] for _ in range(4)]
    crm.faults.plan("/query", "500", after=1)
    found += [(await caller.ask(path))[0] for _ in range(3)]
    assert found == [429, 403, 502, 200, 200, 500, 200]
    assert [one[3] for one in crm.requests][-7:] == found
    with pytest.raises(ValueError, match="no fault"):
        crm.faults.plan("/", "rain")


async def test_other_versions_and_paths_are_not_there(caller):
    for path in ("/services/data/v20.0/query", f"{BASE}/nothing"):
        assert (await caller.ask(path))[0] == 404
