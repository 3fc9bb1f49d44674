"""The Web API as a real client meets it."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.box import Server
from playground.clock import Clock
from tests.playground.moments import WEDNESDAY


async def refusal(call):
    with pytest.raises(SlackApiError) as refused:
        await call
    return refused.value.response["error"]


async def test_a_message_is_stored_escaped_text_stays_text_and_ts_increase(client, server, ana):
    first = await client.chat_postMessage(channel="C1", text="a &amp; b &lt;!channel&gt;")
    second = await client.chat_postMessage(channel="C1", text="<!channel> <@U2> <https://x.example|the deal>")
    assert float(second["ts"]) > float(first["ts"])
    assert ana.sees("C1") == ["Rainmaker: a & b <!channel>", "Rainmaker: @channel @Ben Ito the deal"]
    assert first["message"]["bot_id"] == "B0BOT"
    assert [entry.channel for entry in server.log.accepted] == ["C1", "C1"]


async def test_ts_stay_unique_and_increasing_when_the_clock_moves_back(client, server):
    first = await client.chat_postMessage(channel="C1", text="now")
    await server.clock.jump("-1d")
    second = await client.chat_postMessage(channel="C1", text="yesterday")
    assert float(second["ts"]) > float(first["ts"])
    newest = await client.conversations_history(channel="C1")
    assert [message["text"] for message in newest["messages"]] == ["yesterday", "now"]


async def test_metadata_comes_back_only_when_asked_for(client, server):
    metadata = {"event_type": "rainmaker_delivery", "event_payload": {"key": "eod:U1:2017-09-20"}}
    await client.chat_postMessage(channel="C1", text="hi", metadata=metadata, client_msg_id="0-1")
    plain = await client.conversations_history(channel="C1")
    full = await client.conversations_history(channel="C1", include_all_metadata=True)
    assert "metadata" not in plain["messages"][0]
    assert full["messages"][0]["metadata"] == metadata
    assert full["messages"][0]["client_msg_id"] == "0-1"
    assert server.log.with_key("eod:U1:2017-09-20")[0].client_msg_id == "0-1"
    assert server.log.keys() == ["eod:U1:2017-09-20"]


async def test_history_pages_newest_first_within_its_bounds(client):
    stamps = [(await client.chat_postMessage(channel="C1", text=str(n)))["ts"] for n in range(5)]
    first = await client.conversations_history(channel="C1", limit=2)
    assert [one["text"] for one in first["messages"]] == ["4", "3"]
    assert first["has_more"] is True
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel="C1", limit=2, cursor=cursor)
    assert [one["text"] for one in second["messages"]] == ["2", "1"]
    after = await client.conversations_history(channel="C1", oldest=stamps[2])
    assert [one["text"] for one in after["messages"]] == ["4", "3"]
    inclusive = await client.conversations_history(
        channel="C1", oldest=stamps[2], latest=stamps[3], inclusive=True
    )
    assert [one["text"] for one in inclusive["messages"]] == ["3", "2"]
    assert await refusal(client.conversations_history(channel="C1", cursor="nonsense")) == "invalid_cursor"
    assert await refusal(client.conversations_history(channel="C1", oldest="soon")) == "invalid_ts_oldest"


async def test_editing_and_deleting_are_for_the_bots_own_messages(client, ana):
    posted = await client.chat_postMessage(channel="C1", text="draft")
    await client.chat_update(channel="C1", ts=posted["ts"], text="final")
    assert ana.sees("C1") == ["Rainmaker: final (edited)"]
    await client.chat_delete(channel="C1", ts=posted["ts"])
    assert ana.sees("C1") == []
    assert await refusal(client.chat_update(channel="C1", ts=posted["ts"], text="x")) == "message_not_found"
    await ana.says("mine", channel="C1")
    own = ana.message("mine").ts
    assert await refusal(client.chat_update(channel="C1", ts=own, text="x")) == "cant_update_message"
    assert await refusal(client.chat_delete(channel="C1", ts=own)) == "cant_delete_message"


async def test_an_update_with_text_alone_is_noted(client, server, ana):
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Open*"}}]
    posted = await client.chat_postMessage(channel="C1", text="Open", blocks=blocks)
    await client.chat_update(channel="C1", ts=posted["ts"], text="Closed")
    assert ana.sees("C1") == ["Rainmaker: Open (edited)"]
    assert "chat.update sent text alone" in server.problems[-1].text
    await client.chat_update(channel="C1", ts=posted["ts"], text="Closed", blocks=[])
    assert ana.sees("C1") == ["Rainmaker: Closed (edited)"]


async def test_blocks_with_too_much_text_in_all_are_refused(client):
    rows = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2200}}] * 5
    await client.chat_postMessage(channel="C1", text="x", blocks=rows)
    longer = [*rows, {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}]
    assert (
        await refusal(client.chat_postMessage(channel="C1", text="x", blocks=longer)) == "msg_blocks_too_long"
    )


async def test_a_thread_is_read_with_replies_and_left_out_of_history(client):
    parent = await client.chat_postMessage(channel="C1", text="parent")
    await client.chat_postMessage(channel="C1", text="reply", thread_ts=parent["ts"])
    thread = await client.conversations_replies(channel="C1", ts=parent["ts"])
    assert [one["text"] for one in thread["messages"]] == ["parent", "reply"]
    assert len((await client.conversations_history(channel="C1"))["messages"]) == 1
    assert await refusal(client.conversations_replies(channel="C1", ts="1.2")) == "thread_not_found"


async def test_an_ephemeral_message_is_for_one_person_and_never_in_history(client, ana, ben):
    await client.chat_postEphemeral(channel="C1", user="U1", text="psst")
    assert ana.sees("C1") == ["Rainmaker (only visible to you): psst"]
    assert ben.sees("C1") == []
    assert (await client.conversations_history(channel="C1"))["messages"] == []
    assert ana.unread("C1") == 0
    assert await refusal(client.chat_postEphemeral(channel="C1", user="U9", text="x")) == "user_not_found"


async def test_opening_a_dm_is_idempotent_and_a_user_id_reaches_the_same_dm(client, ana):
    first = await client.conversations_open(users="U1")
    again = await client.conversations_open(users=["U1"], return_im=True)
    assert first["channel"]["id"] == again["channel"]["id"] == "D1"
    assert again["already_open"] is True
    assert again["channel"]["user"] == "U1"
    assert (await client.chat_postMessage(channel="U1", text="hi"))["channel"] == "D1"
    assert ana.sees() == ["Rainmaker: hi"]


async def test_places_the_bot_may_not_post(client, server, workspace):
    workspace.channels["C1"].archived = True
    assert await refusal(client.chat_postMessage(channel="C1", text="x")) == "is_archived"
    assert await refusal(client.chat_postMessage(channel="C404", text="x")) == "channel_not_found"
    assert await refusal(client.chat_postMessage(channel="G1", text="x")) == "not_in_channel"
    assert await refusal(client.conversations_open(users="U404")) == "user_not_found"
    assert await refusal(client.conversations_open(users="U0BOT")) == "cannot_dm_bot"
    await client.conversations_open(users="U2")
    workspace.people["U2"].deleted = True
    assert await refusal(client.conversations_open(users="U2")) == "user_disabled"
    assert await refusal(client.chat_postMessage(channel="D2", text="x")) == "user_disabled"
    assert await refusal(client.api_call("chat.postMessage", json={"channel": "C2"})) == "no_text"
    assert await refusal(client.chat_postMessage(channel="C2", text="x" * 40_001)) == "msg_too_long"
    assert server.log.accepted == []
    assert "chat.postMessage was refused: is_archived" in [problem.text for problem in server.problems]


async def test_a_public_channel_needs_membership_or_the_scope_for_public_ones(workspace):
    manifest = {"oauth_config": {"scopes": {"bot": ["chat:write", "channels:join", "channels:history"]}}}
    async with Server(workspace, clock=Clock(WEDNESDAY), manifest=manifest) as server:
        client = AsyncWebClient(token=server.bot_token, base_url=server.api_url, retry_handlers=[])
        assert await refusal(client.chat_postMessage(channel="C2", text="x")) == "not_in_channel"
        assert await refusal(client.conversations_history(channel="C2")) == "not_in_channel"
        await client.conversations_join(channel="C2")
        assert (await client.chat_postMessage(channel="C2", text="x"))["ok"] is True


async def test_a_missing_scope_is_named(workspace):
    manifest = {"oauth_config": {"scopes": {"bot": ["chat:write"]}}}
    async with Server(workspace, manifest=manifest) as server:
        client = AsyncWebClient(token=server.bot_token, base_url=server.api_url, retry_handlers=[])
        with pytest.raises(SlackApiError) as refused:
            await client.users_info(user="U1")
        assert refused.value.response.data == {
            "ok": False,
            "error": "missing_scope",
            "needed": "users:read",
            "provided": "chat:write",
        }
        assert await refusal(client.conversations_history(channel="C1")) == "missing_scope"
        assert await refusal(client.conversations_open(users="U1")) == "missing_scope"


async def test_tokens_are_checked(client, server):
    async def with_token(token):
        return AsyncWebClient(token=token, base_url=server.api_url, retry_handlers=[])

    assert await refusal((await with_token("xoxb-wrong")).auth_test()) == "invalid_auth"
    assert await refusal((await with_token(None)).auth_test()) == "not_authed"
    assert await refusal((await with_token(server.app_token)).auth_test()) == "not_allowed_token_type"
    assert await refusal(client.apps_connections_open(app_token=server.bot_token)) == "not_allowed_token_type"
    who = await client.auth_test()
    assert (who["user_id"], who["bot_id"], who["team_id"]) == ("U0BOT", "B0BOT", "T0PLAY")


async def test_an_unknown_method_is_refused_and_listed(client, server):
    assert await refusal(client.api_call("chat.scheduleMessage", json={"channel": "C1"})) == "unknown_method"
    assert "chat.scheduleMessage was refused: unknown_method" in server.problems[-1].text


async def test_people_and_groups(client, server, workspace):
    workspace.add_group("S1", "emea", "EMEA", ["U1"])
    assert (await client.usergroups_list(include_users=True))["usergroups"][0]["users"] == ["U1"]
    assert (await client.usergroups_users_list(usergroup="S1"))["users"] == ["U1"]
    user = (await client.users_info(user="U1"))["user"]
    assert (user["tz"], user["tz_offset"], user["profile"]["email"]) == (
        "Europe/Ljubljana",
        7200,
        "ana@northwind.example",
    )
    assert (await client.users_lookupByEmail(email="BEN@northwind.example"))["user"]["id"] == "U2"
    assert await refusal(client.users_lookupByEmail(email="x@y.z")) == "users_not_found"
    seen = []
    async for page in await client.users_list(limit=2):
        seen += [one["id"] for one in page["members"]]
    assert seen == ["U0BOT", "USLACKBOT", "U1", "U2"]
    assert (await client.dnd_info(user="U1"))["dnd_enabled"] is False
    assert (await client.team_info())["team"]["name"] == "Northwind"
    assert (await client.bots_info(bot="B0BOT"))["bot"]["user_id"] == "U0BOT"


async def test_channels_are_listed_and_looked_into(client):
    listed = await client.conversations_list(types="public_channel,private_channel")
    assert [one["id"] for one in listed["channels"]] == ["C1", "C2"]
    assert (await client.conversations_info(channel="C2"))["channel"]["is_member"] is False
    assert (await client.conversations_members(channel="C1"))["members"] == ["U1", "U2", "U0BOT"]
    assert await refusal(client.conversations_info(channel="G1")) == "channel_not_found"
    posted = await client.chat_postMessage(channel="C1", text="x")
    link = await client.chat_getPermalink(channel="C1", message_ts=posted["ts"])
    assert link["permalink"].endswith(f"/archives/C1/p{posted['ts'].replace('.', '')}")


async def test_blocks_beyond_a_limit_are_refused_with_place_and_rule(client):
    blocks = [{"type": "divider"}, {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="C1", text="x", blocks=blocks)
    assert refused.value.response["error"] == "invalid_blocks"
    assert refused.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]"
    ]


async def test_blocks_may_come_as_json_in_a_form(client, server, ana):
    form = {
        "channel": "C1",
        "text": "x",
        "blocks": '[{"type":"section","text":{"type":"mrkdwn","text":"hey"}}]',
    }
    await client.api_call("chat.postMessage", data=form)
    assert ana.sees("C1") == ["Rainmaker: hey"]
    broken = {**form, "blocks": "[{"}
    assert await refusal(client.api_call("chat.postMessage", data=broken)) == "invalid_blocks_format"


async def test_attachments_are_checked_and_their_blocks_too(client, ana):
    async def post(attachments):
        return await client.api_call(
            "chat.postMessage", json={"channel": "C1", "text": "x", "attachments": attachments}
        )

    assert await refusal(post({"text": "x"})) == "invalid_attachments"
    assert await refusal(post(["x"])) == "invalid_attachments"
    assert await refusal(post([{"blocks": [{"type": "hologram"}]}])) == "invalid_blocks"
    assert await refusal(post([{"text": "x"}] * 101)) == "too_many_attachments"
    await post([{"title": "Deal", "text": "*Acme*"}])
    assert ana.sees("C1") == ["Rainmaker: x\nDeal\nAcme"]


async def test_blocks_without_text_are_a_problem_for_screen_readers(client, server):
    await client.api_call("chat.postMessage", json={"channel": "C1", "blocks": [{"type": "divider"}]})
    assert "screen readers" in server.problems[-1].text


async def test_metadata_is_checked(client):
    call = client.chat_postMessage
    assert (
        await refusal(call(channel="C1", text="x", metadata={"event_type": "x"})) == "invalid_metadata_format"
    )
    big = {"event_type": "x", "event_payload": {"blob": "x" * 9000}}
    assert await refusal(call(channel="C1", text="x", metadata=big)) == "metadata_too_large"


async def test_an_uninstalled_app_has_no_token(client, server):
    await server.uninstall()
    assert await refusal(client.auth_test()) == "account_inactive"


@pytest.mark.parametrize(
    ("body", "kind", "error"),
    [
        (b"{", "application/json", "invalid_json"),
        (b"\xff\xfe", "application/json", "invalid_json"),
        (b"[1]", "application/json", "json_not_object"),
        (b"channel=\xff", "application/x-www-form-urlencoded", "invalid_form_data"),
    ],
)
async def test_a_body_nobody_can_read_is_refused(server, body, kind, error):
    headers = {"Authorization": f"Bearer {server.bot_token}", "Content-Type": kind}
    async with (
        aiohttp.ClientSession() as session,
        session.post(server.api_url + "chat.postMessage", data=body, headers=headers) as response,
    ):
        assert await response.json() == {"ok": False, "error": error}
