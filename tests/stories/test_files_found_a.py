"""Files of two weeks as they came: what a preview says before anything counts, and what it leaves as somebody said."""

import pytest

from tests.stories.face.seen import presses
from tests.stories.files.chat import chooses

HEADER = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner\n"
WON = (
    HEADER
    + "5,Mast,Closed Won,40000,2026-09-10,2026-08-01,Ana Kovač\n"
    + "6,Pole,Closed Won,5000,2026-09-10,2026-08-01,Ana Kovač\n"
)


@pytest.fixture
def mia(team):
    return team.person("mia")


def last(person):
    return person.sees()[-1]


async def confirms(person):
    await presses(person, "^Confirm", where=person._place(None).id)
    await person._server.settled()


async def comes_in(person, name, content):
    """Drop a file and confirm it; return what its preview said, and what it says afterwards."""
    await person.drops(name, content.encode())
    before = last(person)
    await confirms(person)
    return before, last(person)


async def test_won_deals_that_a_file_makes_less_are_said_before_and_after(mia):
    """Open again, worth less, and somebody else's: each counted, with the money it takes."""
    await comes_in(mia, "w1.csv", WON)
    second = (
        HEADER
        + "5,Mast,Contract Sent,40000,2026-10-10,2026-08-01,Ana Kovač\n"
        + "6,Pole,Closed Won,500,2026-09-10,2026-08-01,Ben Ito\n"
    )
    for said in await comes_in(mia, "w2.csv", second):
        assert "2 changed" in said
        assert "1 won is open again (−$40,000)" in said
        assert "1 won is worth less (−$4,500)" in said
        assert "1 to another owner (Pole from Ana Kovač to Ben Ito)" in said


async def test_what_somebody_said_here_is_shown_as_it_stays(team, mia):
    """Ana won it for more; the same file again shows her deal, and says that it differs."""
    first = HEADER + "1,Quay lamp,Contract Sent,30000,2026-11-04,2026-08-01,Ana Kovač\n"
    await comes_in(mia, "w1.csv", first)
    await team.person("ana").says("/deal won Quay lamp 31000")
    await mia.drops("w1.csv", first.encode())
    said = last(mia)
    assert "1 kept as said here" in said
    assert "unchanged" not in said
    assert "stays as Ana Kovač said: Quay lamp is won, $31,000, in the file open, $30,000" in said
    assert "| won   | $31,000 |" in said


async def test_the_same_file_again_is_unchanged(mia):
    await comes_in(mia, "w1.csv", WON)
    await mia.drops("w1.csv", WON.encode())
    assert "2 unchanged" in last(mia)
    assert "kept" not in last(mia)
