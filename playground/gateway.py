"""The Web API over HTTP: tokens, scopes, rates and faults around the methods; and the response URLs."""

import asyncio
import json
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from playground.activity import PageActivity
from playground.api.access import need
from playground.api.arguments import ApiError, Arguments
from playground.api.methods import METHODS, Method
from playground.double import APP_TOKEN, BOT_TOKEN, Double
from playground.faults import Fault, Faults
from playground.rates import MethodRates
from playground.refusals import note_refusal
from playground.replies import answer_hook
from playground.tickets import TicketError

Json = dict[str, Any]


NOT_TAKEN = frozenset({"lost", "failed", "ratelimited", "refused", "duplicate"})


class Gateway:
    """Answers /api/<method> and /respond/<id> as Slack does."""

    def __init__(
        self, double: Double, activity: PageActivity, faults: Faults, rates: MethodRates | None
    ) -> None:
        self._double, self._activity = double, activity
        self.faults, self.rates = faults, rates

    async def api(self, request: web.Request) -> web.StreamResponse:
        """One Web API call, faults on purpose included. Its Date is the workspace's: Slack's clock is ours."""
        response = await self._api(request)
        response.headers["Date"] = format_datetime(self._double.clock.now(), usegmt=True)
        return response

    async def _api(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        with self._activity.under_way():
            try:
                given, token = await _read(request)
            except ApiError as error:
                return self._objected(name, error)
            fault = self.faults.meets(name, given)
            if fault is not None and fault.kind in NOT_TAKEN:
                return _refusal(request, fault)
            response = self._answer(name, given, token)
            if fault is not None:
                return await _spoiled(request, fault, response)
            return response

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """One use of a response_url."""
        with self._activity.under_way():
            try:
                given, _ = await _read(request)
                hook = self._double.hooks.use(request.match_info["hook"], self._double.clock.now())
                answer_hook(self._double, hook, given)
                self._noted(
                    "response_url", {"channel": hook.channel, "user": hook.person, **given}, {"ok": True}
                )
            except TicketError as error:
                self._double.problem(f"A response_url was refused: {error.code}.", "response_url", error.code)
                return web.json_response({"ok": False, "error": error.code}, status=404)
            except ApiError as error:
                return self._objected("response_url", error, status=400)
            return web.Response(text="ok")

    def _answer(self, name: str, given: Json, token: str) -> web.Response:
        try:
            body = self._checked(name, Arguments(given), token)
        except _Limited as limited:
            self._noted(name, given, {"ok": False, "error": "ratelimited"})
            self._double.problem(
                f"{name} was called too often; Slack asks to wait {limited.seconds} s.", name, "ratelimited"
            )
            headers = {"Retry-After": str(limited.seconds)}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        except ApiError as error:
            self._noted(name, given, {"ok": False, "error": error.code, **error.extra})
            note_refusal(self._double, name, given, error)
            return self._objected(name, error)
        self._noted(name, given, body)
        scopes = ",".join(sorted(self._double.manifest.scopes))
        return web.json_response(body, headers={"X-OAuth-Scopes": scopes})

    def _checked(self, name: str, given: Arguments, token: str) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise ApiError("unknown_method", req_method=name)
        self._identify(method, token)
        if method.scopes:
            need(self._double, *method.scopes)
        if self.rates is not None:
            seconds = self.rates.retry_after(name, method.tier, given.text("channel") or None)
            if seconds is not None:
                raise _Limited(seconds)
        return {"ok": True, **method.act(self._double, given)}

    def _identify(self, method: Method, token: str) -> None:
        expected, other = (BOT_TOKEN, APP_TOKEN) if method.token == "bot" else (APP_TOKEN, BOT_TOKEN)
        if not token:
            raise ApiError("not_authed")
        if token == other:
            raise ApiError("not_allowed_token_type")
        if token != expected:
            raise ApiError("invalid_auth")
        if not self._double.installed:
            raise ApiError("account_inactive")

    def _noted(self, name: str, given: Json, answer: Json) -> None:
        self._double.traffic.call(self._double.clock.now(), name, given, answer)

    def _objected(self, name: str, error: ApiError, status: int = 200) -> web.Response:
        """The refusal as Slack words it, noted among the problems."""
        said = "; ".join((error.extra.get("response_metadata") or {}).get("messages", []))
        self._double.problem(
            f"{name} was refused: {error.code}" + (f" ({said})" if said else ""), name, error.code
        )
        return web.json_response({"ok": False, "error": error.code, **error.extra}, status=status)


class _Limited(Exception):
    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


async def _read(request: web.Request) -> tuple[Json, str]:
    """The arguments, from query, form or JSON body alike, and the token, from the header or the arguments.

    Raises ApiError as Slack does for a body it cannot read.
    """
    given: Json = dict(request.query)
    try:
        body = await request.text()
        if body and request.content_type == "application/json":
            decoded = json.loads(body)
            if not isinstance(decoded, dict):
                raise ApiError("json_not_object")
            given |= decoded
        elif body:
            given |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    except ValueError:
        code = "invalid_json" if request.content_type == "application/json" else "invalid_form_data"
        raise ApiError(code) from None
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    token = given.pop("token", "")
    return given, bearer.strip() if scheme.lower() == "bearer" else str(token)


def _refusal(request: web.Request, fault: Fault) -> web.Response:
    """What a call meets that Slack did not take."""
    if fault.kind == "ratelimited":
        headers = {"Retry-After": str(max(1, round(fault.seconds)))}
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
    if fault.error:
        return web.json_response({"ok": False, "error": fault.error})
    if fault.kind == "failed":
        return web.Response(status=fault.status, text="upstream error", content_type="text/html")
    return _hung_up(request)


async def _spoiled(request: web.Request, fault: Fault, response: web.Response) -> web.Response:
    """What becomes of the answer to a call Slack did take."""
    if fault.kind == "delayed":
        await asyncio.sleep(fault.seconds)
        return response
    if fault.kind == "failed_after":
        return web.Response(status=fault.status, text="upstream error", content_type="text/html")
    return _hung_up(request)


def _hung_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
