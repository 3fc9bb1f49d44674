"""Files out of Slack: to whom the token is shown, and what is no file."""

from dataclasses import replace

import aiohttp
import pytest

from bot.imports.download import (
    FileGone,
    FileTooLarge,
    LoginPage,
    SentElsewhere,
    TryLater,
    download,
    is_slacks,
    may_read_files,
)
from bot.slack_client import SlackClient
from playground.box import Server
from playground.clock import Clock
from tests.conftest import small_workspace
from tests.known import T0

CSV = b"id,name\n" + b"1,Quay lamp\n" * 100_000
MOST = 5_000_000


@pytest.fixture
async def server():
    async with Server(small_workspace(), clock=Clock(T0, frozen=True), rates=None) as running:
        await running.visitor("mia").drops("deals.csv", CSV)
        yield running


@pytest.fixture
async def slack(server):
    async with aiohttp.ClientSession() as session:
        yield SlackClient(token=server.bot_token, base_url=server.api_url, session=session, retry_handlers=[])


def address(server):
    (file,) = server.workspace.files.values()
    return file.address(server.workspace.team_id, download=True)


async def test_a_file_comes_as_it_is(server, slack, tmp_path):
    await download(slack, address(server), tmp_path / "a.csv", MOST)
    assert (tmp_path / "a.csv").read_bytes() == CSV


async def test_the_token_is_shown_to_slack_alone(server, slack, tmp_path):
    """A redirect to another host, even of this machine, is not followed: nobody there sees the token."""
    server.downloads.sent_on_to = server.url.replace("127.0.0.1", "localhost")
    with pytest.raises(SentElsewhere):
        await download(slack, address(server), tmp_path / "a.csv", MOST)
    assert len(server.downloads.tokens) == 1


async def test_a_page_to_log_in_at_is_no_file(server, slack, tmp_path):
    granted = server.double.manifest
    server.double.manifest = replace(granted, scopes=granted.scopes - {"files:read"})
    with pytest.raises(LoginPage):
        await download(slack, address(server), tmp_path / "a.csv", MOST)
    assert not await may_read_files(slack)
    server.double.manifest = granted
    assert await may_read_files(slack)


async def test_a_deleted_file_is_gone(server, slack, tmp_path):
    await server.visitor("mia").takes_away("deals.csv")
    with pytest.raises(FileGone):
        await download(slack, address(server), tmp_path / "a.csv", MOST)


async def test_more_than_we_take_is_refused(server, slack, tmp_path):
    with pytest.raises(FileTooLarge):
        await download(slack, address(server), tmp_path / "a.csv", len(CSV) - 1)


async def test_a_download_cut_short_is_for_later(server, slack, tmp_path):
    server.downloads.ends_after = 300_000
    with pytest.raises(TryLater):
        await download(slack, address(server), tmp_path / "a.csv", MOST)


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/deals.csv", True),
        ("https://northwind.enterprise.slack.com/x", True),
        ("http://127.0.0.1:4000/files-pri/x", True),
        ("http://127.0.0.1:4001/files-pri/x", False),
        ("http://files.slack.com/x", False),
        ("https://files.slack.com:8443/x", False),
        ("https://token@files.slack.com/x", False),
        ("https://slack.com.example.org/x", False),
        ("https://evilslack.com/x", False),
        ("https://files.slack.com@example.org/x", False),
        ("ftp://files.slack.com/x", False),
        ("http://169.254.169.254/latest", False),
        ("https://[oops", False),
        ("", False),
    ],
)
def test_which_addresses_are_slacks(url, ours):
    assert is_slacks(url, "http://127.0.0.1:4000/api/") is ours
