"""Recognition: a behaviour is named, seldom, fairly, of whoever wants to be named; nobody is ranked."""

import pytest

from tests.stories.led.led import (
    HERE,
    TODAY,
    a_week,
    asks,
    books,
    days,
    everything_of,
    goal,
    has,
    joined,
    lives,
    mark,
    people,
    reads,
    since,
    stands,
    texts,
    tried,
    types,
    was_won,
    workdays,
)
from tests.stories.led.named import BOARD, BOX, channel_since, keeps, monday, naming, switches
from tests.stories.pipeline.walked import fills_in

pytestmark = pytest.mark.engines("sqlite")

REACHED = r"reached|1\d\d\s?%|hit (the|their|her) goal|over (the|their|her) goal"
DEBRIEF = r"debrief|look(ed|ing|s)? back|what (was )?lost|why (it|they|each) (was|were) lost"
BETTER = (
    r"improv|more than|up from|better than|best (week|yet)|from \d+ to \d+|\d+[^\n]{0,30}(before|after) \d+"
)
RANK = r"leader ?board|\brank|#\s?1\b|\bfirst place|\btop (rep|seller|of the)|(best|last) (rep|seller) |🥇|🏆"


async def test_a_goal_that_was_reached_is_told_with_what_was_done(team, ana, ben, raj):
    """Hit or exceeded (#7): Ana's goal is said to be reached, with what she did; Ben's, below, is not."""
    await goal(ana, "/goal 12k this quarter")
    await goal(ben, "/goal 60k this quarter")
    await stands(team, "Lockside", value=13_000_00)
    touches = [
        books.Touch(day, "call", books.SPOKE, 6) for day in workdays(TODAY - days(28), TODAY + days(4))
    ]
    await books.did(team, touches)
    await keeps(team, TODAY)
    await team.jump("2026-09-16 10:00", HERE)
    at = len(texts(raj, "sales"))
    await asks(ana, "/deal won Lockside", "sales")
    await lives(team, "2026-09-16", "2026-09-25")
    said = channel_since(raj, at)
    line = next((one for one in said.splitlines() if "Ana" in one and has(REACHED, one)), "")
    assert line, said
    assert naming(raj, at, "Ana"), said
    assert not any("Ben" in one and has(r"%|behind|of \$60k", one) for one in said.splitlines()), said


async def test_who_improved_most_is_told_against_their_own_record(team, raj):
    """Most improved (#7): Ben kept one of six in each of four weeks, now five of six: named with his own numbers."""
    for week in range(-4, 0):
        await keeps(team, monday(week), "U2", count=1, of=6)
    await keeps(team, TODAY, "U2", count=5, of=6)
    at = len(texts(raj, "sales"))
    await a_week(team)
    found = [one for one in channel_since(raj, at).splitlines() if "Ben" in one]
    assert any(has(BETTER, one) for one in found), found
    assert not any(has(r"than (Ana|the team|others|anybody)", one) for one in found), found


async def test_clean_debriefs_are_named(team, ana, raj):
    """Debriefs (#7): Ana answered what each of three losses taught; that is named, and not the losses."""
    for name in ("Quayside", "Westbound", "Iron Lane"):
        await stands(team, name)
    for name in ("Quayside", "Westbound", "Iron Lane"):
        await asks(ana, f"/deal lost {name}", "sales")
        await fills_in(ana, {r"should": r"^No", r"when": r"^From", r"decided": "They never wrote back"})
        if ana.modal():
            await ana.closes(everything=True)
    at = len(texts(raj, "sales"))
    await lives(team, "2026-09-15", "2026-09-25")
    found = [one for one in naming(raj, at, "Ana") if has(DEBRIEF, one)]
    assert found, channel_since(raj, at)
    assert not has(r"Quayside|Westbound|Iron Lane|never wrote", "\n".join(found)), found


async def test_a_streak_is_ones_own(team, ana, ben):
    """Month after month (#76): two months reached in a row are told to Ana, beside her own record and nobody else's."""
    await goal(ana, "/goal 5k this month")
    await was_won(team, "Granary Road", TODAY + days(2), value=6_000_00)
    await lives(team, "2026-09-28", "2026-10-05", hours=("09:15", "16:45"))
    await goal(ana, "/goal 5k this month")
    await was_won(team, "Quayside", TODAY + days(25), value=6_000_00)
    await lives(team, "2026-10-28", "2026-10-30", hours=("09:15", "16:45"))
    before = mark(ana, ben)
    await lives(team, "2026-11-02", "2026-11-06")
    said = "\n".join(since(ana, before))
    line = next((one for one in said.splitlines() if has(r"in a row|streak|running|second month", one)), "")
    assert has(r"\b2\b|two|second", line), said
    assert "Ben" not in line, line
    assert not has(r"in a row|streak", "\n".join(since(ben, before)))


async def test_it_is_scarce(team, raj):
    """Not everybody weekly (#7): Ana keeps her word in each of six weeks, and is named for it in three at most."""
    for week in range(6):
        await keeps(team, monday(week))
    weeks = []
    for week in range(1, 7):
        at = len(texts(raj, "sales"))
        await a_week(team, monday(week).isoformat())
        found = naming(raj, at, "Ana")
        weeks.append(bool(found))
        assert len(found) <= 1, found
    assert 1 <= sum(weeks) <= 3, weeks


async def test_the_other_one_is_named_where_they_earn_it(team, raj):
    """Fair in a small team (#7): Ana earns it each week; in the third Ben does for the first time, and it is he."""
    for week in range(3):
        await keeps(team, monday(week))
    await keeps(team, monday(2), "U2")
    await a_week(team, monday(1).isoformat())
    await a_week(team, monday(2).isoformat())
    at = len(texts(raj, "sales"))
    await a_week(team, monday(3).isoformat())
    assert naming(raj, at, "Ben"), channel_since(raj, at)


async def test_luck_alone_is_not_named(team, raj):
    """Behaviour, not luck (#7): Ben's half a million from nowhere earns no word; Ana's five kept promises do."""
    await was_won(team, "Windfall", TODAY + days(1), value=500_000_00, owner="U2")
    await keeps(team, TODAY)
    at = len(texts(raj, "sales"))
    await a_week(team)
    assert naming(raj, at, "Ana"), channel_since(raj, at)
    assert naming(raj, at, "Ben") == []


async def test_who_does_not_want_to_be_named_is_not(team, ana, raj):
    """Opt-out (#7): Ana takes the box out, keeps her word, and stands nowhere; Ben is named in the week after."""
    await switches(ana, BOX, on=False)
    await keeps(team, TODAY)
    await keeps(team, monday(1), "U2")
    at = len(texts(raj, "sales"))
    await a_week(team)
    assert naming(raj, at, "Ana") == []
    await a_week(team, monday(2).isoformat())
    assert naming(raj, at, "Ben"), channel_since(raj, at)
    assert naming(raj, at, "Ana") == []


async def test_the_box_says_what_was_chosen(team, ana):
    """Opt-out (#7): the box is ticked until one takes the tick out, and stays out when the form is opened again."""
    assert has(rf"☑[^☑☐\n]*({BOX})|({BOX})[^\n]*☑", await tried(ana, "/rainmaker settings"))
    await switches(ana, BOX, on=False)
    assert has(rf"☐[^☑☐\n]*({BOX})|({BOX})[^\n]*☐", await tried(ana, "/rainmaker settings"))


async def test_nobody_is_ranked_unless_a_team_wants_it(team, ana, ben, raj, mia):
    """Leaderboards are off by default (#7): the switch stands in the team's settings; nobody reads one meanwhile."""
    for person, line in ((ana, "/goal 20k this quarter"), (ben, "/goal 30k this quarter")):
        await goal(person, line)
    await was_won(team, "Granary Road", TODAY - days(4), value=9_000_00)
    assert has(BOARD, await tried(mia, "/team settings"))
    await lives(team, "2026-09-21", "2026-09-25")
    for person in (ana, ben, raj):
        assert not has(RANK, await everything_of(team, person))


async def test_a_leaderboard_shows_neighbours_only(team, ana, mia):
    """Neighbours only (#7): of six reps with goals Ana reads the next above and below her, and not who is last."""
    ids = await joined(team, 4)
    await switches(mia, BOARD, on=True, line="/team settings")
    for number, name in enumerate(["ana", "ben", *(f"rep{one}" for one in range(1, 5))]):
        await types(mia, f"/goal set @{name} 60k this quarter because of last year")
        owner = ["U1", "U2", *ids][number]
        value = (25, 5, 35, 15, 45, 55)[number] * 1000_00
        await was_won(team, f"Sale {number}", TODAY - days(4), value=value, owner=owner)
    lines = ("/team leaderboard", "/goal leaderboard", "/team neighbours", "/goal", "/team")
    said = await reads(ana, r"Rep[12] Surname", *lines, helped=BOARD)
    others = [one for one in ("Ben Ito", *(f"Rep{n} Surname" for n in range(1, 5))) if one in said]
    assert sorted(others) == ["Rep1 Surname", "Rep2 Surname"], said


async def test_a_leaderboard_of_two_is_none(team, ana, ben, mia):
    """Fewer than three (#7): switched on, two reps read nothing of each other, and it says that it takes three."""
    said = await switches(mia, BOARD, on=True, line="/team settings")
    for person in (ana, ben):
        await goal(person)
    await was_won(team, "Granary Road", TODAY - days(4), value=9_000_00, owner="U2")
    assert has(r"three|\b3\b", f"{said}\n{await tried(mia, '/team leaderboard')}"), said
    for line in ("/team leaderboard", "/goal", "/team"):
        assert not has(r"Ben[^\n]*(\$9|15\s?%)", await tried(ana, line))


async def test_alone_nobody_is_compared(team, raj):
    """A team of one (#7): Ana's kept word may be named; she is not the best of anything."""
    await people(team, ("U1",))
    await keeps(team, TODAY)
    at = len(texts(raj, "sales"))
    await a_week(team)
    assert not has(r"most|best|of the team|than (others|anybody)", "\n".join(naming(raj, at, "Ana")))
    await people(team, ("U1", "U2"))
    await keeps(team, monday(1), "U2", count=5, of=6)
    for week in range(-4, 0):
        await keeps(team, monday(week), "U2", count=1, of=6)
    await a_week(team, monday(2).isoformat())
    assert naming(raj, at, "Ben"), channel_since(raj, at)
