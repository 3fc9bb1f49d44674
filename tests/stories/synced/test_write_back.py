"""Write-back: off by default, each change approved by a person, said where it was refused, and never sent twice."""

from datetime import date

import pytest

from tests.double import at_once, clicked_again, submission
from tests.stories.craft.lived import has
from tests.stories.files.chat import files_given
from tests.stories.pipeline.walked import asks
from tests.stories.synced.returned import (
    CHANGES,
    DONE,
    HERE,
    NEXT_STEP,
    THERE,
    allows,
    approves,
    box,
    can,
    changes,
    closes,
    everything_said,
    insists,
    later,
    looks,
    matched,
    moves,
    reply,
    sends,
    stands,
    taken,
    writes,
)
from tests.stories.synced.synced import ended, open_labels, synced, vendor

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
async def deal(team, crm):
    """A deal of Ana's that closes on 14 October, where close dates may go back."""
    made = await stands(team, crm)
    await allows(team.person("mia"), r"clos")
    return made


async def test_nothing_goes_back_unless_somebody_wants_it(team, crm, ana):
    """Off by default (2): nothing offers to send, and a day of pulling writes nothing there."""
    deal = await stands(team, crm)
    said = await changes(ana)
    assert not can(ana), said
    assert not has(r"send (it )?to (hubspot|salesforce)", said), said
    await team.jump("2026-09-15 12:00")
    await synced(team)
    assert writes(crm) == []
    assert closes(crm, deal) == THERE


async def test_settings_have_three_boxes_and_none_is_ticked(team, crm):
    """Off by default (2): next step, close date and stage are what may be written, each for itself."""
    await stands(team, crm)
    mia = team.person("mia")
    await asks(mia, "/team settings", "sales")
    _, offers, ticked = box(mia)
    assert ticked == []
    assert len(offers) == 3, offers
    for what in (r"next step", r"clos", r"stage"):
        assert any(has(what, one) for one in offers), offers
    await mia.closes(everything=True)


async def test_only_what_is_ticked_is_offered(team, crm, ana):
    """A list of fields (2): with the next step alone, a close date changed here stays here."""
    await stands(team, crm)
    await allows(team.person("mia"), r"next step")
    said = await changes(ana, "close date")
    assert not can(ana), said
    await changes(ana, "next step")
    assert can(ana), reply(ana)
    await sends(team, ana)
    assert len(writes(crm)) == 1


@pytest.mark.parametrize("what", CHANGES)
async def test_a_change_goes_there_once_a_person_said_yes(team, crm, ana, what):
    """Each change approved by a person (2): nothing is sent until *Send*, and then it stands there."""
    deal = await stands(team, crm, next_step="call Dana")
    await allows(team.person("mia"), what)
    await changes(ana, what)
    await synced(team)
    assert writes(crm) == []
    form = await looks(ana)
    ours, theirs = {"next step": ("savings sheet", "call Dana"), "close date": (r"23 Oct", r"14 Oct")}[what]
    assert has(ours, form), form
    assert has(theirs, form), form
    assert writes(crm) == []
    said = await approves(team, ana)
    assert has(DONE, said), said
    assert vendor(crm) in said
    held = crm.read(deal)
    if what == "next step":
        assert NEXT_STEP in held["next_step"]
    else:
        assert closes(crm, deal) == HERE
    assert len(writes(crm)) == 1


async def test_a_stage_goes_there_as_the_crm_calls_it(team, crm, ana):
    """Stage (2): the form names the CRM's own stage, as it was matched, and that is where the deal stands then."""
    deal = await stands(team, crm)
    first, second = open_labels(crm)[:2]
    mia = team.person("mia")
    await matched(team, mia, {first: "Talking", second: "Proposal"})
    await allows(mia, r"stage")
    await moves(ana, "Proposal")
    form = await looks(ana)
    assert second in form, form
    assert first in form, form
    await approves(team, ana)
    assert crm.read(deal)["stage"] == second
    assert len(writes(crm)) == 1


async def test_a_form_that_is_closed_sends_nothing(team, crm, ana, deal):
    """A person approves (2): looking is no yes."""
    await changes(ana)
    await looks(ana)
    await ana.closes(everything=True)
    await synced(team)
    assert writes(crm) == []
    assert closes(crm, deal) == THERE


async def test_what_was_not_changed_here_is_not_touched_there(team, crm, ana, deal):
    """Only the diff (2): an amount and a stage that somebody changed there meanwhile stay as they are."""
    await changes(ana)
    crm.change(deal, amount="31500", next_step="they want it in blue")
    await sends(team, ana)
    held = crm.read(deal)
    assert float(held["amount"]) == 31500
    assert held["next_step"] == "they want it in blue"
    assert closes(crm, deal) == HERE


async def test_a_double_click_is_one_write(team, crm, ana, deal):
    """Idempotent (2): the button pressed twice, and the form submitted twice at once and once late."""
    await changes(ana)
    await looks(ana)
    yes = submission(team, ana)
    await at_once(team, yes, clicked_again(team, yes))
    await at_once(team, clicked_again(team, yes))
    await synced(team)
    assert len(writes(crm)) == 1
    assert closes(crm, deal) == HERE


async def test_a_reply_that_was_lost_is_read_back(team, crm, ana, deal):
    """Idempotent (2): written there, the reply dropped; it is looked up and said to be done, not sent again."""
    await changes(ana)
    await looks(ana)
    crm.faults.plan(deal, "commit then drop")
    await approves(team, ana)
    await later(team)
    said = everything_said(ana)
    assert len(writes(crm)) == len(taken(crm)) == 1
    assert closes(crm, deal) == HERE
    assert has(DONE, said), said
    assert not can(ana), reply(ana)


async def test_a_write_that_failed_goes_out_later_by_itself(team, crm, ana, deal):
    """In the ledger (2): refused with 500 and nothing done; what was approved is not lost, and is written once."""
    await changes(ana)
    await looks(ana)
    crm.faults.plan(deal, "500", times=12)
    said = await approves(team, ana)
    assert has(r"wait|later|again|not yet|as soon as|does not answer", said), said
    assert not has(r"\b500\b|Traceback", said), said
    assert closes(crm, deal) == THERE
    for minutes in (10, 20, 60, 120, 120):
        await later(team, minutes)
    assert closes(crm, deal) == HERE
    assert len(taken(crm)) == 1
    said = everything_said(ana)
    assert has(DONE, said), said


async def test_what_left_is_written_down(team, crm, ana, deal):
    """In the ledger (2): an export has a row with the deal, what was sent, and who said yes to it."""
    await changes(ana)
    await sends(team, ana)
    mia = team.person("mia")
    await mia.says("/rainmaker export")
    await team.server.settled()
    lines = [line for text in files_given(mia).values() for line in text.splitlines()]
    found = [
        one for one in lines if HERE in one and has(r"\bU1\b|Ana Kov", one) and has("sent|done|crm", one)
    ]
    assert any("Lockside" in one or deal in one for one in found), found


async def test_a_deal_that_was_closed_there_is_not_reopened(team, crm, ana):
    """Closed deals are never reopened (2): won there meanwhile; nothing is sent, and the rep reads why."""
    deal = await stands(team, crm)
    first, second = open_labels(crm)[:2]
    mia = team.person("mia")
    await matched(team, mia, {first: "Talking", second: "Proposal"})
    await allows(mia, r"stage", r"clos")
    await moves(ana, "Proposal")
    crm.change(deal, stage=ended(crm))
    said = await insists(team, ana)
    assert has(r"\b(won|closed)\b", said), said
    assert crm.read(deal)["stage"] == ended(crm)
    assert writes(crm) == []


async def test_what_the_crm_asks_for_is_said(team, crm, ana, deal):
    """A field that is needed there (2): the rep reads which, in a sentence; nothing was changed, here it stays."""
    crm.needs("amount", at=open_labels(crm)[0])
    crm.change(deal, amount=None)
    await changes(ana)
    said = await sends(team, ana)
    assert has(r"amount|value", said), said
    assert has(r"need|ask|require|first|not (taken|sent|saved)|refus", said), said
    assert not has(r"\b400\b|VALIDATION|REQUIRED_FIELD|Traceback|\{", said), said
    assert closes(crm, deal) == THERE
    assert has(r"23 Oct", await asks(ana, "/deal Lockside", "sales"))


async def test_taken_back_goes_back_there_too_and_only_by_a_yes(team, crm, ana, deal):
    """Taken back (2): undone here, it is undone there at once or is offered to be, and nothing else is."""
    await changes(ana)
    await sends(team, ana)
    for _ in range(2):  # the sending, then the change; or both in one
        if closes(crm, deal) == HERE and not can(ana):
            await asks(ana, "/rainmaker undo", "sales")
    if closes(crm, deal) == HERE:
        await sends(team, ana)
    if not has(r"14 Oct", await asks(ana, "/deal Lockside", "sales")):
        await asks(ana, "/rainmaker undo", "sales")
    assert closes(crm, deal) == THERE
    assert has(r"14 Oct", await asks(ana, "/deal Lockside", "sales"))
    assert len(writes(crm)) == 2


async def test_taking_back_leaves_what_was_changed_there_since(team, crm, ana, deal):
    """Taken back (2): a day that somebody set there after ours was sent is not overwritten without being shown."""
    await changes(ana)
    await sends(team, ana)
    crm.change(deal, close=date(2026, 11, 20))
    await asks(ana, "/rainmaker undo", "sales")
    await synced(team)
    assert closes(crm, deal) == "2026-11-20"
    assert len(writes(crm)) == 1


async def test_who_may_approve(team, crm, ana, deal):
    """Who (2): the deal's rep and their manager; to another rep nothing is offered, and their click sends nothing."""
    mia, ben = team.person("mia"), team.person("ben")
    await changes(ana)
    await asks(ben, "/deal Lockside", "sales")
    assert not can(ben), reply(ben)
    await looks(ana)
    yes = submission(team, ana)
    await at_once(team, {**yes, "user": {**yes["user"], "id": "U2", "username": "ben", "name": "ben"}})
    assert writes(crm) == []
    assert closes(crm, deal) == THERE
    await ana.closes(everything=True)
    await asks(mia, "/deal edit Lockside closes 30 Oct", "sales")
    await sends(team, mia)
    assert closes(crm, deal) == "2026-10-30"


async def test_our_own_change_is_no_news(team, crm, ana, deal):
    """The echo (2): what we wrote is read back at the next pull, and is no change there, no push, and no message."""
    await changes(ana)
    await sends(team, ana)
    before = len(ana.sees()), len(ana.sees("sales"))
    for minutes in (10, 10, 60):
        await later(team, minutes)
    assert (len(ana.sees()), len(ana.sees("sales"))) == before
    said = await asks(ana, "/deal Lockside", "sales")
    assert has(r"23 Oct", said), said
    assert not has(r"chang\w+ (in|by) (hubspot|salesforce)|(pushed|moved) (twice|2)", said), said
    assert not can(ana), said
    assert len(writes(crm)) == 1
