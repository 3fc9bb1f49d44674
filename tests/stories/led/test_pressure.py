"""Pressure: where a chance falls sharply late in a period, the rep alone reads a calm word and one small step."""

import re

import pytest

from tests.stories.face.books import sells_weekly
from tests.stories.face.seen import chances
from tests.stories.led.led import (
    NONSENSE,
    TODAY,
    books,
    came,
    days,
    everything_of,
    goal,
    has,
    head,
    lives,
    mark,
    people,
    since,
    stands,
    text_of,
    texts,
    told,
    tried,
    was_won,
)
from tests.stories.led.named import channel_since, switches

pytestmark = pytest.mark.engines("sqlite")

FALL = r"fell|fallen|falls|dropp|slipp|lower than|went down|harder than|less likely|narrower|tighter|→"
ABOUT = r"chance|likely|goal|Q3"
ALARM = (
    r"urgent|immediately|!!|must\b|fail|worst|danger|alarm|🚨|🔴|❌|disappoint|"
    r"behind (everybody|the others|your team)|only you"
)
BOX = r"chance[^\n]*(fall|fell|drop|sharp|slip|lower)|pressure|quiet word"
STEP = r"\b(call|ask|agree|send|write|book|choose|pick|talk|start|one conversation|open|meet)\b"


async def sells(town, owner="U1", goes_on_in=None) -> None:
    """A deal of $5,000 won each week until last week, and one that brings the quarter to $70,000 of $75,000."""
    await sells_weekly(town, owner)
    await was_won(town, "Granary Road", TODAY - days(5), value=20_000_00, owner=owner)
    await stands(town, "Lockside", age=20, value=5_000_00, owner=owner)


@pytest.fixture
async def nearly(team, ana):
    """Ana is a deal away from her goal, on 14 September more likely than not to make it; she wins none of it."""
    await sells(team)
    await goal(ana, "/goal 75k this quarter")
    found = chances(await tried(ana, "/goal"))
    assert found, await tried(ana, "/goal")
    assert found[0] >= 45, found
    return team


def words(person, before) -> list[str]:
    """What came to somebody since a mark that speaks of a chance that fell, in its first lines."""
    return [
        one
        for one in since(person, before)
        if has(FALL, head(one, 4)) and has(ABOUT, head(one, 4)) and not has(r"cleared|audit|on paper", one)
    ]


async def lately(town, *readers, first="2026-09-15", last="2026-09-30"):
    before = mark(*readers)
    await lives(town, first, last)
    return before


async def test_the_rep_alone_hears_of_it(nearly, ana, ben, mia, raj):
    """Private (#9): from more likely than not to next to nothing by the 29th, told to Ana; no one else gets a word."""
    at = len(texts(raj, "sales"))
    before = await lately(nearly, ana, ben, mia, raj)
    assert words(ana, before), since(ana, before)
    for person in (ben, mia, raj):
        assert words(person, before) == []
    assert not has(r"Ana[^\n]*chance|chance[^\n]*Ana", channel_since(raj, at))
    for person in (ben, raj):
        assert not has(r"Ana[^\n]*(chance|behind|fell)", await everything_of(nearly, person))


async def test_it_is_calm_and_has_one_small_step(nearly, ana):
    """Calm (#9): no alarm and no comparison; one thing that can be done today stands first, before any figure."""
    before = await lately(nearly, ana)
    found = words(ana, before)
    assert found, since(ana, before)
    said = found[0]
    assert not has(ALARM, said), said
    assert not NONSENSE.search(said), said
    assert len([one for one in said.splitlines() if one.strip() and not one.startswith("[")]) <= 6, said
    steps = [one for one in said.splitlines() if has(STEP, one)]
    assert 1 <= len(steps) <= 2, said
    assert has(r"you('re| are) not|happens|many|common|others too|calm|one (thing|step)|small", said), said


async def test_the_step_is_of_what_is_there(nearly, ana):
    """The smallest next action (#9): it names what Ana has, Lockside or a promise, or one conversation."""
    before = await lately(nearly, ana)
    found = words(ana, before)
    assert found, since(ana, before)
    assert has(r"Lockside|one (call|conversation|talk|question)", found[0]), found[0]


async def test_it_comes_once_in_her_working_hours(nearly, ana):
    """No nagging (#9): one word, or two where it fell twice, between eight and seven of a working day."""
    before = await lately(nearly, ana)
    found = words(ana, before)
    assert 1 <= len(found) <= 2, found
    assert all(8 <= one.hour < 19 and one.weekday() < 5 for one in came(ana, before))


async def test_not_early_and_not_for_a_little(nearly, ana, ben):
    """Late and sharply (#9): Ben's year falls while three months of it are left, and he hears nothing; Ana does."""
    await sells(nearly, "U2")
    await goal(ben, "/goal 255k this year")
    before = await lately(nearly, ana, ben)
    assert words(ana, before), since(ana, before)
    assert words(ben, before) == []


async def test_a_fall_of_a_few_days_is_none(nearly, ana):
    """Small changes (#9): by Thursday of the first week nothing was said; by the end of the month it was."""
    before = await lately(nearly, ana, last="2026-09-17")
    assert words(ana, before) == []
    await lives(nearly, "2026-09-18", "2026-09-30")
    assert words(ana, before), since(ana, before)


async def test_a_goal_that_is_reached_has_none(nearly, ana, ben):
    """Reached (#9): Ben wins his last deal on the 16th and is left alone; Ana, who does not, hears of it."""
    await sells(nearly, "U2")
    await goal(ben, "/goal 75k this quarter")
    await was_won(nearly, "Quayside", TODAY + days(2), value=6_000_00, owner="U2")
    before = await lately(nearly, ana, ben)
    assert words(ana, before), since(ana, before)
    assert words(ben, before) == []


async def test_nothing_on_days_off(nearly, ana, ben):
    """Away (#9): Ben, in the same place, is on leave until the end of the month; he hears nothing, Ana does."""
    await sells(nearly, "U2")
    await goal(ben, "/goal 75k this quarter")
    await books.on_leave(nearly, TODAY, TODAY + days(16), owner="U2")
    before = await lately(nearly, ana, ben)
    assert words(ana, before), since(ana, before)
    assert words(ben, before) == []


async def test_it_can_be_switched_off(nearly, ana, ben):
    """An off switch (#9): without the tick of its box nothing comes to Ana; Ben, in the same place, hears of it."""
    await sells(nearly, "U2")
    await goal(ben, "/goal 75k this quarter")
    said = await tried(ana, "/rainmaker settings")
    box = next((one for one in said.splitlines() if has(BOX, one)), "")
    assert box, said
    await switches(ana, re.escape(box.split("☑")[-1].split("(")[0].strip()), on=False)
    before = await lately(nearly, ana, ben)
    assert words(ben, before), since(ben, before)
    assert words(ana, before) == []


async def test_nobody_manages_and_it_comes(nearly, ana):
    """Without a manager (#9): a quarter that ends while nobody manages; the word to Ana comes all the same."""
    await people(nearly, ("U1", "U2"), ())
    before = await lately(nearly, ana)
    assert words(ana, before), since(ana, before)


async def test_a_manager_who_sells_hears_of_her_own(team, mia, ana):
    """Also a rep (#9): Mia's own fall is told to her, and it is not in what Ana or the channel reads."""
    await people(team, ("U1", "U2", "U3"))
    await sells(team, "U3")
    await goal(mia, "/goal 75k this quarter")
    at = len(texts(ana, "sales"))
    before = await lately(team, mia, ana)
    assert words(mia, before), since(mia, before)
    assert words(ana, before) == []
    assert not has(r"Mia[^\n]*chance", channel_since(ana, at))


async def test_it_says_why_it_came(nearly, ana):
    """Why (#9): its own answer says from which chance to which, and since when."""
    before = await lately(nearly, ana)
    assert words(ana, before), since(ana, before)
    said = words(ana, before)[0]
    message = next(one for one in reversed(told(ana)) if text_of(ana, one) == said)
    await ana.uses_shortcut("Why this message?", message)
    assert has(r"\d+\s?%", f"{said}\n{ana.modal() or ''}\n{texts(ana)[-1]}"), texts(ana)[-1]
