"""App Home: where it was opened lately it follows what its person does, and each opening shows the present."""

from datetime import timedelta

import pytest

from handlers.home_queue import HomeOwner
from handlers.registry import REGISTRY
from handlers.surfaces.home import SlackHomes
from playground.faults import Fault
from storage.people.member import find_member
from tests.known import T0, WORKSPACE

PUBLISH = "views.publish"
ANA = HomeOwner(WORKSPACE, "U1")


@pytest.fixture
def published(team) -> list[str]:
    """Who was published a Home, in order."""
    found: list[str] = []

    def note(call) -> None:
        if call.method == PUBLISH:
            found.append(call.arguments["user_id"])

    team.server.faults.decide = note
    return found


async def test_what_a_person_does_is_on_their_home_once_it_settled(team, published):
    ana = team.person("ana")
    await ana.opens_home()
    assert "No goal runs now" in ana.home()
    await ana.says("/deal Acme 24k")
    await ana.says("/goal 120k this quarter")
    assert "$0 of $120k" in ana.home()
    await ana.says("/deal won Acme 26k")
    assert "$26k of $120k" in ana.home()
    assert published == ["U1"] * 4


async def test_where_somebody_never_opened_it_nothing_is_published(team, published):
    ana = team.person("ana")
    await ana.says("/goal 120k this quarter")
    await ana.opens_home(tab="messages")
    await ana.says("/log 5 calls")
    assert published == []
    assert ana.home() is None


async def test_an_opening_shows_what_somebody_else_changed(team, published):
    ana, mia = team.person("ana"), team.person("mia")
    await ana.opens_home()
    await mia.says("/goal @ana 90k this quarter")
    assert "No goal runs now" in ana.home()
    await ana.opens_home()
    assert "$0 of $90k" in ana.home()
    assert published == ["U1", "U1"]


async def test_a_working_day_later_it_follows_no_more_until_it_is_opened_or_used(team, published):
    ana = team.person("ana")
    await ana.opens_home()
    await team.jump("17:05")  # eight hours and five minutes
    await ana.says("/goal 120k this quarter")
    assert published == ["U1"]
    assert "No goal runs now" in ana.home()
    await ana.chooses("⋯", "My settings", where="home")
    await ana.closes()
    await ana.says("/log 1 call")
    assert published == ["U1", "U1"]
    assert "$0 of $120k" in ana.home()


async def test_a_look_is_written_down_once_an_hour(team):
    ana = team.person("ana")

    async def seen_at():
        async with team.bot.database.read(WORKSPACE) as scope:
            return (await find_member(scope, "U1")).home_seen_at

    await ana.opens_home()
    assert await seen_at() == T0
    await team.jump("09:59")
    await ana.opens_home()
    assert await seen_at() == T0
    await team.jump("10:00")
    await ana.opens_home()
    assert await seen_at() == T0 + timedelta(hours=1)


async def test_when_slack_asks_to_wait_the_present_is_published_after_that(team):
    ana = team.person("ana")
    await ana.opens_home()
    team.server.faults.plan(PUBLISH, Fault("ratelimited", seconds=1))
    await ana.says("/goal 120k this quarter")
    assert "$0 of $120k" in ana.home()


async def test_a_home_that_slack_does_not_take_stops_no_other(team):
    ana, ben = team.person("ana"), team.person("ben")
    await ana.opens_home()
    await ben.opens_home()
    team.server.faults.plan(PUBLISH, Fault("failed"))
    await ana.says("/log 1 call")
    await ben.says("/goal 50k this quarter")
    await ana.says("/goal 120k this quarter")
    assert "$0 of $50k" in ben.home()
    assert "$0 of $120k" in ana.home()


async def test_what_one_replica_read_before_another_published_is_not_shown_but_read_anew(team):
    ana = team.person("ana")
    bot = team.bot
    one, other = (SlackHomes(bot.database, bot.slack, team.clock.now, REGISTRY) for _ in range(2))
    await ana.says("/goal 120k this quarter")
    await ana.says("/deal Acme 24k")
    assert await one.post(ANA, await one.read(ANA)) is None
    old = await one.read(ANA)
    await ana.says("/deal won Acme 26k")
    assert await other.post(ANA, await other.read(ANA)) is None
    assert await one.post(ANA, old) == 0.0
    team.expected += [problem for problem in team.server.problems if problem.error == "hash_conflict"]
    assert "$26k of $120k" in ana.home()
    assert await one.post(ANA, await one.read(ANA)) is None
    assert "$26k of $120k" in ana.home()


async def test_behind_the_three_dots_stand_deals_and_help_and_open_where_they_are_pressed(team):
    ana = team.person("ana")
    await ana.says("/deal Acme 24k")
    await ana.opens_home()
    assert "[+ Follow-up] [Log] (⋯ Set a goal, My deals, Pipeline, My settings, Help)" in ana.home()
    before = len(ana.sees())
    await ana.chooses("⋯", "My deals", where="home")
    assert "Acme" in ana.modal()
    await ana.closes()
    await ana.chooses("⋯", "Help", where="home")
    assert "/followup" in ana.modal()
    assert len(ana.sees()) == before
