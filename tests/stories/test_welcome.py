"""The welcome: to whoever is put into a team, once, in their next working hour, with one question and an off switch."""

import pytest

from handlers.feature import Feature, Look, Section, Shown, Surface
from handlers.registry import FEATURES
from messages.elements import button
from messages.surfaces import welcome as views
from sales.people.permission import Act
from storage.people.member import find_member
from tests.features.boot import booted
from tests.known import WORKSPACE
from tests.setup_story import sets_up

pytestmark = pytest.mark.engines("sqlite")

HERE = "Europe/Ljubljana"
KOLKATA = "Asia/Kolkata"
HELLO = "I am Rainmaker"


def greeted(person):
    return [one for one in person.sees() if HELLO in one]


async def joins(town, *people):
    mia = town.person("mia")
    await sets_up(mia, "Field", list(people))
    await mia.closes()
    return mia


async def test_it_says_who_did_it_what_comes_and_asks_for_the_number(team):
    """In the first days of a quarter nothing can be won already, and the number is what is asked for."""
    await team.jump("2026-10-01 12:00", KOLKATA)
    await joins(team, "raj")
    [said] = greeted(team.person("raj"))
    assert "Mia Horvat put you into Field." in said
    assert "Around 16:30 your time, on working days: what you promised and is still open." in said
    assert "at most 4 a day" in said
    assert said.count("?") == 1
    assert "What is your number this quarter?" in said
    raj = team.person("raj")
    await raj.clicks("Set my goal")
    assert "Target" in raj.modal()
    await raj.closes()
    await raj.clicks("Change what comes")
    assert "What I may send you" in raj.modal()
    assert "You were put into Field." in "\n".join(await raj.says("/why", channel="sales"))


async def test_whoever_set_the_team_up_is_welcomed_when_they_open_it_not_by_themselves(town):
    mia = await joins(town, "ana")
    assert greeted(mia) == []
    await mia.opens_home()
    [said] = greeted(mia)
    assert "Is anybody missing in Field?" in said
    await mia.clicks("People")
    assert "Reps: (@Ana Kovač)" in mia.modal().replace(" (optional)", "")


async def test_on_leave_and_on_a_holiday_of_their_own_it_waits(team):
    """Raj was met before: he is away until Wednesday, and Thursday is a holiday where he lives."""
    raj = team.person("raj")
    await raj.says("/team leave 14-16 Sep", channel="sales")
    async with team.bot.database.write(WORKSPACE) as scope:
        row = await find_member(scope, "U4")
        row.country, row.welcomed_at = "CL", None  # 18 September is Chile's
        scope.session.add(row)
    before = len(greeted(raj))
    await joins(team, "raj")
    await team.jump("2026-09-16 12:00", KOLKATA)
    assert len(greeted(raj)) == before
    await team.jump("2026-09-17 09:30", KOLKATA)
    assert len(greeted(raj)) == before + 1


async def test_put_in_and_taken_out_over_a_weekend_is_welcomed_when_it_holds(team):
    await team.jump("2026-09-19 20:30", KOLKATA)
    mia = await joins(team, "raj")
    await mia.says("/team people Field")
    await mia.chooses("Reps", ["ana", "ben"])
    await mia.submits()
    await mia.closes()
    await team.jump("2026-09-21 11:00", KOLKATA)
    raj = team.person("raj")
    assert greeted(raj) == []
    await joins(team, "raj")
    assert len(greeted(raj)) == 1


async def test_who_knows_us_already_is_not_welcomed_again(team):
    """Ana opened Home once; Ben, who is in the team already, is not written to because the team changes."""
    ana = team.person("ana")
    await ana.opens_home()
    assert len(greeted(ana)) == 1
    mia = await joins(team, "raj")
    await sets_up(mia, "West", ["ana"])
    assert len(greeted(ana)) == 1
    assert greeted(team.person("ben")) == []


async def asks_what_is_won(look: Look) -> Shown:
    return Shown(
        buttons=[button("Enter what is won", "quince.enter")], asks="What is already won this period?"
    )


@pytest.mark.engines("sqlite")
async def test_the_question_of_a_feature_stands_in_place_of_ours(database_url):
    own = Feature("quince", sections=(Section(Surface.WELCOME, 10, asks_what_is_won, Act.OWN_WORK),))
    async with booted(database_url, (*FEATURES, own)) as town:
        mia = town.person("mia")
        await sets_up(mia, "Field", ["ana"])
        [said] = greeted(town.person("ana"))
    assert said.count("?") == 1
    assert "What is already won this period?" in said
    assert (
        "[Enter what is won] [Send me a morning note] [Practise three minutes a day] [Change what comes]"
        in said
    )


def test_a_long_name_and_a_team_without_a_channel_stay_a_welcome():
    hello = views.Welcome("R" * 80, "T" * 80, True, False, False, evening="16:30", by="B" * 80, cap=4)
    blocks = views.welcome(hello, "").blocks
    assert sum(one["text"]["text"].count("\n") + 1 for one in blocks if "text" in one) <= 10
