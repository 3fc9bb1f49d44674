"""Modals and Homes: triggers, stacks, hashes, answers to a submission."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.box import Server
from playground.clock import Clock
from tests.playground.conftest import small_workspace
from tests.playground.moments import WEDNESDAY


def text(words):
    return {"type": "plain_text", "text": words}


def modal(title="Title", **more):
    field = {
        "type": "input",
        "block_id": "field",
        "label": text("Field"),
        "element": {"type": "plain_text_input", "action_id": "typed"},
    }
    return {
        "type": "modal",
        "title": text(title),
        "submit": text("Save"),
        "callback_id": "m",
        "blocks": [field],
        **more,
    }


async def refused(call):
    with pytest.raises(SlackApiError) as error:
        await call
    return error.value.response


async def test_a_trigger_opens_once_and_only_for_three_seconds():
    real = [0.0]
    async with Server(
        small_workspace(), clock=Clock(WEDNESDAY), monotonic=lambda: real[0], rates=None
    ) as server:
        client = AsyncWebClient(token=server.bot_token, base_url=server.api_url, retry_handlers=[])
        triggers = server.double.triggers
        used, late = triggers.mint("U1"), triggers.mint("U1")
        await server.clock.jump("+1d")  # the workspace's clock has no say in this
        await client.views_open(trigger_id=used, view=modal())
        assert (await refused(client.views_open(trigger_id=used, view=modal())))[
            "error"
        ] == "exchanged_trigger_id"
        real[0] += 3.01
        assert (await refused(client.views_open(trigger_id=late, view=modal())))[
            "error"
        ] == "expired_trigger_id"
        assert (await refused(client.views_open(trigger_id="1.2.3", view=modal())))[
            "error"
        ] == "invalid_trigger_id"


async def test_a_refused_view_leaves_the_trigger_usable(client, server):
    trigger = server.double.triggers.mint("U1")
    answer = await refused(client.views_open(trigger_id=trigger, view=modal("x" * 25)))
    assert answer["error"] == "invalid_arguments"
    assert answer["response_metadata"]["messages"] == [
        "[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"
    ]
    await client.views_open(trigger_id=trigger, view=modal())


async def test_a_stack_holds_a_root_and_two_more(client, server, ana):
    mint = server.double.triggers.mint
    root = await client.views_open(trigger_id=mint("U1"), view=modal("One"))
    second = await client.views_push(trigger_id=mint("U1"), view=modal("Two"))
    await client.views_push(trigger_id=mint("U1"), view=modal("Three"))
    over = await refused(client.views_push(trigger_id=mint("U1"), view=modal("Four")))
    assert over["error"] == "push_limit_reached"
    assert second["view"]["root_view_id"] == root["view"]["id"] == second["view"]["previous_view_id"]
    await ana.closes()
    assert ana.modal().startswith("Two")
    await ana.closes(everything=True)
    assert ana.modal() is None


async def test_an_update_checks_the_hash_and_keeps_what_was_typed(client, server, ana):
    opened = (await client.views_open(trigger_id=server.double.triggers.mint("U1"), view=modal()))["view"]
    await ana.fills("Field", "half a sentence")
    changed = await client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal("Other"))
    assert changed["view"]["state"]["values"]["field"]["typed"]["value"] == "half a sentence"
    stale = await refused(client.views_update(view_id=opened["id"], hash=opened["hash"], view=modal()))
    assert stale["error"] == "hash_conflict"
    assert (await refused(client.views_update(view_id="V404", view=modal())))["error"] == "not_found"
    assert ana.modal().startswith("Other")


async def test_external_ids_find_views_and_are_unique(client, server):
    mint = server.double.triggers.mint
    await client.views_open(trigger_id=mint("U1"), view=modal(external_id="e1"))
    await client.views_update(external_id="e1", view=modal("Renamed", external_id="e1"))
    twice = await refused(client.views_open(trigger_id=mint("U2"), view=modal(external_id="e1")))
    assert twice["error"] == "duplicate_external_id"


async def test_a_view_above_250_kb_is_too_large(client, server):
    rows = [{"type": "section", "text": {"type": "plain_text", "text": "x" * 2900}} for _ in range(90)]
    answer = await refused(client.views_publish(user_id="U1", view={"type": "home", "blocks": rows}))
    assert answer["error"] == "view_too_large"


async def test_a_home_is_for_people_and_its_hash_is_checked(client, ana):
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    first = await client.views_publish(user_id="U1", view=home)
    second = await client.views_publish(user_id="U1", view=home, hash=first["view"]["hash"])
    assert first["view"]["id"] == second["view"]["id"]
    stale = await refused(client.views_publish(user_id="U1", view=home, hash=first["view"]["hash"]))
    assert stale["error"] == "hash_conflict"
    assert (await refused(client.views_publish(user_id="U404", view=home)))["error"] == "user_not_found"
    wrong = await refused(client.views_publish(user_id="U1", view=modal()))
    assert wrong["response_metadata"]["messages"] == ["[ERROR] must be home [json-pointer:/view/type]"]


async def opened_by_command(app, answer):
    @app.command("/open")
    async def open_it(ack, body, client):
        await client.views_open(trigger_id=body["trigger_id"], view=modal(blocks=[*modal()["blocks"]]))
        await ack()

    @app.view("m")
    async def submitted(ack):
        await ack(**answer)


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ({"response_action": "update", "view": modal("Step 2")}, "Step 2"),
        ({"response_action": "push", "view": modal("On top")}, "On top"),
    ],
)
async def test_an_answer_can_update_or_push(app, ana, answer, shown):
    await opened_by_command(app, answer)
    await ana.says("/open")
    await ana.fills("Field", "x")
    await ana.submits()
    assert ana.modal().startswith(shown)


async def test_a_view_pushed_during_a_submission_falls_to_the_plain_ack(app, server, ana):
    @app.command("/open")
    async def open_it(ack, body, client):
        await client.views_open(trigger_id=body["trigger_id"], view=modal())
        await ack()

    @app.view("m")
    async def submitted(ack, body, client):
        await client.views_push(trigger_id=body["trigger_id"], view=modal("Thanks"))
        await ack()

    await ana.says("/open")
    await ana.fills("Field", "x")
    await ana.submits()
    assert ana.modal().startswith("Title")
    assert "closed by the plain ack" in server.problems[-1].text


async def test_an_answer_can_clear_the_stack(app, client, server, ana):
    await opened_by_command(app, {"response_action": "clear"})
    await ana.says("/open")
    await client.views_push(trigger_id=server.double.triggers.mint("U1"), view=modal("On top"))
    await ana.fills("Field", "x")
    await ana.submits()
    assert ana.modal() is None


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"elsewhere": "Wrong block."}},
        {"response_action": "update", "view": modal("x" * 25)},
        {"response_action": "update", "view": {"type": "home", "blocks": []}},
    ],
)
async def test_an_answer_slack_cannot_use_shows_trouble_and_keeps_the_modal(app, server, ana, answer):
    await opened_by_command(app, answer)
    await ana.says("/open")
    await ana.fills("Field", "x")
    await ana.submits()
    assert "⚠ We had some trouble connecting. Try again?" in ana.modal()
    assert "The answer to a submitted modal was refused" in server.problems[-1].text


@pytest.mark.parametrize(
    ("element", "typed", "complaint"),
    [
        ({"type": "number_input", "is_decimal_allowed": False}, "many", "Please enter a valid number."),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a whole number."),
        (
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "1"},
            "0",
            "Please enter a number that is at least 1.",
        ),
        ({"type": "email_text_input"}, "ana", "Please enter a valid email address."),
        ({"type": "url_text_input"}, "acme", "Please enter a valid URL."),
        (
            {"type": "plain_text_input", "min_length": 3},
            "ab",
            "This field must have at least 3 characters.",
        ),
    ],
)
async def test_the_client_refuses_what_cannot_be_meant(client, server, ana, element, typed, complaint):
    field = {
        "type": "input",
        "block_id": "f",
        "label": text("Field"),
        "element": {**element, "action_id": "a"},
    }
    await client.views_open(trigger_id=server.double.triggers.mint("U1"), view=modal(blocks=[field]))
    await ana.fills("Field", typed)
    await ana.submits()  # nobody is connected: had it been sent, the modal would show trouble instead
    assert ana.modal_errors() == {"Field": complaint}
