"""How fast the ledger drains: messages claimed, rendered, posted to the Slack double and settled."""

import asyncio
import tempfile
import time
from pathlib import Path

from rig.report import line
from rig.town import T0, Town, town

from handlers.post import ANSWER
from sales.delivery import PROMPT, Nudge
from storage import delivery as ledger_rows

MESSAGES = 300
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "Three follow-ups are due today."}}


async def floor(here: Town) -> float:
    """Return seconds for so many bare posts of the same message, 20 at a time."""
    channel = (await here.bot.slack.conversations_open(users="U1"))["channel"]["id"]

    async def posts(count: int) -> None:
        for _ in range(count):
            await here.bot.slack.chat_postMessage(channel=channel, text="Due today.", blocks=[SECTION])

    started = time.perf_counter()
    await asyncio.gather(*(posts(MESSAGES // 20) for _ in range(20)))
    return time.perf_counter() - started


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with town(Path(folder)) as here:
            bare = await floor(here)
            nudges = [
                Nudge(
                    key=f"bench:{number}", kind=ANSWER, intent={"text": "Due today.", "blocks": [SECTION]}, why="",
                    not_before=T0, user_id=f"U{number % 64}", priority=PROMPT,
                )
                for number in range(MESSAGES)
            ]  # fmt: skip
            async with here.bot.database.write_ledger() as ledger:
                await ledger_rows.enqueue_all(ledger, [("T1", nudge) for nudge in nudges], T0)
            started = time.perf_counter()
            here.bot.deliverer.wake()
            await here.server.settled(60)
            took = time.perf_counter() - started
            keys = here.server.log.keys()
            if len(keys) != MESSAGES or len(set(keys)) != MESSAGES:
                raise SystemExit(f"{len(keys)} messages of {len(set(keys))} keys were posted of {MESSAGES}")
            line(f"floor, {MESSAGES} bare posts", f"{MESSAGES / bare:,.0f}/s")
            line(
                f"delivery, {MESSAGES} messages",
                f"{MESSAGES / took:,.0f}/s  {took / MESSAGES * 1000:.1f} ms each",
                f"{took / bare:.1f}× the floor's time; Slack allows about 4/s",
            )


if __name__ == "__main__":
    asyncio.run(main())
