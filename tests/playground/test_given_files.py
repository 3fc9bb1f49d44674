"""Files that an app gives: an address, the content there, and a message that carries them."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

ZIP = b"PK\x03\x04 not much"


@pytest.fixture
def client(server):
    return AsyncWebClient(token=server.bot_token, base_url=server.api_url, retry_handlers=[])


async def put(url, content):
    async with aiohttp.ClientSession() as session, session.post(url, data=content) as answer:
        return answer.status


async def begun(client, more=0):
    return await client.files_getUploadURLExternal(filename="export.zip", length=len(ZIP) + more)


async def dm_of(client, person="U1"):
    return (await client.conversations_open(users=person))["channel"]["id"]


async def test_three_steps_put_a_file_into_a_direct_message(server, client):
    ticket = await begun(client)
    assert await put(ticket["upload_url"], ZIP) == 200
    await client.files_completeUploadExternal(
        files=[{"id": ticket["file_id"], "title": "Export"}],
        channel_id=await dm_of(client),
        initial_comment="Here it is.",
    )
    ana = server.visitor("ana")
    assert "Here it is." in ana.sees()[-1]
    assert "export.zip" in ana.sees()[-1]
    (file,) = server.workspace.files.values()
    assert (file.content, file.title, file.user) == (ZIP, "Export", server.workspace.bot.id)


async def test_the_sdks_own_way_is_taken_too(server, client):
    await client.files_upload_v2(filename="a.csv", content=b"id\n1\n", channel=await dm_of(client))
    (file,) = server.workspace.files.values()
    assert file.content == b"id\n1\n"


async def test_what_was_not_uploaded_whole_cannot_be_shared(server, client):
    ticket = await begun(client, more=1)
    assert await put(ticket["upload_url"], ZIP) == 400
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_completeUploadExternal(
            files=[{"id": ticket["file_id"]}], channel_id=await dm_of(client)
        )
    assert len(server.problems) == 2
    assert server.workspace.files == {}


async def test_nobody_uploads_where_nothing_was_begun(server):
    assert await put(f"{server.url}/upload/made-up", ZIP) == 400


@pytest.mark.parametrize("given", [{"filename": "a.zip", "length": 0}, {"filename": "", "length": 3}])
async def test_a_name_and_a_length_are_needed(client, given):
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.files_getUploadURLExternal(**given)
