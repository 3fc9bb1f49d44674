"""The Slack double in a process of its own, without rate limits, for so many `PEOPLE`.

Asked for `home PORT NUMBER`, it opens that rep's App Home at the bot on that port, and says after how many
milliseconds it was published. Asked for anything else, it says how many messages it accepted whose key begins so, and
of how many keys.
"""

import asyncio
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.manifest import manifest
from playground.box import Server
from playground.clock import Clock
from playground.workspace import Change
from rig.caller import answered, home_opened
from rig.child import answering
from rig.evening import EVENING
from rig.workspace import workspace

PATIENCE = 60.0  # seconds until an App Home that was opened is published


class Homes:
    """Who waits for which App Home to be published."""

    def __init__(self) -> None:
        self.waiting: dict[str, asyncio.Event] = {}

    def changed(self, change: Change) -> None:
        if change.what == "home" and change.person in self.waiting:
            self.waiting[change.person].set()

    async def opened(self, port: int, person: str) -> float:
        """Open an App Home; return milliseconds until the bot has published it."""
        published = self.waiting[person] = asyncio.Event()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        started = time.perf_counter()
        writer.write(home_opened(person))
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(answered(reader), published.wait())
        took = time.perf_counter() - started
        writer.close()
        return took * 1000


async def main(people: int) -> None:
    homes, made = Homes(), workspace(people)
    made.watchers.append(homes.changed)
    async with Server(made, clock=Clock(EVENING, frozen=True), manifest=manifest(), rates=None) as server:

        async def answer(word: str) -> object:
            if word.startswith("home "):
                _, port, number = word.split()
                return await homes.opened(int(port), f"U{number}")
            keys = [each.key for each in server.log.accepted if each.key and each.key.startswith(word)]
            return len(keys), len(set(keys))

        await answering([server.api_url, server.bot_token, server.app_token], answer)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
