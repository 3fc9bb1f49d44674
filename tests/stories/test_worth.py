"""What messages are worth: the rate of a kind in a team of three, one voice a message, and a kind that offers to go."""

import pytest

from storage.people.team import find_team_named
from tests.known import WORKSPACE
from tests.stories.led.led import (
    TODAY,
    asks,
    books,
    days,
    has,
    label,
    line_with,
    lives,
    mark,
    presses,
    since,
    told,
)
from tests.stories.led.test_useful import EVENING, OFF, OPEN, USEFUL, USELESS, evenings, judged, rates, reps
from tests.story_workspace import StoryWorkspace

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def mia(team: StoryWorkspace):
    return team.person("mia")


async def three_of(town: StoryWorkspace):
    """Ana and two more, each with their own evenings."""
    found = await reps(town)
    async with town.bot.database.write(WORKSPACE) as scope:
        await town.set_rhythm(scope, await find_team_named(scope, "Field"))
    return found


async def test_the_rate_of_a_kind_is_published(team, mia):
    three = await three_of(team)
    await evenings(team, *three[:2], verdict=USEFUL)
    await evenings(team, three[2], first=TODAY + days(1))
    said = await rates(mia)
    assert "2 of 3 useful" in line_with(said, EVENING)
    assert not has(r"\bAna\b|Rep\d", said), said


async def test_the_last_word_counts_once(team, mia):
    three = await three_of(team)
    await evenings(team, *three, verdict=USEFUL)
    await judged(three[0], USELESS, OPEN)
    assert "2 of 3 useful" in line_with(await rates(mia), EVENING)


async def test_a_kind_that_stays_useless_is_switched_off_and_on_in_a_tap(team, mia):
    three = await three_of(team)
    await evenings(team, *three, count=8)
    said = await asks(mia, "/team nudges", "sales")
    assert "0 of 24 useful. The team does without it" in said
    assert "0 of 24 useful" in await asks(three[0], "/team nudges", "sales")
    assert not label(told(three[0], "sales")[-1].blocks or [], OFF)
    await presses(mia, OFF, where="sales")
    assert "is off for 4 reps" in mia.sees("sales")[-1]
    before = mark(*three)
    await books.promised_for(team, "Acme", TODAY + days(10))
    await lives(team, TODAY + days(10), TODAY + days(10))
    assert not [one for one in since(three[0], before) if "Acme" in one and has(OPEN, one)]
    await presses(mia, r"^Switch on", where="sales")
    assert "is on again for 4 reps" in mia.sees("sales")[-1]
    await lives(team, TODAY + days(11), TODAY + days(11))
    assert [one for one in since(three[0], before) if has(OPEN, one)]


async def test_what_most_find_useful_stays(team, mia):
    three = await three_of(team)
    for number in range(6):
        day = TODAY + days(number + 2 * (number // 5))
        for person in three:
            await books.promised_for(team, f"Depot {number}", day, owner=person.person.id)
        await team.jump(f"{day} 16:45", "Europe/Ljubljana")
        for person, verdict in zip(three, (USEFUL, USEFUL, USELESS), strict=True):
            await judged(person, verdict, OPEN)
    assert "12 of 18 useful" in line_with(await rates(mia), EVENING)
    assert not label(told(mia, "sales")[-1].blocks or [], OFF)


async def test_two_reps_make_no_rate(team, mia):
    await evenings(team, team.person("ana"), verdict=USELESS)
    assert "too few answers for a rate: it takes 3 people" in line_with(await rates(mia), EVENING)
