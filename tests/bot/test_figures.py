"""Metrics: what is counted, that no label names anybody, and that docs/operations.md lists what there is."""

import re
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import pytest
import structlog
from prometheus_client.parser import text_string_to_metric_families
from structlog.contextvars import merge_contextvars

from bot.app import running
from bot.http import HEALTH, READY, Address
from bot.intake import short
from bot.manifest import manifest
from bot.metrics import METRICS, LoopLag, Metrics
from bot.rate_limits import RateLimits
from bot.settings import Settings, SettingsTrouble
from playground.box import Server
from playground.clock import Clock
from playground.faults import Fault
from sales.nudges.ledger import Nudge
from sales.people.member import Member
from sales.pipeline.opportunity import Opportunity, Stage
from storage.nudges.ledger.intake import enqueue
from storage.people.member import meet_member
from storage.pipeline.opportunity import add_opportunity
from tests.conftest import small_workspace
from tests.docs.pages import DOCS
from tests.known import T0, WORKSPACE
from tests.listener import heard

ANY_PORT = Address("127.0.0.1", 0)


@asynccontextmanager
async def measured(database_url: str):
    """A bot whose figures are read over HTTP, and what reads them: the value by name and labels."""
    clock = Clock(T0, frozen=True)
    async with Server(small_workspace(), clock=clock, manifest=manifest(), rates=None) as server:
        settings = Settings(
            _env_file=None,
            slack_bot_token=server.bot_token,
            slack_app_token=server.app_token,
            slack_api_url=server.api_url,
            database_url=database_url,
            heartbeat_seconds=60,
        )
        async with (
            running(settings, clock.now, gates=RateLimits(unlimited=True), metrics=ANY_PORT) as bot,
            aiohttp.ClientSession(f"http://{bot.metrics}") as session,
        ):
            server.busy_when(lambda: bot.busy)
            await server.wait_app()

            async def figures() -> dict[tuple[str, ...], float]:
                async with session.get(METRICS) as answer:
                    assert answer.status == 200
                    return read(await answer.text())

            yield server, bot, figures


def read(text: str) -> dict[tuple[str, ...], float]:
    return {
        (sample.name, *(sample.labels[label] for label in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if not sample.name.endswith("_bucket")
    }


async def ask_for(bot, key: str, channel_id: str = "C1") -> None:
    async with bot.database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="U1", name="Ana Kovač"))
        intent = {"text": "Hello.", "blocks": []}
        nudge = Nudge(key=key, kind="answer", intent=intent, why="", not_before=T0, channel_id=channel_id)
        await enqueue(scope, nudge, T0)


async def test_what_people_and_the_clock_bring_about_is_counted_and_nobody_is_named(database_url):
    async with measured(database_url) as (server, bot, figures):
        before = await figures()
        await server.visitor("ana").says("/followup Acme Fri 3pm send the ROI sheet", channel="C1")
        await server.visitor("ana").says("/log 5 calls", channel="C1")
        await ask_for(bot, "answer:secret:one")
        await bot.catch_up()
        await server.settled()
        after = await figures()
        assert after["rainmaker_ack_seconds_count", "commands"] == 2
        assert after["rainmaker_ack_seconds_sum", "commands"] > 0
        assert after["rainmaker_deliveries_total", "answer", "sent"] == 1
        assert after["rainmaker_delivery_lag_seconds_count", "answer"] == 1
        for work in ("unit", "read"):
            name = "rainmaker_database_seconds_count"
            assert after[name, work] > before.get((name, work), 0)
        assert 0 <= after["rainmaker_freshness_seconds", "heartbeat"] < 60
        assert after["rainmaker_clock_believed",] == 1
        assert abs(after["rainmaker_clock_ahead_seconds",]) < 60
        named = [
            key for key in after for label in key[1:] if re.search(r"[UCDTS]\d|secret|ana|Acme|xox", label)
        ]
        assert named == []


async def test_what_slack_refuses_and_asks_to_wait_for_is_counted(database_url):
    async with measured(database_url) as (server, bot, figures):
        server.faults.plan("chat.postMessage", Fault("ratelimited", seconds=1))
        await ask_for(bot, "answer:one")
        await bot.catch_up()
        await server.settled()
        found = await figures()
        assert found["rainmaker_slack_throttled_total", "chat.postMessage"] == 1
        assert found["rainmaker_ledger_messages", "answer", "pending"] == 1
        await server.clock.set(T0 + timedelta(seconds=30))
        bot.heartbeat.allow_any_step()
        await bot.catch_up()
        await server.settled()
        found = await figures()
        assert ("rainmaker_ledger_messages", "answer", "pending") not in found
        assert found["rainmaker_deliveries_total", "answer", "sent"] == 1
        late = found["rainmaker_delivery_lag_seconds_sum", "answer"]
        assert late == 30.0, "from when it was first due, not from when it was put off to"


async def test_a_message_that_is_given_up_is_a_dead_letter(database_url):
    async with measured(database_url) as (server, bot, figures):
        assert not [key for key in await figures() if key[0] == "rainmaker_dead_letters"]
        await ask_for(bot, "answer:nobody", "C404")
        await bot.catch_up()
        await server.settled()
        found = await figures()
        assert found["rainmaker_dead_letters", "answer"] == 1
        assert found["rainmaker_deliveries_total", "answer", "dead"] == 1


async def test_deals_and_imports_have_an_age_once_there_are_any(database_url):
    async with measured(database_url) as (server, bot, figures):
        found = await figures()
        assert [key[1] for key in found if key[0] == "rainmaker_freshness_seconds"] == ["heartbeat"]
        async with bot.database.write(WORKSPACE) as scope:
            deal = Opportunity(name="Acme", stage=Stage.OPEN, opened_on=T0.date())
            await add_opportunity(scope, deal, T0)
        await server.clock.set(T0 + timedelta(hours=1))
        bot.heartbeat.allow_any_step()
        assert (await figures())["rainmaker_freshness_seconds", "deal"] == 3600


@pytest.mark.engines("sqlite")
async def test_without_the_database_the_rest_is_told(database_url):
    async with measured(database_url) as (_, bot, figures):
        await bot.database.engine.readers.close()  # type: ignore[attr-defined]
        for _ in range(4):
            await bot.database.engine.readers.places.acquire()  # type: ignore[attr-defined]
        found = await figures()
        assert ("rainmaker_freshness_seconds", "heartbeat") in found
        assert "rainmaker_ledger_messages" not in {key[0] for key in found}
        for _ in range(4):
            bot.database.engine.readers.places.release()  # type: ignore[attr-defined]


@pytest.mark.engines("sqlite")
async def test_health_is_asked_for_at_the_same_address_over_socket_mode(database_url):
    async with measured(database_url) as (_, bot, _), aiohttp.ClientSession() as session:
        for path in (HEALTH, READY):
            async with session.get(f"http://{bot.metrics}{path}") as answer:
                assert (await answer.json())["version"]
        async with session.post(f"http://{bot.metrics}/slack/events") as answer:
            assert answer.status == 404


@pytest.mark.engines("sqlite")
async def test_lines_of_a_request_carry_its_id_and_lines_of_a_delivery_that_of_its_row(database_url):
    async with measured(database_url) as (server, bot, _):

        async def observed(request):
            structlog.get_logger().error("in a request", key=request.key)
            return await answer(request)

        answer, bot.router.answer = bot.router.answer, observed
        with heard(merge_contextvars) as seen:
            await server.visitor("ana").says("/goal", channel="C1")
            await server.visitor("ana").says("/runway", channel="C1")
            await ask_for(bot, "answer:nobody", "C404")
            await bot.catch_up()
            await server.settled()
        asked = [line for line in seen if line["event"] == "in a request"]
        assert [line["request_id"] for line in asked] == [short(str(line["key"])) for line in asked]
        assert len({line["request_id"] for line in asked}) == 2
        (dead,) = [line for line in seen if line["event"] == "a message was given up"]
        assert len(str(dead["delivery_id"])) == 36
        assert "request_id" not in dead


def test_the_page_on_operations_lists_every_figure_and_no_other():
    page = (DOCS / "operations.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `(rainmaker_\w+)", page, re.MULTILINE))
    kept = {
        family.name if family.type != "counter" else f"{family.name}_total"
        for family in Metrics().registry.collect()
        if family.name.startswith("rainmaker_")
    }
    assert listed == kept


async def test_how_late_the_event_loop_was_is_told_once():
    lag = LoopLag()
    lag.begin()
    assert lag.longest() < 0.1
    assert lag.longest() == 0.0
    lag.end()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("9100", ("127.0.0.1", 9100)),
        ("0.0.0.0:9100", ("0.0.0.0", 9100)),
        ("[::1]:0", ("::1", 0)),
    ],
)
def test_a_port_alone_is_this_machine_s(text, address):
    assert Address.read(text, "--metrics", host="127.0.0.1") == address


@pytest.mark.parametrize("text", ["", "port", "65536", ":9100", "-1"])
def test_what_is_no_port_is_one_clear_line(text):
    with pytest.raises(SettingsTrouble, match=rf"^--metrics {text} is no HOST:PORT\. For example: --metrics"):
        Address.read(text, "--metrics", host="127.0.0.1")
