"""response_url: five uses in half an hour, replace, delete, public or private."""

import aiohttp
import pytest

BUTTON = {
    "type": "actions",
    "elements": [{"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}],
}


async def answer(url, **body):
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
        return response.status


@pytest.fixture
async def urls(app):
    """The response URLs the app was given, newest last."""
    given = []

    @app.command("/go")
    @app.action("go")
    async def go(ack, body):
        given.append(body["response_url"])
        await ack()

    return given


async def test_five_uses_and_no_more(urls, server, ana):
    await ana.says("/go", channel="C1")
    statuses = [await answer(urls[0], text=f"{n}") for n in range(6)]
    assert statuses == [200] * 5 + [404]
    assert len(ana.sees("C1")) == 5
    assert "used_url" in server.problems[-1].text


async def test_half_an_hour_of_the_workspaces_clock(urls, server, ana):
    await ana.says("/go", channel="C1")
    await server.clock.jump("+29m")
    assert await answer(urls[0], text="still") == 200
    await server.clock.jump("+2m")
    assert await answer(urls[0], text="late") == 404


async def test_private_unless_in_channel(urls, ana, ben):
    await ana.says("/go", channel="C1")
    await answer(urls[0], text="for you")
    await answer(urls[0], text="for all", response_type="in_channel")
    assert ana.sees("C1") == ["Rainmaker (only visible to you): for you", "Rainmaker: for all"]
    assert ben.sees("C1") == ["Rainmaker: for all"]


async def test_replacing_and_deleting_the_message_that_was_clicked(urls, client, ana):
    await client.chat_postMessage(channel="C1", text="first", blocks=[BUTTON])
    await client.chat_postMessage(channel="C1", text="second", blocks=[BUTTON])
    await ana.clicks("Go")  # the newest
    await answer(urls[-1], text="gone on", replace_original=True)
    assert ana.sees("C1") == ["Rainmaker: [Go]", "Rainmaker: gone on (edited)"]
    await ana.clicks("Go")
    await answer(urls[-1], delete_original=True)
    assert ana.sees("C1") == ["Rainmaker: gone on (edited)"]


async def test_limits_hold_here_too(urls, ana):
    await ana.says("/go", channel="C1")
    assert (
        await answer(urls[0], text="x", blocks=[{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}])
        == 400
    )
    assert await answer(urls[0]) == 400
    assert ana.sees("C1") == []
