"""A person, the double and a real Bolt app: what goes out comes back as in Slack."""


def text(words, kind="plain_text"):
    return {"type": kind, "text": words}


def button(label, action_id, **more):
    return {"type": "button", "text": text(label), "action_id": action_id, **more}


TARGET = {
    "type": "modal",
    "callback_id": "goal",
    "title": text("Set a goal"),
    "submit": text("Save"),
    "close": text("Cancel"),
    "private_metadata": "m1",
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "target",
            "label": text("Target"),
            "element": {"type": "plain_text_input", "action_id": "amount"},
        },
        {
            "type": "input",
            "block_id": "metric",
            "optional": True,
            "label": text("Metric"),
            "element": {
                "type": "static_select",
                "action_id": "name",
                "options": [{"text": text(word), "value": word.lower()} for word in ("Calls", "Revenue")],
            },
        },
    ],
}


async def test_a_command_is_answered_in_its_ack_for_the_asker_alone(app, ana, ben):
    heard = []

    @app.command("/goal")
    async def goal(ack, command):
        heard.append(command)
        await ack(f"You said: {command['text']}")

    answer = await ana.says("/goal set 5 < 6 & more", channel="sales")
    assert answer == ["Rainmaker (only visible to you): You said: set 5 < 6 & more"]
    assert heard[0]["text"] == "set 5 &lt; 6 &amp; more"
    assert heard[0]["channel_name"] == "sales"
    assert heard[0]["user_name"] == "ana"
    assert ben.sees("sales") == []


async def test_a_message_to_the_bot_is_answered_in_the_dm(app, ana):
    inside = []

    @app.event("message")
    async def heard(event, say):
        inside.extend(event["blocks"][0]["elements"][0]["elements"])
        await say(f"Noted: {event['text']}")

    await ana.says("call *Acme* <!channel> @ben")
    assert ana.sees()[0] == "Ana Kovač: call *Acme* <!channel> @Ben Ito"
    assert inside == [{"type": "text", "text": "call *Acme* <!channel> "}, {"type": "user", "user_id": "U2"}]
    assert ana.sees()[1] == "Rainmaker: Noted: call Acme <!channel> @Ben Ito"
    assert ana.unread() == 1


async def test_a_button_edits_the_message_it_stands_on(app, ana):
    @app.command("/followup")
    async def followup(ack):
        rows = []
        for name in ("Acme", "Borealis"):
            rows.append({"type": "section", "text": text(f"Call *{name}*", "mrkdwn")})
            rows.append({"type": "actions", "elements": [button("Done", "done", value=name)]})
        await ack(text="Follow-ups", blocks=rows)

    @app.action("done")
    async def done(ack, action, body, respond):
        assert "message" not in body
        assert body["container"]["is_ephemeral"] is True
        await ack()
        await respond(text=f"{action['value']} is done.", replace_original=True)

    await ana.says("/followup")
    assert ana.sees()[-1].endswith("Call Acme\n[Done]\nCall Borealis\n[Done]")
    await ana.clicks("Done", near="Borealis")
    assert ana.sees() == ["Rainmaker (only visible to you): Borealis is done."]


async def test_a_modal_opens_refuses_and_saves(app, ana):
    submitted = []

    @app.command("/goal")
    async def goal(ack, body, client):
        await client.views_open(trigger_id=body["trigger_id"], view=TARGET)
        await ack()

    @app.view("goal")
    async def saved(ack, view, client, body):
        amount = view["state"]["values"]["target"]["amount"]["value"]
        if not amount.isdigit():
            await ack(response_action="errors", errors={"target": "A number, please."})
            return
        submitted.append(view)
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text=f"Goal set to {amount}.")

    await ana.says("/goal set", channel="C1")
    assert ana.modal() == "Set a goal\nTarget: ‘…’\nMetric (optional): (Choose…)\n[Cancel] [Save]"
    await ana.submits()
    assert ana.modal_errors() == {"Target": "Please complete this required field."}
    await ana.fills("Target", "lots & lots")
    await ana.submits()
    assert ana.modal_errors() == {"Target": "A number, please."}
    await ana.fills("Target", "120")
    await ana.chooses("Metric", "Revenue")
    await ana.submits()
    assert ana.modal() is None
    assert ana.sees() == ["Rainmaker: Goal set to 120."]
    assert submitted[0]["private_metadata"] == "m1"
    assert submitted[0]["state"]["values"]["metric"]["name"]["selected_option"]["value"] == "revenue"


async def test_a_home_is_published_and_its_buttons_work(app, ana):
    opened = []

    @app.event("app_home_opened")
    async def home(event, client):
        opened.append("view" in event)
        blocks = [{"type": "actions", "elements": [button("Pause", "pause")]}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("pause")
    async def pause(ack, body, client):
        await ack()
        paused = {"type": "home", "blocks": [{"type": "section", "text": text("Paused.")}]}
        await client.views_publish(user_id=body["user"]["id"], view=paused, hash=body["view"]["hash"])

    assert ana.home() is None
    await ana.opens_home()
    await ana.clicks("Pause")
    assert ana.home() == "Paused."
    await ana.opens_home()
    assert opened == [False, True]


async def test_closing_tells_the_app_only_when_the_view_asked(app, ana):
    closed = []

    @app.command("/goal")
    async def goal(ack, body, client):
        await client.views_open(
            trigger_id=body["trigger_id"], view={**TARGET, "notify_on_close": bool(closed)}
        )
        await ack()

    @app.view_closed("goal")
    async def gone(ack, body):
        closed.append(body["is_cleared"])
        await ack()

    await ana.says("/goal")
    await ana.closes()
    assert closed == []
    closed.append("asked from now on")
    await ana.says("/goal")
    await ana.closes(everything=True)
    assert closed[1:] == [True]
    assert ana.modal() is None


async def test_a_shortcut_carries_its_message(app, ana):
    @app.shortcut("follow")
    async def follow(ack, shortcut, respond):
        await ack()
        await respond(f"About: {shortcut['message']['text']}")

    await ana.says("Acme wants a quote", channel="sales")
    await ana.uses_shortcut("follow", "Acme wants")
    assert ana.sees("sales")[-1] == "Rainmaker (only visible to you): About: Acme wants a quote"
