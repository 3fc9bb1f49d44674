"""After a restore: what was posted since the backup is found in Slack, and not posted again."""

from datetime import timedelta

import pytest

from bot.app import running
from bot.manifest import manifest
from bot.rate_limits import RateLimits
from bot.settings import Settings
from playground.box import Server
from playground.clock import Clock
from sales.nudges.ledger import Nudge
from sales.people.member import Member
from storage.backup import back_up
from storage.nudges.ledger.intake import enqueue
from storage.people.member import meet_member
from tests.conftest import small_workspace
from tests.known import T0, WORKSPACE

KEYS = ("answer:posted", "answer:not_yet")


async def ask_for(bot, key: str, at) -> None:
    async with bot.database.write(WORKSPACE) as scope:
        await meet_member(scope, Member(user_id="U1", name="Ana Kovač"))
        nudge = Nudge(
            key=key,
            kind="answer",
            intent={"text": key, "blocks": []},
            why="Asked for.",
            not_before=at,
            channel_id="C1",
            user_id="U1",
        )
        await enqueue(scope, nudge, T0)


@pytest.mark.engines("sqlite")
async def test_a_restored_database_repeats_nothing_and_loses_nothing(tmp_path):
    clock = Clock(T0, frozen=True)
    file, copy = tmp_path / "rainmaker.db", tmp_path / "backup.db"
    async with Server(small_workspace(), clock=clock, manifest=manifest(), rates=None) as server:

        def bot_on(database, **more):
            settings = Settings(
                _env_file=None,
                slack_bot_token=server.bot_token,
                slack_app_token=server.app_token,
                slack_api_url=server.api_url,
                database_url=f"sqlite+aiosqlite:///{database}",
                heartbeat_seconds=60,
            )
            return running(settings, clock.now, gates=RateLimits(unlimited=True), **more)

        async with bot_on(file) as bot:
            await ask_for(bot, KEYS[0], T0 + timedelta(minutes=10))
            await ask_for(bot, KEYS[1], T0 + timedelta(minutes=40))
            back_up(file, copy)
            backed_up_at = clock.now()
            await clock.jump("+20m")
            await bot.catch_up()
            assert server.log.keys() == [KEYS[0]]
        await clock.jump("+40m")
        async with bot_on(copy, restored=backed_up_at) as bot:
            server.busy_when(lambda: bot.busy)
            for _ in range(6):
                await bot.catch_up()
                await clock.jump("+1m")
                bot.heartbeat.allow_any_step()
            assert sorted(server.log.keys()) == sorted(KEYS)
