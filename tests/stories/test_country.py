"""Whose holidays: given to members by their manager, chosen by themselves, and what follows for their days."""

from datetime import date

import pytest

from storage.goals.progress import member_progress
from storage.people.calendar import calendar_of
from storage.people.member import find_member
from storage.people.team import find_team
from tests.known import WORKSPACE
from tests.setup_story import member

HERE = "Europe/Ljubljana"


async def gives(mia, people, country, part=""):
    """Open the form from `/team people` and save it."""
    await mia.says("/team people")
    await mia.clicks("Holidays per person")
    await mia.chooses("Who", people)
    await mia.chooses("Public holidays of", country)
    if part:
        await mia.fills("Part of the country", part)
    await mia.submits()


async def test_a_manager_gives_several_people_a_country_and_takes_it_back(team):
    mia = team.person("mia")
    await gives(mia, ["ana", "ben"], "Austria")
    assert "Public holidays of Ana Kovač and Ben Ito: Austria." in mia.modal()
    await mia.closes(everything=True)
    await mia.says("/team holidays")
    await mia.clicks("Holidays per person")
    assert "Public holidays of Field: United States." in mia.modal()
    assert "• Austria: Ana Kovač and Ben Ito" in mia.modal()
    await mia.closes(everything=True)
    assert "Undone" in "\n".join(await mia.says("/rainmaker undo"))
    assert [(await member(team, one)).country for one in ("U1", "U2")] == [None, None]
    await gives(mia, ["ana"], "No public holidays")
    assert "Ana Kovač keeps no public holidays now." in mia.modal()
    await mia.closes(everything=True)
    await gives(mia, ["ana"], "As the team: United States")
    assert "Ana Kovač has the holidays of Field again." in mia.modal()
    assert (await member(team, "U1")).country is None


@pytest.mark.parametrize(
    ("people", "country", "part", "field", "words"),
    [
        (["raj"], "Austria", "", "Who", "Choose people of Field alone"),
        (["ana", "raj"], "Austria", "", "Who", "Choose people of Field alone"),
        (
            ["ana"],
            "Germany",
            "Bavaria",
            "Part of the country",
            "The holidays of Germany have no part “Bavaria”.",
        ),
    ],
)
async def test_what_cannot_be_is_said_under_its_field_and_nothing_is_kept(
    team, people, country, part, field, words
):
    await team.known("raj")
    mia = team.person("mia")
    await gives(mia, people, country, part)
    assert words in mia.modal_errors()[field]
    assert (await member(team, "U1")).country is None


async def test_a_rep_sees_no_way_to_the_holidays_of_others(team):
    shown = "\n".join(await team.person("ana").says("/team holidays"))
    assert "per person" not in shown


async def test_one_chooses_ones_own_part_of_a_country_and_undoes_it(team):
    ana = team.person("ana")
    await ana.says("/rainmaker settings")
    await ana.chooses("Public holidays of", "Germany")
    await ana.fills("Part of the country", "BY")
    await ana.submits()
    assert "Your public holidays: Germany (BY)." in ana.modal()
    await ana.closes()
    await ana.says("/rainmaker settings")
    assert "Public holidays of: (Germany)" in ana.modal()
    await ana.closes()
    await ana.says("/rainmaker undo")
    assert (await member(team, "U1")).country is None


async def october(team, user_id):
    """The working days of somebody's goal for the fourth quarter: all of it, and those over on Tuesday 27 October."""
    async with team.bot.database.read(WORKSPACE) as scope:
        who = await find_member(scope, user_id)
        [standing] = await member_progress(
            scope, who, await find_team(scope, who.team_id), date(2026, 10, 27)
        )
    return standing.pace.total, standing.pace.over


async def test_the_own_pace_leaves_the_own_holidays_out_and_the_teams_stays(team):
    """The quarter has four American holidays, and in Austria 26 October, 8 December and Christmas; one is worked."""
    ana, ben, mia = (team.person(name) for name in ("ana", "ben", "mia"))
    for one in (ana, ben):
        await one.says("/goal 22k next quarter because of last year", channel="sales")
    assert await october(team, "U1") == await october(team, "U2") == (62, 17)
    assert "public holidays: United States" in "\n".join(await ana.says("/why revenue", channel="sales"))
    await gives(mia, ["ana"], "Austria")
    await mia.closes(everything=True)
    assert await october(team, "U1") == (63, 17)  # Columbus Day is worked, National Day is not
    assert await october(team, "U2") == (62, 17)
    assert "public holidays: Austria" in "\n".join(await ana.says("/why revenue", channel="sales"))
    async with team.bot.database.read(WORKSPACE) as scope:
        field = await find_team(scope, (await find_member(scope, "U1")).team_id)
        assert (await calendar_of(scope, field)).country == "US"


async def test_nothing_recurs_on_an_own_holiday_and_the_other_reps_evening_comes(team):
    """26 October is Austria's: Ben is asked what is open, Ana the next day."""
    ana, ben, mia = (team.person(name) for name in ("ana", "ben", "mia"))
    await gives(mia, ["ana"], "Austria")
    for one in (ana, ben):
        await one.says("/followup Globex 26 oct call them", channel="sales")
    await team.jump("2026-10-26 13:00", HERE)
    counts = len(ana.sees()), len(ben.sees())
    await team.jump("2026-10-26 16:40", "America/New_York")
    assert len(ana.sees()) == counts[0]
    assert any("Globex" in one for one in ben.sees()[counts[1] :])
    await team.jump("2026-10-27 16:40", HERE)
    assert any("Globex" in one for one in ana.sees()[counts[0] :])
