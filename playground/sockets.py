"""Socket Mode, Slack's side: tickets, hello, envelopes, acks, refresh."""

import asyncio
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from playground.acks import Ack, Json, PayloadKind, Retry

CONNECTION_SECONDS = 18_060  # what Slack announces as the approximate life of a connection
MOST_CONNECTIONS = 10
DEBUG: Json = {
    "host": "playground",
    "build_number": 1,
    "approximate_connection_time": CONNECTION_SECONDS,
}


@dataclass(eq=False)
class _Connection:
    socket: web.WebSocketResponse
    waiting: dict[str, asyncio.Future[Ack]] = field(default_factory=dict)


class Sockets:
    """Every open Socket Mode connection. A payload goes to one of them, in turn."""

    def __init__(self, app_id: str, ack_timeout: float, changed: Callable[[], None]) -> None:
        self._app_id = app_id
        self._changed = changed
        self.ack_timeout = ack_timeout
        self._tickets: set[str] = set()
        self._connections: list[_Connection] = []
        self._turn = 0
        self._arrived = asyncio.Event()
        self.opened = 0
        self.disabled = False

    @property
    def connected(self) -> bool:
        return bool(self._connections)

    @property
    def count(self) -> int:
        return len(self._connections)

    def ticket(self) -> str:
        """What apps.connections.open puts into the address: good for one connection."""
        ticket = str(uuid.uuid4())
        self._tickets.add(ticket)
        return ticket

    async def wait_connected(self, limit: float = 10.0) -> None:
        """Wait for a first app connection. Raises TimeoutError after `limit` seconds."""
        async with asyncio.timeout(limit):
            while not self._connections:
                self._arrived.clear()
                await self._arrived.wait()

    async def wait_opened(self, number: int, limit: float = 10.0) -> None:
        """Wait until `number` connections were opened in all. Raises TimeoutError after `limit` seconds."""
        async with asyncio.timeout(limit):
            while self.opened < number:
                self._arrived.clear()
                await self._arrived.wait()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Hold one connection until either side ends it."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403, text="This socket address was used before or never given out.")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        try:
            await socket.prepare(request)
            refused = self._refused()
            if refused:
                await socket.send_json(_disconnect(refused))
                await socket.close()
                return socket
            await socket.send_json(self._hello())
        except ConnectionResetError:
            return socket  # whoever called was gone again before the line stood
        connection = _Connection(socket)
        self._connections.append(connection)
        self.opened += 1
        try:
            self._arrived.set()
            self._changed()
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._take(connection, message.data)
        finally:
            self._connections.remove(connection)
            self._changed()
            for future in connection.waiting.values():
                if not future.done():
                    future.set_result(Ack(failure="unreachable"))
        return socket

    async def deliver(self, kind: PayloadKind, payload: Json, retry: Retry | None = None) -> Ack:
        """Send one envelope and wait for its ack; a lost connection counts as unreachable."""
        live = [one for one in self._connections if not one.socket.closed]
        if not live:
            return Ack(failure="unreachable")
        self._turn += 1
        connection = live[self._turn % len(live)]
        envelope_id = str(uuid.uuid4())
        future: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope_id] = future
        try:
            await connection.socket.send_json(_envelope(envelope_id, kind, payload, retry))
            async with asyncio.timeout(self.ack_timeout):
                return await future
        except TimeoutError:
            return Ack(failure="timeout")
        except ConnectionError:
            return Ack(failure="unreachable")
        finally:
            connection.waiting.pop(envelope_id, None)

    async def refresh(self, reason: str = "refresh_requested") -> None:
        """Ask every connection to go and come back, as Slack does every few hours.

        With the reason `warning` it says so some seconds before.
        """
        for connection in list(self._connections):
            await connection.socket.send_json(_disconnect(reason))

    async def disable(self) -> None:
        """Switch Socket Mode off: every connection is told so and closed, a new one at once too."""
        self.disabled = True
        await self.refresh("link_disabled")
        await self.close()

    def _refused(self) -> str:
        """Why a new connection is of no use; empty where it is."""
        if self.disabled:
            return "link_disabled"
        return "too_many_websockets" if len(self._connections) >= MOST_CONNECTIONS else ""

    async def close(self) -> None:
        """End every connection without asking for another."""
        for connection in list(self._connections):
            await connection.socket.close(code=1001)

    def _take(self, connection: _Connection, raw: str) -> None:
        try:
            answer = json.loads(raw)
        except ValueError:
            return
        future = connection.waiting.get(str(answer.get("envelope_id"))) if isinstance(answer, dict) else None
        if future is not None and not future.done():
            payload = answer.get("payload")
            future.set_result(Ack(payload=payload if isinstance(payload, dict) and payload else None))

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._connections) + 1,
            "connection_info": {"app_id": self._app_id},
            "debug_info": DEBUG,
        }


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": DEBUG}


def _envelope(envelope_id: str, kind: PayloadKind, payload: Json, retry: Retry | None) -> Json:
    envelope: Json = {
        "envelope_id": envelope_id,
        "type": kind,
        "payload": payload,
        "accepts_response_payload": kind != "events_api",
    }
    if kind == "events_api":
        envelope["retry_attempt"] = retry.number if retry else 0
        envelope["retry_reason"] = retry.reason if retry else ""
    return envelope
