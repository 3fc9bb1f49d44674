"""A lead's way: added, listed, assigned, accepted or rejected with a reason, qualified into a suspect."""

import re

import pytest

from tests.stories.craft.lived import has, line_with, mark, since, tried
from tests.stories.files.chat import files_given
from tests.stories.leads.prospected import (
    HEADER,
    LIST,
    adds,
    assigns,
    begins,
    brings,
    card,
    comes,
    does,
    leads,
    newest,
    row,
    understood,
)
from tests.stories.pipeline.walked import asks

pytestmark = pytest.mark.engines("sqlite")

WHY_NOT = {r"why|reason": "no budget"}


async def test_a_lead_is_added_in_a_form(ana):
    """`/lead add` (#35): who, of which firm, from where; then they stand on the list of who added them."""
    said = await adds(
        ana, "Dana Roe", "Alder Yard", title="CFO", email="dana@alder.example", phone="+386 1 555", source="Referral"
    )  # fmt: skip
    assert "Dana Roe" in said
    listed = line_with(await leads(ana), r"Dana Roe")
    assert "Alder Yard" in listed
    assert has(r"referral", listed), listed


async def test_a_lead_is_added_in_a_line(ana):
    """One line with commas (#35): the firm, the address and the source are taken for what they are."""
    said = await asks(ana, "/lead add Dana Roe, Alder Yard, dana@alder.example, source referral", "sales")
    if ana.modal():
        await ana.submits()
        said = newest(ana)
    for word in ("Dana Roe", "Alder Yard", "referral"):
        assert has(word, said), said
    assert "dana@alder.example" in await card(ana, "Dana Roe")


async def test_a_lead_of_nobody_is_asked_about(ana):
    """No name and no firm (#35): asked for, and nothing is kept."""
    await asks(ana, "/lead add", "sales")
    assert ana.modal(), newest(ana)
    await ana.submits()
    assert ana.modal_errors() or ana.modal()
    await ana.closes(everything=True)
    line, said = await understood(ana, r"\b1 lead\b", *LIST)
    assert not line, said


async def test_a_list_is_ones_own(mia, ana, ben):
    """Whose they are (#35): Ana's lead is on no list of Ben's; her manager reads hers by name."""
    await comes(mia, "ana")
    for line in LIST:
        assert "Dana Roe" not in await tried(ben, line)
        assert "Dana Roe" not in await tried(ben, f"{line} @ana")
    assert "Dana Roe" in await leads(mia, "@ana")


async def test_a_long_list_shows_five_and_counts_the_rest(mia, ana):
    """Twelve leads (#35): five lines, and how many more there are, with a way to them."""
    await brings(mia, *(row(one, f"Pat Name{one:02}", f"Firm {one:02}") for one in range(12)))
    said = await leads(ana)
    assert len(re.findall(r"Name\d\d", said)) <= 6, said
    assert has(r"\b7 more\b|\b12\b", said), said


async def test_an_assigned_lead_moves_and_is_told_to_whom_it_is_given(mia, ana, ben, team):
    """Assigned (#38): on Ben's list and off Ana's; Ben reads of it in his own working hours."""
    await comes(mia, "ana")
    before = mark(ben)
    await assigns(mia, "Dana Roe", "ben")
    await team.jump("2026-09-14 15:30", "Europe/Ljubljana")
    assert "Dana Roe" in await leads(ben)
    assert not any("Dana Roe" in one for one in [await tried(ana, line) for line in LIST])
    assert any("Dana Roe" in one for one in since(ben, before))


async def test_an_accepted_lead_says_so(mia, ana):
    """Accepted (#38): on its card and to whoever leads."""
    await comes(mia, "ana")
    said = await does(ana, "accept", "Dana Roe")
    assert has(r"accepted", said), said
    assert has(r"accepted", await card(mia, "Dana Roe"))


async def test_a_rejected_lead_keeps_its_reason(mia, ana):
    """Rejected (#38): with the reason in the rep's words or as a tap; off the open list; the manager reads why."""
    await comes(mia, "ana")
    said = await does(ana, "reject", "Dana Roe", "no budget", WHY_NOT)
    assert has(r"rejected", said), said
    assert has(r"budget", await card(mia, "Dana Roe"))
    line, listed = await understood(ana, r"Dana Roe", *LIST)
    assert not line or has(r"reject", line_with(listed, r"Dana Roe")), listed


async def test_a_rejection_without_a_reason_is_none(mia, ana):
    """No reason (#38): asked for; until then the lead stands as it was."""
    await comes(mia, "ana")
    said = await begins(ana, "reject", "Dana Roe")
    assert has(r"why|reason", said), said
    if ana.modal():
        await ana.closes(everything=True)
    assert not has(r"\brejected\b", await card(ana, "Dana Roe"))


async def test_a_rejection_is_taken_back(mia, ana):
    """`/rainmaker undo` (#38): on the list again, with no reason on it."""
    await comes(mia, "ana")
    await does(ana, "reject", "Dana Roe", "no budget", WHY_NOT)
    await asks(ana, "/rainmaker undo", "sales")
    assert "Dana Roe" in await leads(ana)
    assert not has(r"no budget", await card(ana, "Dana Roe"))


async def test_a_qualified_lead_becomes_a_suspect(mia, ana):
    """Qualified (#35): a suspect of its firm in `/deal`, with whom we talk to and where it is from."""
    await comes(mia, "ana", source="Referral")
    await does(ana, "qualify", "Dana Roe")
    said = await asks(ana, "/deal Alder Yard", "sales")
    assert has(r"suspect", said), said
    assert "Dana Roe" in said
    assert has(r"referral", said), said
    assert has(r"1 suspect|Alder Yard[^\n]*suspect", await asks(ana, "/deal", "sales"))


async def test_a_lead_is_qualified_once(mia, ana):
    """Twice (#35): the second time it says that there is a deal already, and there is one."""
    await comes(mia, "ana")
    await does(ana, "qualify", "Dana Roe")
    await does(ana, "qualify", "Dana Roe")
    assert not has(r"\b2 suspects\b", await asks(ana, "/deal", "sales"))
    assert has(r"suspect", await asks(ana, "/deal Alder Yard", "sales"))


async def test_the_card_of_a_lead_says_all_that_is_to_be_done(mia, ana):
    """One card (#35): who, title, phone, source, both scores, and Accept, Reject and Qualify to press."""
    await comes(mia, "ana", title="CFO", phone="+386 1 555 010", source="Referral")
    said = await card(ana, "Dana Roe")
    for word in (
        "Alder Yard",
        "CFO",
        "555 010",
        r"referral",
        r"attitude",
        r"\[accept",
        r"\[reject",
        r"\[qualif",
    ):
        assert has(word, said), (word, said)


async def test_an_export_has_the_leads(mia, ana):
    """Everything a workspace owns (#35): one's own leads are in what a rep is given, and no colleague's."""
    await brings(
        mia, row(1, "Dana Roe", "Alder Yard"), row(2, "Sam Poe", "Birch", owner="Ben Ito"), header=HEADER
    )
    await asks(ana, "/rainmaker export", "sales")
    await ana._server.settled()
    found = "\n".join(files_given(ana).values())
    assert "Dana Roe" in found
    assert "Sam Poe" not in found
