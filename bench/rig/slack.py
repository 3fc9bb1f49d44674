"""The Slack double in a process of its own, without rate limits; `PEOPLE` is how many have a direct channel.

Asked for a word, it says how many messages it accepted whose key begins so, and of how many keys.
"""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.manifest import manifest
from playground.box import Server
from playground.clock import Clock
from rig.child import answering
from rig.evening import EVENING
from rig.workspace import workspace


async def main(people: int) -> None:
    made = workspace(people)
    for number in range(people):
        made.dm(f"U{number}")
    async with Server(made, clock=Clock(EVENING, frozen=True), manifest=manifest(), rates=None) as server:

        async def accepted(prefix: str) -> tuple[int, int]:
            keys = [each.key for each in server.log.accepted if each.key and each.key.startswith(prefix)]
            return len(keys), len(set(keys))

        await answering([server.api_url, server.bot_token, server.app_token], accepted)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
