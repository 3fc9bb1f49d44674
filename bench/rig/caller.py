"""A caller: signed requests over HTTP from a process of its own, so that it costs the bot no time.

Prints a JSON object: `latencies` in milliseconds, `seconds` from the first to the last answer, and one `answer`.
"""

import asyncio
import hashlib
import hmac
import json
import sys
import time
from asyncio.subprocess import PIPE
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

SECRET = "bench"
PEOPLE = 64
WORD = "{word}"
LETTERS = str.maketrans("0123456789", "ghijklmnop")


async def call(
    port: int, clients: int, seconds: float, text: str, least: int = 1, people: int = PEOPLE
) -> dict[str, Any]:
    """Let so many clients send requests for so long, and at least so many; return what was printed.

    Each request is another rep's than the one before, of so many.
    """
    arguments = [str(each) for each in (port, clients, seconds, text, least, people)]
    process = await asyncio.create_subprocess_exec(sys.executable, Path(__file__), *arguments, stdout=PIPE)
    printed, _ = await process.communicate()
    if process.returncode:
        raise SystemExit(f"the caller failed with {process.returncode}")
    return dict(json.loads(printed))


def command(port: int, number: int, text: str, people: int) -> bytes:
    """Return one signed HTTP request, as Slack sends a slash command.

    What is typed twice is one follow-up; so each says a word of its own where its text has "{word}".
    """
    name, _, rest = text.partition(" ")
    rest = rest.replace(WORD, f"{time.time_ns():x}".translate(LETTERS))
    fields = {
        "command": name,
        "text": rest,
        "team_id": "T1",
        "user_id": f"U{number % people}",
        "channel_id": "C1",
        "trigger_id": f"{time.time_ns()}.{number}",
        "response_url": f"http://127.0.0.1:{port}/never",
    }
    return signed(urlencode(fields).encode(), "application/x-www-form-urlencoded")


def home_opened(person: str) -> bytes:
    """Return the event that tells of somebody who looks at App Home."""
    event = {
        "type": "app_home_opened",
        "user": person,
        "channel": f"D{person[1:]}",
        "tab": "home",
        "event_ts": "1.0",
    }
    body = {
        "type": "event_callback",
        "team_id": "T1",
        "event_id": f"Ev{time.time_ns()}",
        "event_time": int(time.time()),
        "event": event,
    }
    return signed(json.dumps(body).encode(), "application/json")


def signed(body: bytes, content_type: str) -> bytes:
    stamp = str(int(time.time()))
    signature = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    head = (
        f"POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
        f"Content-Type: {content_type}\r\n"
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={signature}\r\n\r\n"
    )
    return head.encode() + body


async def answered(reader: asyncio.StreamReader) -> bytes:
    """Read one answer, and return its body.

    Raises:
        SystemExit: if it is not 200.
    """
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    body = await reader.readexactly(length)
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"answered {head.splitlines()[0]!r}")
    return body


async def main(port: int, clients: int, seconds: float, text: str, least: int, people: int) -> None:
    numbers, latencies = count(), list[float]()
    started = time.perf_counter()
    until = started + seconds

    async def client() -> bytes:
        """Send requests one after the other on one connection until the time is over."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        body = b""
        while (number := next(numbers)) < max(least, clients) or time.perf_counter() < until:
            sent = command(port, number, text, people)
            before = time.perf_counter()
            writer.write(sent)
            body = await answered(reader)
            latencies.append((time.perf_counter() - before) * 1000)
        writer.close()
        return body

    answers = await asyncio.gather(*(client() for _ in range(clients)))
    took = time.perf_counter() - started
    print(json.dumps({"latencies": latencies, "seconds": took, "answer": max(answers).decode()}))


if __name__ == "__main__":
    port, clients, seconds, text, least, people = sys.argv[1:]
    asyncio.run(main(int(port), int(clients), float(seconds), text, int(least), int(people)))
