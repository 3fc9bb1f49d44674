"""Content events over HTTP: who is let in, what is refused and how, and what was answered with 200 is there (#41)."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO

import aiohttp
import pytest
from sqlmodel import select

from bot.app import running
from bot.hooks import ROUTE, ContentHook
from bot.http import Address, serving
from bot.manifest import manifest
from bot.rate_limits import RateLimits
from playground.box import Server
from playground.clock import Clock
from sales.prospects.webhook import LARGEST, PATH, RATE, SIGNATURE, TIMESTAMP, next_secret, signature
from storage.people import workspace
from storage.prospects.content_event import ContentEventRow
from storage.prospects.webhook import keep_secret, remove_secret, webhook_secret
from tests.bot.test_http import settings
from tests.conftest import small_workspace
from tests.known import T0, WORKSPACE

LOOPBACK = Address("127.0.0.1", 0)
SECRET = "s" * 43


class Hooked:
    """A hook that listens, a clock it goes by, and how a sender posts to it."""

    def __init__(self, database, address, session):
        self.database, self.address, self.session = database, address, session
        self.now, self.seconds, self.woken = T0, 0.0, 0

    def wake(self) -> None:
        self.woken += 1

    def body(self, number=1, **more) -> bytes:
        said = {"id": f"e-{number}", "email": "dana@alder.example", "content": "Guide", **more}
        return json.dumps(said).encode()

    def signed(self, body: bytes, secret=SECRET, at=None) -> dict[str, str]:
        stamp = str(int((at or self.now).timestamp()))
        return {TIMESTAMP: stamp, SIGNATURE: signature(secret, stamp, body)}

    async def posts(self, body: bytes, headers=None, to=WORKSPACE):
        given = self.signed(body) if headers is None else headers
        async with self.session.post(
            f"http://{self.address}{PATH}{to}", data=BytesIO(body), headers=given
        ) as answer:
            said = await answer.json() if answer.content_type == "application/json" else {}
            return answer.status, said

    async def events(self) -> list[ContentEventRow]:
        async with self.database.read(WORKSPACE) as scope:
            statement = select(ContentEventRow).where(ContentEventRow.workspace_id == scope.workspace_id)
            return list(await scope.session.exec(statement))


@pytest.fixture
async def hooked(database):
    async with database.write(WORKSPACE) as scope:
        await keep_secret(scope, next_secret(None, SECRET, T0, "U3", at_once=True))
    async with aiohttp.ClientSession() as session:
        made = Hooked(database, None, session)
        hook = ContentHook(database, lambda: made.now, made.wake, lambda: made.seconds)
        async with serving(LOOPBACK, {}, hooks={ROUTE: hook.post}) as address:
            made.address = address
            yield made


async def test_a_signed_event_is_stored_once_however_often_it_comes(hooked):
    body = hooked.body(name="Dana Roe", account="Alder Yard")
    assert await hooked.posts(body) == (200, {"new": 1, "known": 0})
    assert await hooked.posts(body) == (200, {"new": 0, "known": 1})
    hooked.now += timedelta(minutes=30)
    assert await hooked.posts(body) == (200, {"new": 0, "known": 1})
    (row,) = await hooked.events()
    assert (row.event_id, row.email, row.name, row.account) == (
        "e-1",
        "dana@alder.example",
        "Dana Roe",
        "Alder Yard",
    )
    assert row.received_at == T0
    assert row.owner_id is None


async def test_several_at_once_in_one_request_and_side_by_side(hooked):
    events = [json.loads(hooked.body(number)) for number in (1, 2, 2)]
    assert await hooked.posts(json.dumps({"events": events}).encode()) == (200, {"new": 2, "known": 1})
    answered = await asyncio.gather(*(hooked.posts(hooked.body(7)) for _ in range(8)))
    assert [status for status, _ in answered] == [200] * 8
    assert sum(said["new"] for _, said in answered) == 1
    assert len(await hooked.events()) == 3


async def test_what_is_not_the_senders_is_refused_and_changes_nothing(hooked):
    body = hooked.body()
    wrong = [
        {},
        hooked.signed(body, secret="x" * 43),
        hooked.signed(body + b" "),
        hooked.signed(body, at=T0 - timedelta(minutes=6)),
        hooked.signed(body, at=T0 + timedelta(minutes=6)),
        {**hooked.signed(body), TIMESTAMP: "soon"},
    ]
    for headers in wrong:
        assert (await hooked.posts(body, headers))[0] == 401
    assert (await hooked.posts(body, to="T404"))[0] == 401
    assert await hooked.events() == []


async def test_a_secret_of_one_workspace_opens_no_other(hooked):
    async with hooked.database.write_ledger() as ledger:
        await workspace.install_workspace(ledger, "T2", "Other", "UBOT", T0)
    async with hooked.database.write("T2") as scope:
        await keep_secret(scope, next_secret(None, "o" * 43, T0, "U3", at_once=True))
    body = hooked.body()
    assert (await hooked.posts(body, to="T2"))[0] == 401
    assert (await hooked.posts(body, hooked.signed(body, secret="o" * 43), to="T2"))[0] == 200
    assert await hooked.events() == []


async def test_once_nobody_may_send_nothing_is_taken(hooked):
    async with hooked.database.write(WORKSPACE) as scope:
        assert await remove_secret(scope)
    async with hooked.database.read(WORKSPACE) as scope:
        assert await webhook_secret(scope) is None
    assert (await hooked.posts(hooked.body()))[0] == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"\xff\xfe", ""),
        (b"{", ""),
        (b"[" * 5_000, ""),
        (b"[]", "events"),
        (b"{}", "id"),
        (b'{"id": "e", "content": "Guide", "email": 5}', "email"),
        (b'{"id": "e", "content": "Guide", "email": "nobody"}', "email"),
    ],
)
async def test_what_says_nothing_is_the_senders_to_mend(hooked, body, field):
    status, said = await hooked.posts(body)
    assert status == 422
    assert said.get("field", "") == field
    assert said["error"]
    assert await hooked.events() == []


async def test_one_that_is_wrong_keeps_all_of_a_request_out(hooked):
    events = [json.loads(hooked.body(1)), {"id": "e-2"}]
    assert (await hooked.posts(json.dumps(events).encode()))[0] == 422
    assert await hooked.events() == []


@pytest.mark.parametrize("size", [LARGEST + 1, 1_500_000])
async def test_what_is_too_large_is_refused_before_it_is_read(hooked, size):
    body = b"x" * size
    assert (await hooked.posts(body))[0] == 413


async def test_a_body_without_a_length_is_read_no_further_than_it_may_be(hooked):
    async def chunks():
        for _ in range(40):
            yield b"x" * 4096

    async with hooked.session.post(f"http://{hooked.address}{PATH}{WORKSPACE}", data=chunks()) as answer:
        assert answer.status == 413


async def test_too_many_at_once_are_told_when_to_come_again(hooked):
    statuses = [(await hooked.posts(hooked.body(number)))[0] for number in range(RATE.burst + 3)]
    assert statuses == [200] * RATE.burst + [429] * 3
    hooked.seconds += 1
    assert (await hooked.posts(hooked.body(99)))[0] == 200


async def test_what_is_forged_costs_the_sender_nothing(hooked):
    for _ in range(RATE.burst + 5):
        assert (await hooked.posts(hooked.body(), {}))[0] == 401
    assert (await hooked.posts(hooked.body()))[0] == 200


async def test_other_ways_in_are_none(hooked):
    async with hooked.session.get(f"http://{hooked.address}{PATH}{WORKSPACE}") as answer:
        assert answer.status == 405
    async with hooked.session.post(f"http://{hooked.address}{PATH}") as answer:
        assert answer.status == 404


@asynccontextmanager
async def over_sockets(database_url, **more):
    clock = Clock(T0, frozen=True)
    async with Server(small_workspace(), clock=clock, manifest=manifest(), rates=None) as server:
        given = settings(server, database_url, slack_app_token=server.app_token)
        async with running(given, clock.now, gates=RateLimits(unlimited=True), **more) as bot:
            server.busy_when(lambda: bot.busy)
            yield server, bot


async def test_beside_socket_mode_events_come_in_at_an_address_of_their_own(database_url):
    async with over_sockets(database_url, hooks=LOOPBACK) as (_, bot):
        assert bot.address is None
        assert bot.hooks is not None
        async with bot.database.write(WORKSPACE) as scope:
            await keep_secret(scope, next_secret(None, SECRET, T0, "U3", at_once=True))
        async with aiohttp.ClientSession() as session:
            hooked = Hooked(bot.database, bot.hooks, session)
            assert (await hooked.posts(hooked.body()))[0] == 200
            async with session.get(f"http://{bot.hooks}/healthz") as answer:
                assert answer.status == 200
            async with session.post(f"http://{bot.hooks}/slack/events") as answer:
                assert answer.status == 404
        assert len(await hooked.events()) == 1
