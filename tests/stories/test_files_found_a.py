"""Files of two weeks as they came: what a preview says before anything counts, and what it leaves as somebody said."""

import asyncio

import pytest

from tests.stories.face.seen import presses
from tests.stories.files.chat import chooses

HEADER = "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner\n"
WON = (
    HEADER
    + "5,Mast,Closed Won,40000,2026-09-10,2026-08-01,Ana Kovač\n"
    + "6,Pole,Closed Won,5000,2026-09-10,2026-08-01,Ana Kovač\n"
)
SLOW = 100  # looks at a message that is read yet


@pytest.fixture
def mia(team):
    return team.person("mia")


def last(person):
    return person.sees()[-1]


async def drops(person, name, content):
    """Drop a file; on a busy machine its message says for a while how far it is."""
    await person.drops(name, content)
    for _ in range(SLOW):
        if "Reading " not in last(person):
            break
        await asyncio.sleep(0.1)


async def confirms(person):
    await presses(person, "^Confirm", where=person._place(None).id)
    await person._server.settled()


async def comes_in(person, name, content):
    """Drop a file and confirm it; return what its preview said, and what it says afterwards."""
    await drops(person, name, content.encode())
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
    await drops(mia, "w1.csv", first.encode())
    said = last(mia)
    assert "1 kept as said here" in said
    assert "unchanged" not in said
    assert "stays as Ana Kovač said: Quay lamp is won, $31,000, in the file open, $30,000" in said
    assert "| won   | $31,000 |" in said


async def test_the_same_file_again_is_unchanged(mia):
    await comes_in(mia, "w1.csv", WON)
    await drops(mia, "w1.csv", WON.encode())
    assert "2 unchanged" in last(mia)
    assert "kept" not in last(mia)


async def test_an_open_deal_that_is_not_in_the_next_file_is_said(mia):
    """It stays open; a file of other people's deals, or of few of them, says nothing of it."""
    here = HEADER + "1,Quay lamp,Contract Sent,30000,2026-11-04,2026-08-01,Ana Kovač\n"
    gone = "6,Gone deal,Contract Sent,1111,2026-10-20,2026-08-01,Ana Kovač\n"
    await comes_in(mia, "w1.csv", here + gone)
    for said in await comes_in(mia, "w2.csv", here.replace("30000", "31000")):
        assert "1 open deal of an earlier file is not in this one, and stays open: Gone deal." in said
    await drops(mia, "ben.csv", (HEADER + "9,Dock,Contract Sent,5,2026-11-04,2026-08-01,Ben Ito\n").encode())
    assert "earlier file" not in last(mia)


TYPED = HEADER.replace("Create Date,", "") + "1,Acme,Closed Won,22000,2026-09-14,Ben Ito\n"


async def typed_twice(team, mia):
    ben = team.person("ben")
    await ben.says("/goal 60k this quarter")
    await ben.says("/deal Acme 24k")
    await ben.says("/deal won Acme 22k")
    await drops(mia, "deals.csv", TYPED.encode())
    assert "Acme looks like a deal that Ben Ito has already (won, $22,000). Is it the same?" in last(mia)
    return ben


async def test_a_deal_that_was_typed_and_stands_in_a_file_counts_once(team, mia):
    """Said to be the same it takes the file's id; the next file knows it."""
    ben = await typed_twice(team, mia)
    await chooses(mia, "Acme", "^the same")
    assert "1 changed" in last(mia)
    await confirms(mia)
    assert "$22k of $60k" in "\n".join(await ben.says("/goal"))
    await drops(mia, "deals.csv", TYPED.encode())
    assert "1 unchanged" in last(mia)


async def test_another_deal_of_the_same_name_counts_too(team, mia):
    ben = await typed_twice(team, mia)
    await chooses(mia, "Acme", "^another")
    assert "1 new" in last(mia)
    await confirms(mia)
    assert "$44k of $60k" in "\n".join(await ben.says("/goal"))


async def test_a_deal_won_here_stays_won_where_its_file_still_has_it_open(team, mia):
    """Undo takes the id away again, and leaves the deal as it was typed."""
    await typed_twice(team, mia)
    await presses(mia, "^Cancel", where=team.dm("mia"))
    await drops(mia, "deals.csv", TYPED.replace("Closed Won", "Contract Sent").encode())
    await chooses(mia, "Acme", "^the same")
    assert "Acme is won, $22,000, in the file open, $22,000" in last(mia)
    await confirms(mia)
    await presses(mia, "^Undo", where=team.dm("mia"))
    await mia._server.settled()
    assert "taken back" in last(mia)
    await drops(mia, "deals.csv", TYPED.encode())
    assert "Is it the same?" in last(mia)


async def test_undoing_in_the_wrong_order_takes_nothing_back(team, mia):
    """The later file is named, and the way back of the earlier one stays."""
    await comes_in(mia, "a.csv", HEADER + "1,One,Contract Sent,777,2026-12-04,2026-09-01,Ben Ito\n")
    second = "1,One,Closed Won,900,2026-09-04,2026-09-01,Ben Ito\n2,Two,Contract Sent,8,2026-12-04,,Ben Ito\n"
    await comes_in(mia, "b.csv", HEADER + second)
    dm = team.dm("mia")
    await mia.clicks("Undo", near="a.csv is in", where=dm)
    assert "b.csv changed some of what a.csv brought. Take that one back first" in last(mia)
    await mia.clicks("Undo", near="b.csv is in", where=dm)
    await mia._server.settled()
    await mia.clicks("Undo", near="a.csv is in", where=dm)
    await mia._server.settled()
    seen = "\n".join(mia.sees())
    assert "a.csv is taken back: 1 deal removed" in seen
    assert "b.csv is taken back: 1 deal removed, 1 as before" in seen


async def test_a_row_of_totals_is_left_aside_whatever_column_says_so(mia):
    await drops(mia, "deals.csv", (WON + "Summe,,,45000,,,\nTotal,,Closed Won,45000,,,\n").encode())
    said = last(mia)
    assert "2 rows of totals left aside" in said
    assert "refused" not in said


async def test_a_file_without_rows_says_so(mia):
    await drops(mia, "deals.csv", HEADER.encode())
    assert "It has column names and no rows below them." in last(mia)


async def test_a_file_of_another_kind_is_told_in_short(mia):
    await drops(mia, "notes.txt", b"hello there\n")
    said = last(mia)
    assert "says nothing I know of deals, leads or contacts" in said
    assert "README" not in said
    assert len(said) < 500


LEADS = "Lead ID,Name,Company,Email,Lead Source,Lead Status,Create Date,Lead Owner\n"


async def test_leads_show_the_address_and_the_day_that_decide(mia):
    rows = "1,Jo Field,Acme,jo@acme.example,Web,New,9/10/2026,Ana Kovač\n2,Sam,Globex,,Web,New,9/13/2026,\n"
    await drops(mia, "leads.csv", (LEADS + rows).encode())
    said = last(mia)
    assert "E-mail" in said
    assert "jo@acme.example" in said
    assert "Thu 10 Sep" in said


async def test_what_a_file_says_of_leads_otherwise_than_somebody_here_is_said(team, mia):
    """Ana sent Jo back, and the file says that Jo became a deal; Sam goes from Ben to Ana."""
    await comes_in(
        mia,
        "leads.csv",
        LEADS
        + "1,Jo Field,Acme,jo@acme.example,Web,Open - Not Contacted,9/10/2026,Ana Kovač\n"
        + "2,Sam Reed,Globex,sam@globex.example,Web,Working - Contacted,9/13/2026,Ben Ito\n",
    )
    await team.person("ana").says("/lead reject Jo wrong size")
    second = (
        LEADS
        + "1,Jo Field,Acme,jo@acme.example,Web,Closed - Converted,9/10/2026,Ana Kovač\n"
        + "2,Sam Reed,Globex,sam@globex.example,Web,Working - Contacted,9/13/2026,Ana Kovač\n"
    )
    for said in await comes_in(mia, "leads.csv", second):
        assert (
            "1 lead stands otherwise by the file: Jo Field, rejected until now, qualified by the file."
            in said
        )
        assert "1 lead goes to another owner: Sam Reed from Ben Ito to Ana Kovač." in said
