"""What the examples of the leader's week leave open: hours, roles, looking early, undone choices, the board's edges."""

import pytest

from tests.stories.led.led import HERE, TODAY, asks, goal, joined, mark, people, since, texts, tried, was_won
from tests.stories.led.named import BOX, channel_since, keeps, monday, naming, switches

pytestmark = pytest.mark.engines("sqlite")

DEED = "calling back every lead the same day"


@pytest.fixture
def ana(team):
    return team.person("ana")


@pytest.fixture
def ben(team):
    return team.person("ben")


@pytest.fixture
def mia(team):
    return team.person("mia")


@pytest.fixture
def raj(team):
    return team.person("raj")


async def test_at_night_the_channel_waits_for_its_morning(team, ana, raj):
    """Typed at ten in the evening, it stands there at the team's hours."""
    await team.jump("2026-09-14 22:00", HERE)
    at = len(texts(raj, "sales"))
    assert "go to" in await asks(ana, f"/team kudos @ben for {DEED}", "sales")
    assert DEED not in channel_since(raj, at)
    await team.jump("2026-09-15 10:00", HERE)
    assert DEED in channel_since(raj, at)


async def test_a_manager_thanks_a_rep_and_is_thanked_only_where_they_sell(team, ana, mia, raj):
    at = len(texts(raj, "sales"))
    await asks(mia, f"/team kudos @ana for {DEED}", "sales")
    assert f"Mia Horvat thanks Ana Kovač for {DEED}." in channel_since(raj, at)
    assert "sells in no team of yours" in await tried(ana, f"/team kudos @mia for {DEED}")


async def test_who_opts_out_before_the_morning_is_not_named(team, ana, ben, raj):
    """The choice holds for what waits too."""
    await team.jump("2026-09-14 22:00", HERE)
    at = len(texts(raj, "sales"))
    await asks(ana, f"/team kudos @ben for {DEED}", "sales")
    await switches(ben, BOX, on=False)
    await team.jump("2026-09-15 10:00", HERE)
    assert DEED not in channel_since(raj, at)


async def test_undoing_the_choice_is_being_mentioned_again(team, ana):
    await switches(ana, BOX, on=False)
    assert "☐ Being mentioned in public" in await tried(ana, "/rainmaker settings")
    await ana.says("/rainmaker undo", channel="sales")
    assert "☑ Being mentioned in public" in await tried(ana, "/rainmaker settings")


async def test_a_digest_that_is_looked_at_early_keeps_nothing(team, ana, mia, raj):
    """Two looks say the same, and the digest itself still names."""
    await keeps(team, TODAY)
    await team.jump("2026-09-21 08:00", HERE)
    assert "kept all 5 promises" in await tried(mia, "/team digest")
    assert "kept all 5 promises" in await tried(mia, "/team digest")
    at = len(texts(raj, "sales"))
    await team.jump("2026-09-21 09:15", HERE)
    assert naming(raj, at, "Ana")
    assert "kept all 5 promises" in await tried(mia, "/team digest")  # as it was told


async def test_totals_name_nobody_and_nobody_has_had_their_turn(team, ana, mia, raj):
    """Where the channel reads totals alone nobody is named; once it reads more, Ana has not been."""
    await asks(mia, "/team settings", "sales")
    await mia.chooses("What the digest shows", "Totals only")
    await mia.submits()
    for number in range(2):
        await keeps(team, monday(number))
    await team.jump("2026-09-21 09:15", HERE)
    assert naming(raj, 0, "Ana") == []
    await asks(mia, "/team settings", "sales")
    await mia.chooses("What the digest shows", "Totals and wins")
    await mia.submits()
    await team.jump("2026-09-28 09:15", HERE)
    assert naming(raj, 0, "Ana")


async def test_the_board_is_for_reps_who_want_to_be_on_it(team, ana, mia, raj):
    """Off it says so; on it leaves out who wants no mention, and says so to them; a manager is led elsewhere."""
    assert "has no leaderboard" in await tried(ana, "/team leaderboard")
    await joined(team, 2)
    await asks(mia, "/team settings", "sales")
    await mia.chooses("Leaderboard, neighbours only", "On")
    await mia.submits()
    assert "takes three reps" in await tried(ana, "/team leaderboard")
    for name in ("ana", "ben", "rep1", "rep2"):
        await goal(team.person(name))
    await was_won(team, "Granary Road", TODAY, value=30_000_00, owner="U5001")
    said = await tried(ana, "/team leaderboard")
    assert "↑ Rep1 Surname, 50 points of 100 further\n" in said, said
    assert "• You\n↓ " in said, said
    assert "is for reps" in await tried(mia, "/team leaderboard")
    await switches(ana, BOX, on=False)
    assert "chose not to be mentioned" in await tried(ana, "/team leaderboard")
    assert "Ana" not in await tried(team.person("ben"), "/team leaderboard")


async def test_who_is_in_no_team_thanks_nobody(team, ana, raj):
    before = mark(ana)
    said = await tried(raj, f"/team kudos @ana for {DEED}")
    assert "no team" in said, said
    assert since(ana, before) == []


async def test_of_two_teams_each_reads_its_own(team, ana, mia, raj):
    """Somebody of another team is not thanked across."""
    await people(team, ("U1",))
    assert "in no team of yours" in await tried(ana, f"/team kudos @ben for {DEED}")
