"""No forecast is worked out in a unit of work that others wait for: it is there before, or the unit begins again."""

from datetime import date, timedelta

import pytest

from handlers.context import Context
from handlers.declaration import Command
from handlers.feature import Feature, Registry
from handlers.home_queue import HomeQueue
from handlers.reply import Reply
from handlers.router import Router
from handlers.surfaces.home import SlackHomes
from handlers.surfaces.standing_prompt import StandingPrompts
from messages.blocks import message_of
from sales.people.permission import Act
from sales.pipeline.opportunity import Stage
from storage.goals.goal import goals_of
from storage.pipeline.cycle import record_on
from storage.scope import Lacking
from tests.handlers.test_router import typed
from tests.known import T0, WORKSPACE
from tests.record import known_of
from tests.sales_story import deal, sold

TODAY = T0.date()
TYPED = (
    ("ana", "/goal"),
    ("ana", "/goal revenue"),
    ("ana", "/goal 18.1k next quarter"),
    ("ana", "/goal 18.3k next quarter"),
    ("ana", "/goal 5 deals this quarter because it is time"),
    ("ana", "/goal 900k Q1 2027"),
    ("ana", "/why revenue"),
    ("ana", "/runway"),
    ("ana", "/runway 80%"),
    ("ana", "how am I doing"),
    ("mia", "/goal @ana"),
    ("mia", "/goal set @ana 44k Q1 2027 because two big renewals"),
    ("mia", "/goal set @ana 12m Q1 2027"),
    ("mia", "/why @ana revenue"),
    ("mia", "/runway team"),
    ("mia", "/team digest"),
    ("mia", "/team monday"),
    ("mia", "/team 1on1 @ana"),
    ("mia", "/team 1on1 @ana: ask about Lockside"),
    ("mia", "/team retrospective"),
)


async def a_deal_changes(town, day: date = TODAY) -> None:
    """Let nothing that is kept of the workspace's deals hold any more."""
    await sold(town, [deal("U2", day - timedelta(days=9), day, Stage.WON)])


@pytest.fixture
async def goals(field):
    await field.person("ana").says("/goal 18.2k this quarter")
    await field.person("ana").says("/goal 45k next quarter")
    await field.server.settled()
    return field


@pytest.mark.parametrize(("who", "line"), TYPED, ids=[f"{who} {line}" for who, line in TYPED])
async def test_what_is_typed_finds_its_forecasts_worked_out(goals, who, line):
    await a_deal_changes(goals)
    assert await goals.person(who).says(line)
    assert goals.bot.database.begun_again == 0


async def test_forms_and_buttons_find_their_forecasts_worked_out(field):
    mia, ana = field.person("mia"), field.person("ana")
    await a_deal_changes(field)
    await ana.says("/goal set")
    await a_deal_changes(field)
    await ana.chooses("By when", "Q4 2026, until Thu 31 Dec 2026")
    await a_deal_changes(field)
    await ana.fills("Target", "45k")
    await a_deal_changes(field)
    await ana.submits()
    await a_deal_changes(field)
    await mia.says("/goal edit @ana Q4")
    await a_deal_changes(field)
    await mia.fills("Target", "44k")
    await a_deal_changes(field)
    await mia.submits()
    await ana.closes()
    await ana.says("/goal close Q4")
    await a_deal_changes(field)
    await ana.clicks("Close…")
    await a_deal_changes(field)
    await ana.submits()
    assert field.bot.database.begun_again == 0
    async with field.bot.database.read(WORKSPACE) as scope:
        assert 44_000_00 in [row.target for row in await goals_of(scope, "U1", 9)]


async def test_what_is_shown_again_after_other_deals_changed_is_worked_out_for_it(goals):
    """The evening's button begins its unit again, with nothing of the rows that the undone one had read."""
    ana = goals.person("ana")
    await ana.says("/followup acme today send the quote")
    await goals.jump("2026-09-14 16:40", "Europe/Ljubljana")
    await a_deal_changes(goals)
    await ana.clicks("Move the rest to tomorrow")
    said = "".join(ana.sees())
    assert "fault is ours" not in said
    assert "moved to Tue 15 Sep" in said
    assert goals.bot.database.begun_again > 0


async def test_a_brief_unit_works_nothing_out(field):
    for question in (record_on, lambda scope, day: known_of(scope, "USD", day)):
        with pytest.raises(Lacking):
            async with field.bot.database.write(WORKSPACE, brief=True) as scope:
                await question(scope, TODAY)
        async with field.bot.database.read(WORKSPACE) as scope:
            await question(scope, TODAY)
        async with field.bot.database.write(WORKSPACE, brief=True) as scope:
            await question(scope, TODAY)


async def test_a_unit_that_lacks_something_begins_again_and_has_one_effect(field):
    tried = []

    async def ask(context: Context) -> Reply:
        tried.append(context.scope.unit.brief)
        return Reply(say=message_of(f"{(await record_on(context.scope, context.today)).cycle}"[:20]))

    async def write_and_ask(context: Context) -> Reply:
        context.scope.session.add(goal_deal())
        await context.scope.session.flush()
        return await ask(context)

    commands = {"ask": ask, "write": write_and_ask}
    feature = Feature(
        name="test",
        commands=tuple(
            Command(name, "", "for the test", f"/{name}", run, Act.OWN_WORK) for name, run in commands.items()
        ),
    )
    bot, registry = field.bot, Registry.of([feature])
    homes = HomeQueue(SlackHomes(bot.database, bot.slack, field.clock.now, registry))
    prompts = StandingPrompts(bot.database, bot.slack, field.clock.now, registry)
    router = Router(bot.database, bot.slack, field.clock.now, registry, homes, prompts, lambda: None)
    await router.answer(typed("ask"))
    assert tried == [True, True]
    tried.clear()
    await router.answer(typed("write", "cmd:2"))  # what it wrote itself no read knows of
    assert tried[-1] is False
    async with bot.database.read(WORKSPACE) as scope:
        before = await known_of(scope, "", TODAY)
    assert before.book.size > 0


def goal_deal():
    from storage.pipeline.opportunity import OpportunityRow

    return OpportunityRow.model_validate(deal("U2", TODAY, name="Of the unit itself"))


async def test_a_line_after_another_knows_of_it(goals):
    said = "\n".join(await goals.person("ana").says("/goal 5 deals this quarter because it is time\n/goal"))
    saved, listed = said.split("Goal saved")[1].split("[Remove]", 1)
    assert "5 deals won" in saved
    assert "deals won  5 of 5 · reached" in listed, listed
