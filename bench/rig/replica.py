"""The whole bot in a process of its own: `ADDRESS API BOT_TOKEN APP_TOKEN INSTANT`. It says the port it answers on.

Its clock begins at the instant and runs. `settled` answers when nothing is being shown or sent any more, `hold` and
`held` enclose what may hold the event loop, and an instant lets that time come.
"""

import asyncio
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bot.app import Bot, running
from bot.http import Address
from bot.logs import set_up
from bot.rate_limits import RateLimits
from bot.settings import Settings
from rig.caller import SECRET
from rig.child import answering
from rig.hold import LoopHold

GLANCE = 0.02  # seconds between two looks whether it has settled; a look costs nothing that counts


class BotChild:
    """A bot whose clock can be set on, and which is asked about itself."""

    def __init__(self, start: datetime) -> None:
        self.set_to(start)
        self.hold = LoopHold()

    def set_to(self, instant: datetime) -> None:
        self.start, self.since = instant, time.monotonic()

    def now(self) -> datetime:
        return self.start + timedelta(seconds=time.monotonic() - self.since)

    async def answer(self, bot: Bot, word: str) -> object:
        if word == "settled":
            while bot.busy or bot.rehearsal.busy:  # noqa: ASYNC110 -- nobody tells
                await asyncio.sleep(GLANCE)
        elif word == "hold":
            await self.hold.begin()
        elif word == "held":
            return await self.hold.longest()
        else:
            self.set_to(datetime.fromisoformat(word))
            bot.rehearsal.begin()  # as a heartbeat does, of which there is none for a minute
            bot.deliverer.wake()
        return word


async def main(address: str, api_url: str, bot_token: str, app_token: str, start: str) -> None:
    set_up("critical")  # what could not be shown in time is no news here
    settings = Settings(
        _env_file=None, slack_bot_token=bot_token, slack_app_token=app_token, slack_signing_secret=SECRET,
        slack_api_url=api_url, database_url=address, heartbeat_seconds=60,
    )  # fmt: skip
    child = BotChild(datetime.fromisoformat(start))
    anywhere = Address("127.0.0.1", 0)
    async with running(
        settings, child.now, gates=RateLimits(unlimited=True), serve=anywhere, slack_dates=False
    ) as bot:
        assert bot.address is not None
        await answering(bot.address.port, lambda word: child.answer(bot, word))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
