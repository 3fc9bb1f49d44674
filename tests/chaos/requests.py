"""People who use the bot all the while: each command and each message has exactly one effect, however often it is
sent. Slack repeats what was not acknowledged, and so does whoever sees no answer; the request stays the same one."""

import asyncio
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from sqlmodel import select

from bot.http import EVENTS
from playground import payloads
from playground.acks import Ack, PayloadKind, Retry
from playground.webhook import Webhook
from sales.nudges.kind import ANSWER
from storage.followups.followup import FollowUpRow
from storage.inbox import InboxRow
from tests.chaos.ground import Ground
from tests.chaos.people import user
from tests.known import WORKSPACE

Json = dict[str, Any]

ACK = 3.0  # seconds Slack waits
MOST_TRIES = 60
BETWEEN = 0.4  # seconds between two tries of the same request
REST = 0.5  # seconds between two requests, on average
DONE = "Fri 18 Sep"  # what the answer to a commitment that was kept says


@dataclass
class ChaosRequest:
    """One thing somebody asks: always the same payload, so always the same request."""

    number: int
    kind: PayloadKind
    payload: Json
    key: str = ""  # of the answer that goes through the ledger, if one does
    tries: list[str] = field(default_factory=list)
    acknowledged: bool = False

    @property
    def customer(self) -> str:
        return f"Customer{self.number:04}"

    @property
    def noted_as(self) -> str:
        """The key under which the inbox notes it."""
        if self.kind == "events_api":
            return f"ev:{self.payload['event_id']}"
        return f"cmd:{self.payload['trigger_id']}"

    def is_taken(self, ack: Ack) -> bool:
        """Say whether an acknowledgement says that it was done: a command's answer says so, an event's nothing."""
        return ack.ok and (self.kind == "events_api" or DONE in json.dumps(ack.payload or {}))


@dataclass
class Asking:
    """Sends requests to whichever replica lives, over its own address or over Socket Mode."""

    ground: Ground
    dice: random.Random
    requests: list[ChaosRequest] = field(default_factory=list)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)
    rest: float = REST

    async def until(self, end: float) -> None:
        """Ask for things until an instant of the monotonic clock."""
        while time.monotonic() < end:
            request = self.next_request()
            self.requests.append(request)
            task = asyncio.create_task(self.send(request))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
            await asyncio.sleep(self.dice.expovariate(1 / self.rest))

    async def finish(self) -> None:
        """Wait until everything that was asked is acknowledged, or was tried as often as anybody would."""
        await asyncio.gather(*self.tasks)

    def next_request(self) -> ChaosRequest:
        number = len(self.requests) + 1
        return self.command(number) if number % 2 else self.event(number)

    def command(self, number: int) -> ChaosRequest:
        """A slash command; its answer rides in the acknowledgement."""
        double, person = self.ground.server.double, user(self.dice.randint(1, 9))
        channel = double.workspace.dm(person)
        payload = payloads.slash_command(
            double.workspace,
            double.workspace.people[person],
            channel,
            "/followup",
            f"Customer{number:04} friday send the offer",
            trigger=double.triggers.mint(person),
            response_url=f"{double.url}/respond/{double.hooks.mint(channel.id, person, double.clock.now())}",
        )
        return ChaosRequest(number, "slash_commands", payload)

    def event(self, number: int) -> ChaosRequest:
        """Plain words in the direct message; the answer is posted there."""
        double, person = self.ground.server.double, user(self.dice.randint(1, 9))
        now = double.clock.now()
        channel = double.workspace.dm(person)
        said = double.workspace.post(
            channel, person, f"follow up with Customer{number:04} on friday about the offer", now
        )
        payload = payloads.event_callback(
            double.workspace,
            double.message_event(channel, said),
            number=double.workspace.number(),
            at=now.timestamp(),
        )
        return ChaosRequest(number, "events_api", payload, f"{ANSWER}:{WORKSPACE}:ev:{payload['event_id']}")

    async def send(self, request: ChaosRequest) -> None:
        """Send one request again and again until it is taken."""
        if request.key:
            self.ground.unsure.add(request.key)
        while not request.acknowledged and len(request.tries) < MOST_TRIES:
            at = time.monotonic() - self.ground.origin
            where, ack = await self.try_once(request)
            said = ack.failure or json.dumps(ack.payload or "acknowledged")[:120]
            request.tries.append(
                f"{at:8.3f} to {where}: {said} at {time.monotonic() - self.ground.origin:.3f}"
            )
            request.acknowledged = request.is_taken(ack)
            if not request.acknowledged:
                await asyncio.sleep(BETWEEN)
        if request.acknowledged and request.key:
            self.ground.unsure.discard(request.key)
            self.ground.asked.add(request.key)

    async def try_once(self, request: ChaosRequest) -> tuple[str, Ack]:
        """Send a request to some replica; return to which, and what came back."""
        retry = Retry(min(len(request.tries), 3), "http_timeout") if request.tries else None
        replicas = [one for one in self.ground.crew.living() if one.ready.is_set()]
        if not replicas:
            return "nobody", Ack(failure="unreachable")
        chosen = self.dice.choice(replicas)
        if not chosen.address:
            return "a socket", await self.ground.server.sockets.deliver(request.kind, request.payload, retry)
        async with aiohttp.ClientSession() as session:
            url = f"http://{chosen.address}{EVENTS}"
            line = Webhook(url, self.ground.server.signing_secret, ACK, session)
            return chosen.spec.name, await line.deliver(request.kind, request.payload, retry)

    async def contradictions(self) -> list[str]:
        """Return what became of requests other than one effect each."""
        async with self.ground.database.read(WORKSPACE) as scope:
            made = Counter(row.who for row in await scope.session.exec(select(FollowUpRow)))
            noted = set(await scope.session.exec(select(InboxRow.key)))
        found = []
        for request in self.requests:
            times = made[request.customer]
            if times != 1 or not request.acknowledged:
                inbox = "noted" if request.noted_as in noted else "not noted"
                what = f"{request.customer} ({request.kind}, {inbox} as {request.noted_as})"
                found.append("\n  ".join([f"{what} had {times} effects after", *request.tries]))
        return found
