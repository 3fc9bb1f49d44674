"""A file of leads: dropped in the chat or taken at a terminal, previewed, confirmed, taken back; doubles."""

import pytest

from tests.stories.craft.lived import has, line_with
from tests.stories.face.seen import presses
from tests.stories.files.books import address, kept
from tests.stories.files.chat import can_confirm, drops, words
from tests.stories.files.typed import clear
from tests.stories.leads import books
from tests.stories.leads.prospected import HEADER, LIST, brings, card, leads, newest, row, understood

pytestmark = pytest.mark.engines("sqlite")

DANA = row(1, "Dana Roe", "Alder Yard", title="CFO", email="dana@alder.example", phone="+386 1 555 010")
OLA = row(2, "Ola Berg", "Birch Mill", email="ola@birch.example", source="Cold list")
SAM = row(3, "Sam Poe", "Cedar Works", email="sam@cedar.example", owner="Ben Ito")
SALESFORCE = (
    "Lead ID,First Name,Last Name,Company,Title,Email,Phone,Lead Source,Lead Owner,Create Date,Lead Status\n"
    "00Q1,Dana,Roe,Alder Yard,CFO,dana@alder.example,+386 1 555,Partner Referral,Ana Kovač,9/10/2026,Open\n"
    "00Q2,Ola,Berg,Birch Mill,Buyer,ola@birch.example,,Web,Ana Kovač,9/11/2026,Open\n"
)


async def test_a_file_of_leads_is_shown_before_it_counts(mia, ana):
    """As every file is (#35): what each column is taken for, how many rows, and nothing is in until it is confirmed."""
    await drops(mia, "leads.csv", "\n".join((HEADER, DANA, OLA, SAM)) + "\n")
    said = words(mia)
    assert has(r"leads?", said), said
    for column in ("company", "email", "source", "owner"):
        assert column in said, said
    assert has(r"\b3\b", said), said
    assert can_confirm(mia)
    line, listed = await understood(ana, r"Dana Roe", *LIST)
    assert not line, listed


async def test_confirmed_leads_are_on_their_owners_lists(mia, ana, ben):
    """Confirmed (#35): Ana's two and Ben's one, in the same message with the count."""
    said = await brings(mia, DANA, OLA, SAM)
    assert has(r"\b3\b[^\n]*(added|new|taken)", said), said
    listed = await leads(ana)
    assert "Dana Roe" in listed
    assert "Ola Berg" in listed
    assert "Sam Poe" not in listed
    assert "Sam Poe" in await leads(ben)


async def test_a_file_as_salesforce_writes_leads_comes_in(mia, ana):
    """First and last name apart, “Lead Source”, “Lead Owner” (#35): read without a question."""
    await drops(mia, "report.csv", SALESFORCE)
    assert can_confirm(mia), words(mia)
    await presses(mia, r"^(confirm|import|take)", where=mia._place(None).id)
    listed = await leads(ana)
    assert has(r"Dana Roe", listed), listed
    assert has(r"referral", line_with(listed, r"Dana Roe")), listed


async def test_the_same_file_again_changes_nothing(mia, ana):
    """Next week's export with the same rows (#35): no lead is there twice."""
    await brings(mia, DANA, OLA)
    await drops(mia, "leads.csv", "\n".join((HEADER, DANA, OLA)) + "\n")
    assert has(r"nothing|no change|unchanged|\b2\b[^\n]*(same|known|unchanged)", words(mia)), words(mia)
    assert (await leads(ana)).count("Dana Roe") == 1


async def test_two_rows_of_one_person_are_one_lead(mia, ana):
    """The same address in other letters (bad input): one lead, and it is said that there were two rows."""
    twin = row(9, "D. Roe", "Alder Yard Ltd", email="Dana@Alder.example", source="Event")
    said = await brings(mia, DANA, twin)
    assert has(
        r"same (person|address|e-?mail)|twice|double|duplicate|merged|\b1\b[^\n]*\bone person", said
    ), said
    listed = await leads(ana)
    assert listed.count("Roe") == 1, listed


async def test_a_row_of_nobody_is_refused_with_its_line(mia, ana):
    """No name and no address (#35): that row is refused by its line and reason; the others come in."""
    said = await brings(mia, DANA, row(2, "", "", email=""))
    assert has(r"\b1\b[^\n]*(refused|not taken|left out)|(refused|not taken|left out)[^\n]*\b1\b", said), said
    assert "Dana Roe" in await leads(ana)


async def test_a_lead_of_an_owner_nobody_knows_waits_for_the_manager(mia):
    """“Zoran Nobody” (#38): kept, nobody's, and the manager is told how many wait to be assigned."""
    said = await brings(mia, DANA, row(2, "Ola Berg", "Birch Mill", owner="Zoran Nobody"))
    everything = "\n".join([said, await leads(mia)])
    assert has(r"Zoran Nobody|unassigned|nobody'?’?s|without an owner|to (be )?assign", everything), (
        everything
    )
    assert "Ola Berg" in await card(mia, "Ola Berg")


async def test_an_import_of_leads_is_taken_back(mia, ana):
    """Undo beside the result (#35): no lead is left of it."""
    await brings(mia, DANA, OLA)
    assert "Dana Roe" in await leads(ana)
    await presses(mia, r"^undo", where=mia._place(None).id)
    line, listed = await understood(ana, r"Dana Roe", *LIST)
    assert not line, listed


async def test_a_rep_brings_no_file_in(ana):
    """Managers and admins bring files in (#35): a rep is told whom to ask. Holds today of every file."""
    await drops(ana, "leads.csv", f"{HEADER}\n{DANA}\n")
    assert not can_confirm(ana)
    assert has(r"manager", words(ana)), words(ana)


async def test_a_file_of_deals_is_still_one(team, mia):
    """A CRM's deals with a column “Lead Source” (#35): deals as before, and no lead. Holds today and must stay so."""
    await drops(
        mia, "deals.csv",
        "Record ID,Deal Name,Deal Stage,Amount,Close Date,Create Date,Deal owner,Deal Source\n"
        "1,Quay lamp,Contract Sent,24000,2026-10-04,2026-07-01,Ana Kovač,Referral\n",
    )  # fmt: skip
    await presses(mia, r"^(confirm|import|take)", where=mia._place(None).id)
    assert [one.name for one in kept(address(team))] == ["Quay lamp"]


async def test_a_lead_who_is_a_customer_is_called_one(team, mia, ana):
    """A firm that bought (bad input): the lead says that they are a customer, and since when or of whom."""
    await books.ended(team, "Alder Yard", books.TODAY - books.days(50), owner="U2")
    await brings(mia, DANA)
    assert has(r"customer|bought|won", await card(ana, "Dana Roe")), newest(ana)


def test_leads_come_in_at_a_terminal(terminal):
    """`rainmaker import leads.csv` (#35): taken in, with its counts, and exit code 0."""
    rows = [row(one, f"Pat {one}", f"Firm {one}", owner="Ida Moss") for one in range(4)]
    ended = terminal("import", terminal.file("leads.csv", "\n".join((HEADER, *rows)) + "\n"))
    said = clear(ended)
    assert ended.code == 0, said
    assert has(r"\b4\b", said), said
    assert has(r"lead", said), said
