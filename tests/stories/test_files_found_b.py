"""Files of two weeks as they came: how they are read, whose deals they bring, and what is no list of deals at all."""

import asyncio

import pytest

from tests.stories.face.seen import presses
from tests.stories.files.chat import can_confirm, chooses
from tests.stories.files.workbooks import xlsx

PLAIN = "ID,Deal Name,Stage,Amount,Close Date,Owner\n"
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


async def changes(person):
    """Open the form of the newest file; return what it says."""
    await presses(person, "^Change", where=person._place(None).id)
    return person.modal()


async def dates_day_first(team, mia):
    await drops(mia, "w1.csv", (PLAIN + "1,Quay,Contract Sent,1200,04/10/2026,Ana Kovač\n").encode())
    await chooses(mia, "Close Date", "day")
    await confirms(mia)
    await team.jump("2026-09-16 09:00")


async def test_an_order_of_dates_that_was_chosen_before_is_said_and_can_be_changed(team, mia):
    await dates_day_first(team, mia)
    await drops(mia, "w2.csv", (PLAIN + "1,Quay,Contract Sent,1200,10/12/2026,Ana Kovač\n").encode())
    assert "In the dates of Close Date comes first: the day, as in 31/12 (as chosen on Mon 14 Sep)" in last(
        mia
    )
    assert "Thu 10 Dec" in last(mia)
    assert "What comes first in the dates of Close Date?" in await changes(mia)
    await chooses(mia, "What comes first in the dates of Close Date?", "month")
    await mia.submits()
    assert "Mon 12 Oct" in last(mia)
    assert "chosen on" not in last(mia)


async def test_an_order_of_dates_is_asked_again_where_it_has_deals_won_after_today(team, mia):
    await dates_day_first(team, mia)
    second = "1,Quay,Contract Sent,1200,10/04/2026,Ana Kovač\n2,Dock,Closed Won,2500,09/11/2026,Ana Kovač\n"
    await drops(mia, "w2.csv", (PLAIN + second).encode())
    assert "As chosen for an earlier file, 1 deal would be won after today." in last(mia)
    assert not can_confirm(mia)
    await chooses(mia, "Close Date", "month")
    assert "Fri 11 Sep" in last(mia)


async def test_an_order_of_dates_is_asked_again_where_a_date_does_not_fit_it(team, mia):
    await dates_day_first(team, mia)
    second = (
        "1,Quay,Contract Sent,1200,10/04/2026,Ana Kovač\n2,Dock,Contract Sent,2500,10/14/2026,Ana Kovač\n"
    )
    await drops(mia, "w2.csv", (PLAIN + second).encode())
    assert "What was chosen for an earlier file does not fit 10/14/2026." in last(mia)
    await chooses(mia, "Close Date", "month")
    assert "Sun 4 Oct" in last(mia)
    assert "Wed 14 Oct" in last(mia)


async def test_a_dot_between_thousands_is_not_turned_by_one_odd_cell(team, mia):
    """Asked again, as the file shows otherwise; what is chosen counts for all amounts that can be read so."""
    first = PLAIN + "1,Quay,Contract Sent,1.200,2026-10-04,Ana Kovač\n"
    await drops(mia, "w1.csv", first.encode())
    await chooses(mia, "Amount", "thousand")
    await confirms(mia)
    second = (
        first
        + "2,Dock,Contract Sent,2.500,2026-10-04,Ana Kovač\n3,Bad,Contract Sent,4.5,2026-10-04,Ana Kovač\n"
    )
    await drops(mia, "w2.csv", second.encode())
    assert "What was chosen for an earlier file does not fit 4.5." in last(mia)
    await chooses(mia, "Amount", "thousand")
    for value in ("$1,200", "$2,500", "$4.50"):
        assert value in last(mia)
    assert "What does the dot in the amounts of Amount mean?" in await changes(mia)


async def test_the_next_file_says_what_the_dot_was_taken_for(mia):
    first = PLAIN + "1,Quay,Contract Sent,1.200,2026-10-04,Ana Kovač\n"
    await drops(mia, "w1.csv", first.encode())
    await chooses(mia, "Amount", "thousand")
    await confirms(mia)
    await drops(mia, "w2.csv", first.replace("1.200", "1.300").encode())
    assert "In the amounts of Amount the dot divides thousands (as chosen on Mon 14 Sep)" in last(mia)


async def test_another_sheet_of_a_workbook_is_reached_by_the_form(mia):
    head = ["Record ID", "Deal Name", "Deal Stage", "Amount", "Close Date", "Deal owner"]
    book = xlsx(
        {
            "Summary": [["Total", "2"], ["x", "y"]],
            "Deals Q3": [head, ["1", "Quay lamp", "Contract Sent", "24000", "2026-10-04", "Ana Kovač"]],
            "Deals Q4": [head, ["2", "Dock", "Contract Sent", "100", "2026-10-05", "Ben Ito"]],
        }
    )
    await drops(mia, "export.xlsx", book)
    await chooses(mia, "Which sheet", "Q3")
    await confirms(mia)
    await drops(mia, "export.xlsx", book)
    assert "Read from sheet “Deals Q3”" in last(mia)
    await changes(mia)
    await chooses(mia, "Which sheet", "Q4")
    await mia.submits()
    assert "Read from sheet “Deals Q4”" in last(mia)
    assert "1 new" in last(mia)


async def test_a_stage_that_was_left_out_is_taken_by_the_form(mia):
    row = "1,Quay,Ghosted,1200,2026-10-04,Ana Kovač\n2,Dock,Contract Sent,5,2026-10-04,Ana Kovač\n"
    await drops(mia, "w1.csv", (PLAIN + row).encode())
    await chooses(mia, "Ghosted", "leave")
    await confirms(mia)
    await drops(mia, "w2.csv", (PLAIN + row).encode())
    await changes(mia)
    await chooses(mia, "Ghosted", "^open")
    await mia.submits()
    assert "1 new" in last(mia)
