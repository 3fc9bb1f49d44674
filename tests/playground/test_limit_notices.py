"""What is more than Slack shows is said where it would have stood, with the limit; the app sees nothing of that."""

import pytest

from playground.limits import worded
from tests.playground.pieces import button, mrkdwn, plain, section, table
from tests.playground.test_page_api import ask, page  # noqa: F401 (a fixture)
from tests.playground.test_web_api import refusal

LONG = [section("x" * 3001)]


async def shown(page, channel="C1", person="U1"):  # noqa: F811
    return (await ask(page, f"page/messages?as={person}&channel={channel}"))["messages"]


@pytest.mark.parametrize(
    ("blocks", "notice"),
    [
        pytest.param(LONG, "block 1, text: Slack takes at most 3,000 characters", id="section"),
        pytest.param([section()] * 51, "blocks: Slack takes at most 50", id="blocks"),
        pytest.param(
            [
                {
                    "type": "actions",
                    "elements": [
                        {
                            "type": "checkboxes",
                            "action_id": "c",
                            "options": [{"text": mrkdwn("x"), "value": str(n)} for n in range(11)],
                        }
                    ],
                }
            ],
            "block 1, elements options: Slack takes at most 10",
            id="checkboxes",
        ),
        pytest.param(
            [section("x" * 2900)] * 4, "more than 11,000 characters over all blocks", id="all together"
        ),
    ],
)
async def test_a_refused_message_stands_where_it_would_have_been_seen(page, client, blocks, notice):  # noqa: F811
    await client.chat_postMessage(channel="C1", text="before")
    await refusal(client.chat_postMessage(channel="C1", text="too much", blocks=blocks))
    await client.chat_postMessage(channel="C1", text="after")
    said = await shown(page)
    assert [(one["text"], one["refused"]) for one in said] == [
        ("before", False),
        ("too much", True),
        ("after", False),
    ]
    assert said[1]["notices"] == [notice]
    history = await client.conversations_history(channel="C1")
    assert [one["text"] for one in history["messages"]] == ["after", "before"]


async def test_what_one_person_would_have_seen_is_shown_to_that_person(page, client):  # noqa: F811
    await refusal(client.chat_postEphemeral(channel="C1", user="U1", text="x", blocks=LONG))
    assert [one["refused"] for one in await shown(page)] == [True]
    assert await shown(page, person="U2") == []


async def test_a_refused_edit_is_said_beside_the_message_until_a_better_one(page, client):  # noqa: F811
    ts = (await client.chat_postMessage(channel="C1", text="first"))["ts"]
    await refusal(client.chat_update(channel="C1", ts=ts, text="x", blocks=LONG))
    (message,) = await shown(page)
    assert message["text"] == "first"
    assert message["notices"] == ["An edit was refused: block 1, text: Slack takes at most 3,000 characters"]
    await client.chat_update(channel="C1", ts=ts, text="second")
    assert (await shown(page))[0]["notices"] == []


async def test_what_slack_takes_but_only_just_says_how_near_it_is(page, client):  # noqa: F811
    heavy = [{"type": "actions", "elements": [button(action_id=f"a{n}", value="v" * 1900)]} for n in range(7)]
    await client.chat_postMessage(channel="C1", text="x", blocks=heavy)
    await client.chat_postMessage(channel="C1", text="x", blocks=[section()] * 45)
    await client.chat_postMessage(channel="C1", text="x", blocks=[section("x" * 2700)])
    await client.chat_postMessage(channel="C1", text="x", blocks=[section()] * 44)
    weighty, many, long, well = [one["notices"] for one in await shown(page)]
    assert len(weighty) == 1
    assert weighty[0].endswith("characters of blocks as JSON; above 13,000 is a risk.")
    assert many == ["45 blocks of the 50 Slack takes"]
    assert long == ["block 1: 2,700 characters of the 3,000 a section takes"]
    assert well == []


async def test_a_home_says_how_full_it_is_and_why_a_newer_one_was_refused(page, client):  # noqa: F811
    async def publish(*blocks):
        return await client.views_publish(user_id="U1", view={"type": "home", "blocks": list(blocks)})

    await publish(*[section()] * 100)
    full = await ask(page, "page/home?as=U1")
    assert (full["view"]["notices"], full["refused"]) == (["100 blocks of the 100 Slack takes"], [])
    await refusal(publish(*[section()] * 101))
    await refusal(publish(table(1)))
    after = await ask(page, "page/home?as=U1")
    assert after["refused"] == ["A newer Home was refused: block 1: table cannot stand in Home or a form"]
    assert len(after["view"]["blocks"]) == 100
    await publish(section())
    mended = await ask(page, "page/home?as=U1")
    assert (mended["view"]["notices"], mended["refused"]) == ([], [])


async def test_a_form_that_could_not_open_is_told_where_its_person_looks(page, app, client, ana):  # noqa: F811
    @app.command("/form")
    async def form(ack, body):
        await ack()
        view = {"type": "modal", "title": plain("T" * 25), "blocks": []}
        await refusal(client.views_open(trigger_id=body["trigger_id"], view=view))

    await ana.says("/form")
    (told,) = await shown(page, "D1")
    assert told["text"] == "A form that did not open."
    assert told["notices"] == ["title text: Slack takes at most 24 characters"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (
            "[ERROR] no fewer than 1 items allowed [json-pointer:/blocks/3/elements]",
            "block 4, elements: Slack wants at least 1",
        ),
        (
            "[ERROR] unsupported type: alert [json-pointer:/blocks/0/type]",
            "block 1: alert cannot stand in a message",
        ),
        ("[ERROR] missing required field: view", "missing required field: view"),
        ("something else", "something else"),
    ],
)
def test_a_fault_is_worded_with_its_place_and_limit(fault, words):
    assert worded(fault) == words
