"""Files in the double: how they are told of, who may read them, and what is left of one that was deleted."""

from dataclasses import replace

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.playground.conftest import bolt, connected

CSV = b"id,name\n1,Quay lamp\n"


@pytest.fixture
async def events(server):
    """Every event that the app hears, oldest first."""
    app, heard = bolt(server), []

    @app.event({"type": "message", "subtype": "file_share"})
    async def shared(event):
        heard.append(event)

    @app.event("file_shared")
    @app.event("file_deleted")
    async def named(event):
        heard.append(event)

    @app.event({"type": "message", "subtype": "message_deleted"})
    async def gone(event):
        heard.append(event)

    async with connected(server, app):
        yield heard


async def fetched(server, url, token=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with (
        aiohttp.ClientSession() as session,
        session.get(url, headers=headers, allow_redirects=False) as answer,
    ):
        return answer.status, answer.content_type, await answer.read(), answer.headers.get("Location")


async def test_a_file_comes_whole_in_its_message_and_by_id_in_an_event(server, events):
    await server.visitor("ana").drops("deals.csv", CSV, saying="this week's")
    message, named = events
    assert (message["subtype"], message["text"], message["channel_type"]) == (
        "file_share",
        "this week's",
        "im",
    )
    (file,) = message["files"]
    assert (file["name"], file["size"], file["mimetype"], file["filetype"], file["file_access"]) == (
        "deals.csv",
        len(CSV),
        "text/csv",
        "csv",
        "visible",
    )
    assert named == {
        "type": "file_shared",
        "file_id": file["id"],
        "user_id": "U1",
        "file": {"id": file["id"]},
        "channel_id": message["channel"],
        "event_ts": named["event_ts"],
    }


async def test_a_download_takes_a_token_with_the_scope(server, events):
    """Without either it is a page where people log in, answered with 200."""
    await server.visitor("ana").drops("deals.csv", CSV)
    url = events[0]["files"][0]["url_private_download"]
    assert (await fetched(server, url, server.bot_token))[:3] == (200, "text/csv", CSV)
    for token in (None, "xoxb-other"):
        status, kind, content, _ = await fetched(server, url, token)
        assert (status, kind) == (200, "text/html")
        assert b"Sign in" in content
    server.double.manifest = replace(
        server.double.manifest, scopes=server.double.manifest.scopes - {"files:read"}
    )
    assert (await fetched(server, url, server.bot_token))[1] == "text/html"


async def test_a_download_may_be_sent_on_to_another_host(server, events):
    await server.visitor("ana").drops("deals.csv", CSV)
    url = events[0]["files"][0]["url_private_download"]
    server.downloads.sent_on_to = server.url.replace("127.0.0.1", "localhost")
    status, _, _, location = await fetched(server, url, server.bot_token)
    assert status == 302
    assert location is not None
    assert (await fetched(server, location, server.bot_token))[:3] == (200, "text/csv", CSV)


async def test_a_deleted_file_is_gone_and_its_message_with_it(server, events):
    ana = server.visitor("ana")
    await ana.drops("deals.csv", CSV)
    file = events[0]["files"][0]
    await ana.takes_away("deals.csv")
    assert {one.get("subtype", one["type"]) for one in events[2:]} == {"message_deleted", "file_deleted"}
    assert (await fetched(server, file["url_private_download"], server.bot_token))[0] == 404
    assert ana.sees() == []
    slack = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
    with pytest.raises(SlackApiError, match="file_deleted"):
        await slack.files_info(file=file["id"])


async def test_words_beside_a_deleted_file_stay(server, events):
    ana = server.visitor("ana")
    await ana.drops("deals.csv", CSV, saying="this week's")
    assert ana.sees() == ["Ana Kovač: this week's\n(file deals.csv)"]
    await ana.takes_away("deals.csv")
    assert ana.sees() == ["Ana Kovač: this week's\n(a file that was deleted)"]


async def test_a_file_from_another_workspace_is_named_and_asked_for(server, events):
    """Slack Connect: the event holds a stub, files.info the rest."""
    server.workspace.people["U1"].is_stranger = True
    await server.visitor("ana").drops("deals.csv", CSV)
    (stub,) = events[0]["files"]
    assert stub["file_access"] == "check_file_info"
    assert "url_private_download" not in stub
    slack = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
    assert (await slack.files_info(file=stub["id"]))["file"]["size"] == len(CSV)


async def test_the_page_takes_a_file_and_gives_it_back(server):
    async with aiohttp.ClientSession(f"{server.url}/") as page:
        async with page.post("page/drop?as=U1&channel=D1&name=deals.csv", data=CSV) as answer:
            assert await answer.json() == {"ok": True}
        async with page.get("page/messages?as=U1&channel=D1") as answer:
            (message,) = (await answer.json())["messages"]
        (file,) = message["files"]
        assert (file["name"], file["size"], file["mine"]) == ("deals.csv", len(CSV), True)
        async with page.get(f"page/file?as=U1&id={file['id']}") as answer:
            assert await answer.read() == CSV
        async with page.get(f"page/file?as=U2&id={file['id']}") as answer:
            assert answer.status == 400
        async with page.post("page/file/delete", json={"as": "U1", "id": file["id"]}) as answer:
            assert await answer.json() == {"ok": True}
        async with page.get(f"page/file?as=U1&id={file['id']}") as answer:
            assert answer.status == 400
