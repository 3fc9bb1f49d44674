"""The router against the real database and the double: one effect per request, and an answer whatever happens."""

from dataclasses import replace

import pytest

from bot.typed import unescaped
from handlers.context import Context, Request
from handlers.declaration import Command, Phrase, routes
from handlers.feature import Feature, Registry
from handlers.home_queue import HomeQueue
from handlers.reply import Reply
from handlers.router import Router
from handlers.surfaces.home import SlackHomes
from handlers.surfaces.standing_prompt import StandingPrompts
from messages.blocks import message_of
from sales.people.permission import Act
from sales.refusal import Refusal
from storage.people.member import find_member, save_member
from storage.trouble import StorageTrouble
from tests.known import WORKSPACE


async def renamed(context: Context) -> Reply:
    """Count how often it ran, in the database."""
    times = int(context.member.email or 0) if (context.member.email or "0").isdigit() else 0
    await save_member(context.scope, context.member.user_id, email=str(times + 1))
    return Reply(say=message_of(f"times: {times + 1}"))


async def refusing(context: Context) -> Reply:
    await save_member(context.scope, context.member.user_id, email="changed")
    raise Refusal("The <date> is in the past.", field="day", example="tomorrow")


async def failing(context: Context) -> Reply:
    await save_member(context.scope, context.member.user_id, email="changed")
    raise ZeroDivisionError


async def blocked(context: Context) -> Reply:
    raise StorageTrouble("The disk is full. Free some space; nothing already confirmed is lost.")


async def picky(context: Context) -> Reply:
    if context.request.values["name"] == "bad":
        return Reply(errors={"name": "Not that one."})
    return Reply(say=message_of("Saved."))


FEATURE = Feature(
    name="test",
    commands=tuple(
        Command(name, "", "for the test", f"/{name}", run, Act.OWN_WORK)
        for name, run in {
            "rename": renamed,
            "refuse": refusing,
            "fail": failing,
            "log": failing,
            "block": blocked,
        }.items()
    ),
    phrases=(Phrase(r"(?:i |we |i['’]ve |we['’]ve )?(?:just )?log(?:ged)?:? (.*)", "log", r"\1"),),
    views=routes(Act.OWN_WORK, {"picky": picky, "refusing": refusing}),
    events=routes(Act.OWN_WORK, {"team_join": failing}),
)


@pytest.fixture
def router(town) -> Router:
    registry = Registry.of([FEATURE])
    homes = HomeQueue(SlackHomes(town.bot.database, town.bot.slack, town.clock.now, registry))
    prompts = StandingPrompts(town.bot.database, town.bot.slack, town.clock.now, registry)
    return Router(town.bot.database, town.bot.slack, town.clock.now, registry, homes, prompts, lambda: None)


def typed(name: str, key: str = "cmd:1", text: str = "") -> Request:
    return Request(kind="commands", key=key, workspace_id=WORKSPACE, user_id="U1", name=name, text=text)


def sent(callback: str, key: str, **values) -> Request:
    return Request(kind="views", key=key, workspace_id=WORKSPACE, user_id="U1", name=callback, values=values)


async def email(town) -> str | None:
    async with town.bot.database.read(WORKSPACE) as scope:
        found = await find_member(scope, "U1")
    return found.email if found else None


async def test_a_repeated_request_has_one_effect_and_gets_its_first_answer(town, router):
    first = await router.answer(typed("rename"))
    again = await router.answer(typed("rename"))
    assert first == again
    assert "times: 1" in first["text"]
    assert await email(town) == "1"
    assert "times: 2" in (await router.answer(typed("rename", "cmd:2")))["text"]


async def test_a_refusal_undoes_everything_and_says_the_mend_with_an_example(town, router):
    answer = await router.answer(typed("refuse"))
    assert answer["response_type"] == "ephemeral"
    assert answer["text"] == "The &lt;date&gt; is in the past."
    assert answer["blocks"][0]["text"]["text"] == "The &lt;date&gt; is in the past.\nTry `/refuse tomorrow`"
    assert await email(town) == "ana@northwind.example"


async def test_a_fault_undoes_everything_and_gives_a_reference_that_the_log_has(town, router, capfd):
    answer = await router.answer(typed("fail"))
    assert "the fault is ours. Nothing was changed" in answer["text"]
    assert await email(town) == "ana@northwind.example"


async def test_storage_trouble_is_one_clear_line(town, router):
    answer = await router.answer(typed("block"))
    assert answer["text"] == "The disk is full. Free some space; nothing already confirmed is lost."


async def test_a_form_with_errors_can_be_sent_again_under_the_same_key(town, router):
    wrong = sent("picky", "view:V1:1", name="bad")
    assert await router.answer(wrong) == {"response_action": "errors", "errors": {"name": "Not that one."}}
    right = await router.answer(replace(wrong, values={"name": "good"}))
    assert right["response_action"] == "update"


async def test_a_refusal_lands_under_the_field_it_names_else_in_the_modals_place(town, router):
    under = await router.answer(sent("refusing", "view:V2:1", day="2020-01-01"))
    assert under == {"response_action": "errors", "errors": {"day": "The <date> is in the past."}}
    instead = await router.answer(sent("refusing", "view:V3:1", other="x"))
    assert instead["response_action"] == "update"


async def test_an_unknown_command_is_answered_and_unknown_events_are_not(town, router):
    assert "/nonsense is not a command of mine" in (await router.answer(typed("nonsense")))["text"]
    event = Request(kind="events", key="ev:1", workspace_id=WORKSPACE, user_id="U1", name="reaction_added")
    assert await router.answer(event) == {}


def happened(name: str, text: str = "", channel_id: str = "") -> Request:
    return Request(
        kind="events", key="ev:1", workspace_id=WORKSPACE, user_id="U1", name=name, text=text, channel_id=channel_id
    )  # fmt: skip


async def test_an_event_that_hits_a_fault_is_not_taken_so_that_slack_sends_it_again(town, router):
    with pytest.raises(ZeroDivisionError):
        await router.answer(happened("team_join"))
    assert await email(town) == "ana@northwind.example"


async def test_a_fault_in_plain_words_is_told_to_whoever_wrote_them(town, router):
    ana = town.person("ana")
    opened = (await town.bot.slack.conversations_open(users="U1"))["channel"]["id"]
    assert await router.answer(happened("message", "log 3 calls", opened)) == {}
    await router.showing.finished()
    assert "the fault is ours. Nothing was changed" in ana.sees()[-1]
    assert await email(town) == "ana@northwind.example"


def test_two_features_cannot_answer_the_same_id():
    twice = [Feature(name=name, actions=routes(Act.OWN_WORK, {"a": renamed})) for name in ("first", "second")]
    with pytest.raises(ValueError, match="second: the id in actions 'a' is declared by first already"):
        Registry.of(twice)


def test_entities_are_undone_once():
    assert unescaped("&amp;lt; &lt;b&gt; &amp;") == "&lt; <b> &"
