"""How long a durable acknowledgement takes: signed slash commands through the whole bot, and the floor."""

import asyncio
import json
import tempfile
from pathlib import Path

from rig.caller import call
from rig.floor import floor, serving
from rig.report import line, p
from rig.workspace import town

SECONDS = 2.0  # for one figure; the whole takes less than a minute on any machine
CLIENTS = {1: "p50 ≤ 5 ms", 16: "p50 ≤ 15 ms, ≥ 1,000/s", 64: ""}
COMMANDS = ("/log 1 call", "/followup call Acme about pricing on friday", "/why")


async def measure(port: int, text: str) -> dict[int, tuple[float, float, float]]:
    """Return by number of clients: p50 and p99 in milliseconds, answers a second."""
    await call(port, 4, SECONDS / 4, text)
    found = {}
    for clients in CLIENTS:
        seen = await call(port, clients, SECONDS, text)
        if not json.loads(seen["answer"])["text"]:
            raise SystemExit(f"{text} was not answered")
        took = seen["latencies"]
        found[clients] = (p(took, 50), p(took, 99), len(took) / seen["seconds"])
    return found


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with floor(Path(folder)) as port:
            low = await measure(port, "/log 1 call")
        for clients, (p50, p99, rate) in low.items():
            line(f"floor, {clients} clients", f"p50 {p50:.2f} ms  p99 {p99:.1f} ms  {rate:,.0f}/s")
        async with town(Path(folder)) as here, serving(here.bot.app.web_app("/slack/events")) as port:
            for text in COMMANDS:
                for clients, (p50, p99, rate) in (await measure(port, text)).items():
                    ratio = f"{p50 / low[clients][0]:.1f}× the floor's p50, {rate / low[clients][2]:.0%} of its rate"
                    figure = f"p50 {p50:.2f} ms  p99 {p99:.1f} ms  {rate:,.0f}/s"
                    line(f"{text.split()[0]}, {clients} clients", figure, ratio, CLIENTS[clients])


if __name__ == "__main__":
    asyncio.run(main())
