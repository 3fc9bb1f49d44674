"""Standby: of several processes on one SQLite file exactly one serves, and the next takes over when it ends."""

import asyncio
import signal
import sqlite3
from pathlib import Path

import pytest

from bot.settings import SettingsTrouble
from bot.standby import NETWORK, file_of, file_system, holder
from playground.box import Server
from tests import terminal
from tests.conftest import small_workspace
from tests.topology import child, environment

MOUNTINFO = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
30 22 0:40 / /srv/shared rw,relatime shared:5 - nfs4 host:/export rw,vers=4.2
31 30 254:1 / /srv/shared/local rw,relatime - xfs /dev/vdb rw
32 22 0:41 / /mnt/two\\040words rw - cifs //host/share rw
33 22 0:42 / /mnt/covered rw - nfs host:/x rw
34 33 254:2 / /mnt/covered rw - ext4 /dev/vdc rw
"""


@pytest.fixture
async def server():
    async with Server(small_workspace(), rates=None) as running:
        yield running


def sqlite_in(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/rainmaker.db"


@pytest.mark.processes
@pytest.mark.parametrize("ends_by", [signal.SIGKILL, signal.SIGTERM])
async def test_the_second_waits_and_takes_over(server, tmp_path, ends_by):
    url = sqlite_in(tmp_path)
    async with child(server, url, tmp_path) as first:
        await first.says("connected")
        async with child(server, url, tmp_path) as second:
            waits = await second.says(r"standing by: another process serves this database.*holder=(\S+)")
            assert waits[1].endswith(f":{first.process.pid}")
            assert server.sockets.count == 1
            assert not any("connected" in line for line in second.said)
            first.send(ends_by)
            assert await first.ended() == (0 if ends_by is signal.SIGTERM else -ends_by)
            await second.says("taking over")
            await second.says("connected")
            assert sum("standing by" in line for line in second.said) == 1
            ana = server.visitor("ana")
            assert "Acme" in "\n".join(await ana.says("/followup Acme Fri call", channel="C1"))


@pytest.mark.processes
async def test_of_three_only_one_serves_and_another_name_of_the_file_is_the_same_file(server, tmp_path):
    (tmp_path / "elsewhere").symlink_to(tmp_path)
    other_name = sqlite_in(tmp_path / "elsewhere")
    async with child(server, sqlite_in(tmp_path), tmp_path) as first:
        await first.says("connected")
        async with (
            child(server, other_name, tmp_path) as second,
            child(server, other_name, tmp_path) as third,
        ):
            await second.says("standing by")
            await third.says("standing by")
            await first.killed()
            await server.sockets.wait_opened(2)
            assert server.sockets.count == 1
            took_over = [any("taking over" in line for line in one.said) for one in (second, third)]
            assert sorted(took_over) == [False, True]


@pytest.mark.processes
async def test_who_stands_by_ends_at_once_when_asked(server, tmp_path):
    url = sqlite_in(tmp_path)
    async with child(server, url, tmp_path) as first:
        await first.says("connected")
        async with child(server, url, tmp_path) as second:
            await second.says("standing by")
            second.send(signal.SIGTERM)
            assert await second.ended() == 0
        assert first.alive
        assert holder(tmp_path / "rainmaker.db").endswith(f":{first.process.pid}")
    assert holder(tmp_path / "rainmaker.db") is None


@pytest.mark.processes
async def test_the_other_commands_work_beside_a_running_bot(server, tmp_path):
    url = sqlite_in(tmp_path)
    deals = tmp_path / "deals.csv"
    deals.write_text(
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
        "A1,Ana Kovač,GTX,Acme,Won,2026-01-05,2026-02-05,1000\n"
    )
    async with child(server, url, tmp_path) as bot:
        await bot.says("connected")

        async def command(*arguments: str) -> tuple[int, str]:
            settings = environment(server, url)
            return await asyncio.to_thread(terminal.rainmaker, tmp_path, *arguments, **settings)

        assert await command("migrate") == (0, "The database is up to date.\n")
        code, said = await command("import", str(deals), "--currency", "USD")
        assert code == 0, said
        code, said = await command("doctor")
        assert f":{bot.process.pid}" in said
        assert bot.alive
    held = sqlite3.connect(tmp_path / "rainmaker.db")
    assert held.execute("SELECT count(*) FROM opportunity").fetchone() == (1,)
    held.close()


def refused(folder: Path, url: str) -> str:
    """The one line with which a start ends that never comes to ask Slack anything."""
    nobody = {"SLACK_API_URL": "http://127.0.0.1:9/api/", "SLACK_SIGNING_SECRET": Server.signing_secret}
    tokens = {"SLACK_BOT_TOKEN": Server.bot_token, "SLACK_APP_TOKEN": Server.app_token}
    code, said = terminal.rainmaker(folder, "run", DATABASE_URL=url, **tokens, **nobody)
    assert code == 1, said
    (line,) = said.splitlines()
    return line


@pytest.mark.parametrize(
    "url",
    [
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
        "sqlite+aiosqlite:///file:x?mode=memory&uri=true",
    ],
)
def test_a_database_in_memory_is_refused_in_one_line(tmp_path, url):
    line = refused(tmp_path, url)
    assert line.startswith("DATABASE_URL names no file, so everything would be lost at the end.")


def test_a_folder_that_is_not_there_is_one_line(tmp_path):
    line = refused(tmp_path, sqlite_in(tmp_path / "nowhere"))
    assert "cannot be written (No such file or directory)" in line


def test_postgresql_needs_no_lock():
    assert file_of("postgresql+asyncpg://somebody@host/rainmaker") is None


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv", "ext4"),
        ("/srv/shared", "nfs4"),
        ("/srv/shared/deep/er", "nfs4"),
        ("/srv/shared/local/db", "xfs"),
        ("/srv/sharedlike", "ext4"),
        ("/mnt/two words/db", "cifs"),
        ("/mnt/covered", "ext4"),
    ],
)
def test_the_file_system_of_a_folder_is_that_of_its_mount(tmp_path, folder, kind):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTINFO)
    assert file_system(Path(folder), mounts) == kind


def test_network_file_systems_are_refused_with_the_mend(tmp_path):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 1 0:40 / / rw - ext4 x rw\n23 22 0:41 / {tmp_path} rw - nfs4 host:/x rw\n")
    assert "nfs4" in NETWORK
    with pytest.raises(
        SettingsTrouble, match=r"network file system \(nfs4\).*Use a local disk, or PostgreSQL"
    ):
        file_of(sqlite_in(tmp_path), mounts)


def test_where_the_kernel_does_not_say_nothing_is_refused(tmp_path):
    assert file_system(tmp_path, tmp_path / "none") == ""
