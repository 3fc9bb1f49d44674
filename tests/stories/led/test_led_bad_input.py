"""People and teams as they come: who leaves, sells, shares a team, is alone, or manages nobody when a period ends."""

import pytest

from tests.stories.led.led import (
    IDS,
    NONSENSE,
    TODAY,
    a_week,
    edits,
    fills,
    goal,
    has,
    joined,
    lives,
    mark,
    note,
    pack,
    people,
    readers_of,
    since,
    texts,
    tried,
    types,
    was_won,
)
from tests.stories.led.named import BOX, channel_since, keeps, monday, naming, switches
from tests.stories.led.test_incentives import LINE, NOTE, has_form
from tests.stories.led.test_objectives import wants

pytestmark = pytest.mark.engines("sqlite")

DEED = "calling back every lead the same day"
CHANGE = r"chang|differently|will (I|you) do"
PLEDGE = "I read every lead list on Tuesdays"
LOOKS = ("/team 1on1 @ana", "/team", "/team retrospective", "/team objectives", "/team nudges", "/goal @ana")


async def led_by(town, *managers, reps=("U1", "U2")) -> None:
    """Who manages the team from now on; whoever is named is known to the bot."""
    await town.known("raj")
    await people(town, reps, [IDS[one] for one in managers])


async def test_who_managed_reads_nothing_more(team, ana, mia, raj):
    """A manager leaves (bad input): what Mia noted stays with her and Ana; Raj, who follows, has no word of it."""
    await note(mia, "She thinks of moving to Graz")
    await led_by(team, "raj")
    assert await readers_of(team, r"Graz", *LOOKS) <= {"ana", "mia"}
    before = mark(mia)
    await a_week(team)
    assert not has(r"1:1|Graz", "\n".join(since(mia, before)))
    assert "Graz" not in await pack(raj)


async def test_recognition_goes_on_without_a_manager(team, ana, mia, raj):
    """Nobody manages (bad input): kudos and a kept word are told all the same; no word of it in public."""
    await led_by(team)
    at = len(texts(raj, "sales"))
    await types(ana, f"/team kudos @ben for {DEED}")
    await keeps(team, TODAY)
    await a_week(team)
    assert DEED in channel_since(raj, at)
    assert naming(raj, at, "Ana"), channel_since(raj, at)
    assert not has(r"no manager|nobody manages", channel_since(raj, at))


async def test_a_manager_who_sells_has_an_incentive_of_her_own(team, mia, raj):
    """Also a rep (bad input): Mia's incentive is Mia's; Raj, who manages the team with her, does not read it."""
    await led_by(team, "mia", "raj", reps=("U1", "U2", "U3"))
    await goal(mia, "/goal 120k this quarter")
    await has_form(mia)
    await fills(mia, {r"note": NOTE})
    assert NOTE in await tried(mia, LINE)
    assert await readers_of(team, NOTE, "/goal @mia", "/team 1on1 @mia", "/team progress") <= {"mia"}


async def test_a_manager_who_sells_is_named_as_the_others_are(team, mia, raj):
    """Also a rep (bad input): Mia is thanked, and opts out, by the same box as anybody."""
    await people(team, ("U1", "U2", "U3"))
    at = len(texts(raj, "sales"))
    await types(team.person("ana"), f"/team kudos @mia for {DEED}")
    assert DEED in channel_since(raj, at)
    await switches(mia, BOX, on=False)
    await types(team.person("ben"), "/team kudos @mia for reading every offer")
    assert "reading every offer" not in channel_since(raj, at)


async def test_two_managers_each_own_their_part(team, mia, raj):
    """Shared (bad input): each says in the retrospective what they change; neither's words replace the other's."""
    await led_by(team, "mia", "raj")
    await goal(team.person("ana"), "/goal 60k this quarter")
    await lives(team, "2026-09-28", "2026-10-07")
    for person, words in ((mia, PLEDGE), (raj, "I answer discounts within a day")):
        await edits(
            person, r"retrospective|look(ing|s)? back", {CHANGE: words}, "/team retrospective",
            button=CHANGE + r"|^answer|^note|^add",
        )  # fmt: skip
    assert PLEDGE in await types(mia, "/team retrospective")
    assert "I answer discounts within a day" in await types(raj, "/team retrospective")


async def test_a_period_that_ended_while_nobody_managed_is_told_to_its_reps(team, ana, mia):
    """Nobody there (bad input): Ana hears of the goal she reached; what the team came to waits for who comes."""
    await goal(ana, "/goal 12k this quarter")
    await led_by(team)
    await was_won(team, "Granary Road", TODAY, value=13_000_00)
    before = mark(ana, mia)
    await lives(team, "2026-09-28", "2026-10-09")
    assert has(r"reached|10\d\s?%", "\n".join(since(ana, before))), since(ana, before)
    assert not has(r"retrospective|look(ing|s)? back", "\n".join(since(mia, before)))
    await led_by(team, "mia")
    assert has(r"Q3|third quarter|July|September", await types(mia, "/team retrospective"))


async def test_a_team_of_one_shares_no_figure_of_its_own(team, ana, mia, raj):
    """A team of one (bad input): no aggregate of Ana alone is in the channel; rates and shares wait for a third rep."""
    await people(team, ("U1",))
    await goal(ana, "/goal 61.3k this quarter")
    await wants(mia)
    await keeps(team, TODAY)
    at = len(texts(raj, "sales"))
    await a_week(team)
    said = channel_since(raj, at)
    assert not has(r"useful[^\n]*\d|objective[^\n]*\d of \d|(improved|best) (rep|of)", said), said
    assert not has(r"\b(1 of 1|100\s?%|0\s?%)", await types(mia, "/team nudges"))
    assert not NONSENSE.search(said), said


async def test_who_is_moved_to_another_team_takes_their_praise_along(team, ana, ben, mia, raj):
    """A move (bad input): Ben leaves the team; Ana's word for him fails in a sentence, and the board forgets nobody."""
    await people(team, ("U1",))
    at = len(texts(raj, "sales"))
    said = await tried(ana, f"/team kudos @ben for {DEED}")
    assert has(r"team|not (here|in)", said), said
    assert not has(r"have no team “", said), said
    assert DEED not in channel_since(raj, at)
    await people(team, ("U1", "U2"))
    await types(ana, f"/team kudos @ben for {DEED}")
    assert DEED in channel_since(raj, at)


async def test_a_channel_that_is_gone_loses_nothing(team, ana, ben):
    """No channel (bad input): #sales is archived; kudos reach Ben directly, and Ana is told."""
    before = mark(ben)
    await ana.archives("sales")
    said = "\n".join(await ana.says(f"/team kudos @ben for {DEED}"))
    if ana.modal():
        await ana.closes(everything=True)
    assert DEED in "\n".join(since(ben, before)) or has(r"channel|archived|cannot", said), said
    assert not has(r"have no team “", said), said


async def test_opting_out_reaches_back(team, ana, raj):
    """Opt-out afterwards (bad input): Ana was named on Monday; after the box is out nothing new names her."""
    for week in range(4):
        await keeps(team, monday(week))
    await a_week(team)
    assert naming(raj, 0, "Ana"), texts(raj, "sales")
    await switches(ana, BOX, on=False)
    at = len(texts(raj, "sales"))
    for week in range(2, 5):
        await a_week(team, monday(week).isoformat())
    assert naming(raj, at, "Ana") == []


async def test_a_hundred_reps_are_thanked_one_at_a_time(team, ana, raj):
    """Many (bad input): a hundred reps keep their word; the channel names one or two, and lists nobody."""
    for owner in ("U1", *await joined(team, 98)):
        await keeps(team, TODAY, owner)
    at = len(texts(raj, "sales"))
    await a_week(team)
    lines = [
        one
        for one in channel_since(raj, at).splitlines()
        if has(r"Rep\d+ Surname|Ana", one) and has(r"kept", one)
    ]
    assert len(lines) <= 3, lines
    await types(ana, f"/team kudos @rep7 for {DEED}")
    assert DEED in channel_since(raj, at)
