"""Managers as they come: one who leaves, who sells, who shares a team, who has one rep, or none at all."""

import pytest

from tests.stories.led.led import (
    IDS,
    NONSENSE,
    TODAY,
    a_week,
    days,
    has,
    lives,
    mark,
    note,
    pack,
    packs,
    people,
    since,
    still_open,
    tried,
)

pytestmark = pytest.mark.engines("sqlite")


async def test_a_manager_who_left_hears_no_more(team, mia, raj):
    """A manager leaves (#6): the next pack is Raj's, who does not read what Mia noted."""
    await still_open(team, "U1", 3, TODAY - days(20))
    await note(mia, "She thinks of moving to Graz")
    await team.known("raj")
    await people(team, ("U1", "U2"), (IDS["raj"],))
    before = mark(mia, raj)
    await a_week(team)
    await lives(team, "2026-09-26", "2026-09-29", zone="Asia/Kolkata")
    assert packs(mia, before) == []
    assert packs(raj, before), since(raj, before)
    assert "Graz" not in "\n".join([*since(raj, before), await pack(raj)])


async def test_a_manager_who_sells_has_no_pack_of_herself(team, mia):
    """Also a rep (#6): Mia gets Ana's and Ben's, none about herself."""
    await people(team, ("U1", "U2", "U3"))
    for owner in ("U1", "U3"):
        await still_open(team, owner, 3, TODAY - days(20))
    before = mark(mia)
    await a_week(team)
    assert packs(mia, before, "ana"), since(mia, before)
    assert packs(mia, before, "mia") == []


async def test_two_managers_of_a_team_have_notes_of_their_own(team, mia, raj):
    """Shared with another (#6): Ana's pack comes to each at most once, and Mia's note with her stays theirs."""
    await still_open(team, "U1", 3, TODAY - days(20))
    await team.known("raj")
    await people(team, ("U1", "U2"), ("U3", "U4"))
    said = await note(mia, "She thinks of moving to Graz")
    assert "Graz" in said, said
    assert "Graz" not in await pack(raj)
    before = mark(mia, raj)
    await a_week(team)
    counts = [len(packs(one, before)) for one in (mia, raj)]
    assert sum(counts) >= 1, counts
    assert max(counts) == 1, counts
    assert "Graz" not in "\n".join(since(raj, before))


async def test_a_team_of_one_is_compared_with_nobody(team, mia):
    """One rep (#6): a pack all the same, which does not set Ana beside “the team”."""
    await people(team, ("U1",))
    await still_open(team, "U1", 3, TODAY - days(20))
    before = mark(mia)
    await a_week(team)
    [said] = packs(mia, before)
    assert not has(r"team('s)? (average|median|mean)|others|colleague", said), said
    assert not NONSENSE.search(said), said


async def test_a_team_without_a_manager_says_so(team, ana):
    """Nobody manages (#6): Ana's line is answered in a sentence, and the week passes."""
    await people(team, ("U1", "U2"), ())
    said = await tried(ana, "/team 1on1")
    assert has(r"no( |body)[^\n]*manage|manager", said), said
    await a_week(team)
