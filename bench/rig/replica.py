"""The whole bot in a process of its own: `ADDRESS API BOT_TOKEN APP_TOKEN`. The evening comes when it is asked."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.app import running
from bot.logs import set_up
from bot.rate_limits import RateLimits
from bot.settings import Settings
from rig.child import answering
from rig.evening import BEFORE, EVENING


async def main(address: str, api_url: str, bot_token: str, app_token: str) -> None:
    set_up("error")
    settings = Settings(
        _env_file=None, slack_bot_token=bot_token, slack_app_token=app_token, slack_api_url=api_url,
        database_url=address, heartbeat_seconds=60,
    )  # fmt: skip
    now = BEFORE

    def clock() -> datetime:
        return now

    async with running(settings, clock, gates=RateLimits(unlimited=True)) as bot:

        async def answer(word: str) -> str:
            nonlocal now
            now = EVENING
            bot.deliverer.wake()
            return word

        await answering("ready", answer)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
