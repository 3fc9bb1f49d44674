"""The visitor finds things as a person does, and says what is there when it cannot."""

import pytest

from playground.box import Server
from playground.visitor.search import NotSeen


def plain(words):
    return {"type": "plain_text", "text": words}


def section(words, **more):
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}, **more}


def button(label="Done", **more):
    return {"type": "button", "text": plain(label), "action_id": "act", **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


@pytest.fixture
async def acts(app):
    """Every action the app was told of."""
    heard = []

    @app.action("act")
    async def act(ack, action, body):
        heard.append((action, body))
        await ack()

    return heard


async def test_a_missing_button_is_told_with_what_the_person_sees(client, ana):
    await client.chat_postMessage(
        channel="U1", text="x", blocks=[section("Call Acme"), actions(button("Snooze"))]
    )
    with pytest.raises(NotSeen) as missing:
        await ana.clicks("Done", near="Acme")
    assert "No button ‘Done’ near ‘Acme’. What Ana Kovač sees:" in str(missing.value)
    assert "Rainmaker: Call Acme\n[Snooze]" in str(missing.value)


async def test_near_picks_the_row_and_the_newest_message_that_says_it(acts, client, ana):
    for day in ("Monday", "Tuesday"):
        rows = [section(f"Acme on {day}"), actions(button(value=f"acme {day}"))]
        rows += [section(f"Borealis on {day}", accessory=button(value=f"borealis {day}"))]
        await client.chat_postMessage(channel="U1", text="x", blocks=rows)
    await ana.clicks("Done", near="Acme")
    await ana.clicks("Done", near="Borealis on Monday")
    assert [action["value"] for action, _ in acts] == ["acme Tuesday", "borealis Monday"]
    with pytest.raises(NotSeen, match="There are 2 buttons ‘Done’ there"):
        await ana.clicks("Done")


async def test_a_click_carries_the_message_and_a_response_url(acts, client, server, ana):
    await client.chat_postMessage(channel="C1", text="x", blocks=[actions(button(value="7"))])
    await ana.clicks("Done")
    action, body = acts[0]
    assert (action["type"], action["value"], action["text"]["text"]) == ("button", "7", "Done")
    assert float(action["action_ts"]) > 0
    assert body["container"]["channel_id"] == body["channel"]["id"] == "C1"
    assert body["message"]["ts"] == body["container"]["message_ts"]
    assert body["response_url"].startswith(f"{server.url}/respond/")
    assert body["user"] == {"id": "U1", "username": "ana", "name": "ana", "team_id": "T0PLAY"}


async def test_a_menu_tells_the_app_at_once_and_by_what_it_reads(acts, client, ana):
    choices = [{"text": plain(f"{n} h"), "value": str(n)} for n in (1, 2)]
    menus = [
        {"type": "static_select", "action_id": "act", "placeholder": plain("Snooze"), "options": choices},
        {"type": "users_select", "action_id": "who", "placeholder": plain("Hand over")},
        {"type": "datepicker", "action_id": "day", "placeholder": plain("Day")},
        {"type": "overflow", "action_id": "more", "options": choices},
    ]
    await client.chat_postMessage(channel="U1", text="x", blocks=[{**actions(*menus), "block_id": "b"}])
    await ana.chooses("Snooze", "2 h")
    action, body = acts[0]
    assert action["selected_option"]["value"] == "2"
    assert body["state"]["values"]["b"]["act"]["selected_option"]["value"] == "2"
    assert ana.sees()[-1] == "Rainmaker: (2 h) (Hand over…) (Day…) (⋯ 1 h, 2 h)"
    with pytest.raises(NotSeen, match="No option ‘3 h’"):
        await ana.chooses("Snooze", "3 h")
    with pytest.raises(NotSeen, match="Nobody here is called ‘Zoe’"):
        await ana.chooses("Hand over", "Zoe")


async def test_fields_of_every_kind_reach_the_submission(app, ana):
    seen = []
    kinds = {
        "Words": {"type": "plain_text_input", "multiline": True},
        "Count": {"type": "number_input", "is_decimal_allowed": False},
        "Day": {"type": "datepicker", "initial_date": "2017-09-20"},
        "Hour": {"type": "timepicker"},
        "Moment": {"type": "datetimepicker"},
        "Owner": {"type": "users_select", "initial_user": "U2"},
        "Helpers": {"type": "multi_users_select"},
        "Where": {"type": "channels_select"},
        "Tags": {
            "type": "checkboxes",
            "options": [{"text": plain(word), "value": word.lower()} for word in ("Hot", "Big")],
        },
    }

    @app.command("/form")
    async def form(ack, client, body):
        blocks = [
            {
                "type": "input",
                "block_id": name,
                "optional": True,
                "label": plain(name),
                "element": {**kind, "action_id": "a"},
            }
            for name, kind in kinds.items()
        ]
        view = {
            "type": "modal",
            "callback_id": "f",
            "title": plain("Form"),
            "submit": plain("Save"),
            "blocks": blocks,
        }
        await client.views_open(trigger_id=body["trigger_id"], view=view)
        await ack()

    @app.view("f")
    async def saved(ack, view):
        seen.append({name: entry["a"] for name, entry in view["state"]["values"].items()})
        await ack()

    await ana.says("/form")
    await ana.fills("Words", "5 < 6 & so on")
    await ana.fills("Count", "12")
    await ana.chooses("Hour", "16:30")
    await ana.chooses("Moment", "2017-09-20T16:30")
    await ana.chooses("Helpers", ["ana", "Ben Ito"])
    await ana.chooses("Where", "#sales")
    await ana.chooses("Tags", ["Big"])
    await ana.submits()
    assert seen[0]["Words"] == {"type": "plain_text_input", "value": "5 < 6 & so on"}
    assert seen[0]["Count"]["value"] == "12"
    assert seen[0]["Day"]["selected_date"] == "2017-09-20"
    assert seen[0]["Hour"]["selected_time"] == "16:30"
    assert seen[0]["Moment"]["selected_date_time"] == 1505917800
    assert seen[0]["Owner"]["selected_user"] == "U2"
    assert seen[0]["Helpers"]["selected_users"] == ["U1", "U2"]
    assert seen[0]["Where"]["selected_channel"] == "C1"
    assert [one["value"] for one in seen[0]["Tags"]["selected_options"]] == ["big"]


async def test_a_modal_hides_the_messages_behind_it(acts, client, server, ana):
    await client.chat_postMessage(channel="U1", text="x", blocks=[actions(button())])
    modal = {"type": "modal", "title": plain("Over it"), "blocks": [section("In front")]}
    await client.views_open(trigger_id=server.double.triggers.mint("U1"), view=modal)
    with pytest.raises(NotSeen, match=r"\(modal\) Over it"):
        await ana.clicks("Done")
    with pytest.raises(NotSeen, match="no submit button"):
        await ana.submits()
    await ana.closes()
    await ana.clicks("Done")
    assert len(acts) == 1


async def test_declining_a_confirm_dialog_sends_nothing(acts, client, ana):
    dialog = {
        "title": plain("Sure?"),
        "text": plain("Gone for good."),
        "confirm": plain("Yes"),
        "deny": plain("No"),
    }
    await client.chat_postMessage(channel="U1", text="x", blocks=[actions(button(confirm=dialog))])
    await ana.clicks("Done", confirm=False)
    assert acts == []
    await ana.clicks("Done")
    assert len(acts) == 1


async def test_an_input_that_dispatches_tells_the_app_while_the_modal_is_open(acts, client, server, ana):
    choices = [{"text": plain(word), "value": word} for word in ("Calls", "Revenue")]
    field = {
        "type": "input",
        "dispatch_action": True,
        "label": plain("Metric"),
        "element": {"type": "static_select", "action_id": "act", "options": choices},
    }
    modal = {"type": "modal", "title": plain("Goal"), "submit": plain("Save"), "blocks": [field]}
    await client.views_open(trigger_id=server.double.triggers.mint("U1"), view=modal)
    await ana.chooses("Metric", "Revenue")
    action, body = acts[0]
    assert action["selected_option"]["value"] == "Revenue"
    assert body["container"] == {"type": "view", "view_id": body["view"]["id"]}
    assert "response_url" not in body


async def test_strangers_and_closed_rooms_are_refused_in_words(server, ana):
    with pytest.raises(ValueError, match=r"Nobody here is called “zoe”. Known: ana \(U1\), ben \(U2\)"):
        server.visitor("zoe")
    with pytest.raises(ValueError, match="sees no channel “board”"):
        ana.sees("board")
    with pytest.raises(NotSeen, match="No modal is open"):
        await ana.submits()


async def test_a_shortcut_the_app_does_not_have_is_named_with_those_it_has(workspace):
    shortcut = {"name": "Follow up on this", "callback_id": "follow", "type": "message", "description": "x"}
    async with Server(workspace, manifest={"features": {"shortcuts": [shortcut]}}, rates=None) as server:
        with pytest.raises(NotSeen, match="It has: Follow up on this"):
            await server.visitor("ana").uses_shortcut("Follow")


async def test_unread_counts_what_others_said_since_reading(client, ana, ben):
    await client.chat_postMessage(channel="C1", text="one")
    await ben.says("two", channel="C1")
    assert (ana.unread("C1"), ben.unread("C1")) == (2, 1)
    ana.reads("C1")
    assert ana.unread("C1") == 0


async def test_settled_waits_for_work_the_app_does_after_its_ack(app, server, ana):
    import asyncio

    left = []

    @app.command("/later")
    async def later(ack, client):
        await ack()

        async def work():
            left.append("work")
            await asyncio.to_thread(lambda: None)
            await client.chat_postMessage(channel="U1", text="done later")
            left.clear()

        left.append(asyncio.create_task(work()))

    server.busy_when(lambda: bool(left))
    await ana.says("/later")
    assert ana.sees() == ["Rainmaker: done later"]
