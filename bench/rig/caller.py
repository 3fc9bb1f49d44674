"""A caller: signed slash commands over HTTP from a process of its own, so that it costs the bot no time.

Prints a JSON object: `latencies` in milliseconds, `seconds` from the first to the last answer, and one `answer`.
"""

import asyncio
import hashlib
import hmac
import json
import sys
import time
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

SECRET = "bench"
PEOPLE = 64


async def call(port: int, clients: int, seconds: float, text: str) -> dict[str, Any]:
    """Let so many clients send requests for so long, from another process; return what it printed."""
    arguments = [str(port), str(clients), str(seconds), text]
    process = await asyncio.create_subprocess_exec(sys.executable, Path(__file__), *arguments, stdout=PIPE)
    printed, _ = await process.communicate()
    if process.returncode:
        raise SystemExit(f"the caller failed with {process.returncode}")
    return dict(json.loads(printed))


def request(port: int, number: int, text: str) -> bytes:
    """Return one signed HTTP request, as Slack sends a slash command."""
    command, _, rest = text.partition(" ")
    fields = {
        "command": command,
        "text": rest,
        "team_id": "T1",
        "user_id": f"U{number % PEOPLE}",
        "channel_id": "C1",
        "trigger_id": f"{time.time_ns()}.{number}",
        "response_url": f"http://127.0.0.1:{port}/never",
    }
    body, stamp = urlencode(fields).encode(), str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    head = (
        f"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(body)}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={signature}\r\n\r\n"
    )
    return head.encode() + body


async def client(port: int, numbers: Iterator[int], until: float, text: str, latencies: list[float]) -> bytes:
    """Send requests one after the other on one connection until the time is over."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = b""
    while not body or time.perf_counter() < until:
        sent = request(port, next(numbers), text)
        started = time.perf_counter()
        writer.write(sent)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        body = await reader.readexactly(length)
        latencies.append((time.perf_counter() - started) * 1000)
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"answered {head.splitlines()[0]!r}")
    writer.close()
    return body


async def main(port: int, clients: int, seconds: float, text: str) -> None:
    numbers, latencies = count(), list[float]()
    started = time.perf_counter()
    until = started + seconds
    answers = await asyncio.gather(*(client(port, numbers, until, text, latencies) for _ in range(clients)))
    took = time.perf_counter() - started
    print(json.dumps({"latencies": latencies, "seconds": took, "answer": answers[0].decode()}))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4]))
