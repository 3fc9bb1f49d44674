"""The same payloads over signed HTTP."""

import asyncio
import json
import time
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from playground.box import Server
from playground.clock import Clock
from playground.webhook import signed
from tests.playground.conftest import PATIENCE, SOON, small_workspace
from tests.playground.moments import WEDNESDAY


class HttpEndpoint:
    """An app's request URL: keeps what arrives, answers what `answer` says once it is `awake`."""

    def __init__(self):
        self.requests = []
        self.answer = lambda: web.Response()
        self.awake = asyncio.Event()
        self.awake.set()

    async def handle(self, request):
        self.requests.append((dict(request.headers), await request.read()))
        await self.awake.wait()
        return self.answer()


@pytest.fixture
async def endpoint():
    endpoint = HttpEndpoint()
    app = web.Application()
    app.router.add_post("/slack/events", endpoint.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    endpoint.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield endpoint
    await runner.cleanup()


@pytest.fixture
async def http_server(endpoint):
    workspace = small_workspace()
    async with Server(
        workspace, clock=Clock(WEDNESDAY), request_url=endpoint.url, rates=None, ack_timeout=PATIENCE
    ) as server:
        yield server


async def test_a_command_is_a_signed_form_and_text_in_the_body_is_the_answer(http_server, endpoint):
    endpoint.answer = lambda: web.Response(text="Plain words.")
    answer = await http_server.visitor("ana").says("/goal set", channel="C1")
    headers, body = endpoint.requests[0]
    assert SignatureVerifier(http_server.signing_secret).is_valid_request(body, headers)
    fields = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    assert (fields["command"], fields["text"], fields["user_id"]) == ("/goal", "set", "U1")
    assert answer == ["Rainmaker (only visible to you): Plain words."]


async def test_a_public_answer_as_json(http_server, endpoint):
    endpoint.answer = lambda: web.json_response({"response_type": "in_channel", "text": "For everybody."})
    await http_server.visitor("ana").says("/goal", channel="C1")
    assert http_server.visitor("ben").sees("C1") == ["Rainmaker: For everybody."]


async def test_an_event_is_json_and_comes_again_with_its_number_and_reason(http_server, endpoint):
    endpoint.answer = lambda: web.Response(status=500)
    await http_server.visitor("ana").says("hello")
    first, second = endpoint.requests
    assert "X-Slack-Retry-Num" not in first[0]
    assert (second[0]["X-Slack-Retry-Num"], second[0]["X-Slack-Retry-Reason"]) == ("1", "http_error")
    assert json.loads(first[1])["event"]["text"] == "hello"
    assert first[1] == second[1]


async def test_an_error_status_is_a_service_error(http_server, endpoint):
    endpoint.answer = lambda: web.Response(status=502)
    answer = await http_server.visitor("ana").says("/goal")
    assert "/goal failed with the error “http_service_error”" in answer[0]


async def test_no_answer_in_time_is_an_operation_timeout(http_server, endpoint):
    http_server.sockets.ack_timeout = SOON
    endpoint.awake.clear()
    answer = await http_server.visitor("ana").says("/goal")
    endpoint.awake.set()
    assert "/goal failed with the error “operation_timeout”" in answer[0]


async def test_nobody_listening_is_a_failed_dispatch(endpoint):
    async with Server(small_workspace(), request_url="http://127.0.0.1:9/none", rates=None) as server:
        answer = await server.visitor("ana").says("/goal")
    assert "dispatch_failed" in answer[0]


def test_an_old_or_altered_request_fails_the_check():
    body = b"payload=1"
    verifier = SignatureVerifier("secret")
    fresh = signed("secret", body)
    assert verifier.is_valid_request(body, fresh)
    assert not verifier.is_valid_request(b"payload=2", fresh)
    assert not verifier.is_valid_request(body, signed("secret", body, at=int(time.time()) - 301))
    assert not verifier.is_valid_request(body, signed("other", body))
