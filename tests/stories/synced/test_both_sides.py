"""The same deal changed here and there: what the rep sees, what stands where in the end, and that nothing is lost."""

from datetime import date

import pytest

from tests.stories.craft.lived import has, line_with
from tests.stories.face.seen import label
from tests.stories.pipeline.walked import asks, told
from tests.stories.synced.returned import (
    HERE,
    KEEP,
    OURS,
    allows,
    approves,
    can,
    changes,
    closes,
    everything_said,
    insists,
    later,
    looks,
    matched,
    moves,
    settles,
    stands,
    taken,
    writes,
)
from tests.stories.synced.synced import open_labels, synced, vendor

pytestmark = pytest.mark.engines("sqlite")

THEIRS = date(2026, 11, 20)


@pytest.fixture
async def deal(team, crm):
    """A deal of Ana's that closes on 14 October and stands at the first stage; both may go back."""
    made = await stands(team, crm)
    first, second, third = open_labels(crm)[:3]
    await matched(team, team.person("mia"), {first: "Talking", second: "Proposal", third: "Negotiation"})
    await allows(team.person("mia"), r"stage", r"clos")
    return made


async def both_change_the_date(team, crm, ana, deal) -> str:
    """Ana moved the day to 23 October, somebody there to 20 November; she then says Send. What she reads."""
    await changes(ana)
    crm.change(deal, close=THEIRS)
    return await insists(team, ana)


async def test_a_date_changed_on_both_sides_shows_both(team, crm, ana, deal):
    """Conflicts shown (2): theirs and ours in one message, nothing written, two buttons to choose by."""
    said = await both_change_the_date(team, crm, ana, deal)
    assert closes(crm, deal) == str(THEIRS)
    assert writes(crm) == []
    assert has(r"23 Oct", said), said
    assert has(r"20 Nov", said), said
    assert vendor(crm) in said
    assert has(r"\[keep theirs", said), said
    assert has(r"\[send ours", said), said


async def test_theirs_is_kept(team, crm, ana, deal):
    """*Keep theirs* (2): their day stands on both sides, and nothing is offered or sent any more."""
    await both_change_the_date(team, crm, ana, deal)
    await settles(team, ana, KEEP)
    await later(team)
    said = await asks(ana, "/deal Lockside", "sales")
    assert has(r"20 Nov", said), said
    assert not has(r"23 Oct", line_with(said, "closes")), said
    assert not can(ana), said
    assert closes(crm, deal) == str(THEIRS)
    assert writes(crm) == []


async def test_ours_is_sent(team, crm, ana, deal):
    """*Send ours* (2): our day stands on both sides, written once."""
    await both_change_the_date(team, crm, ana, deal)
    await settles(team, ana, OURS)
    await later(team)
    assert closes(crm, deal) == HERE
    assert len(taken(crm)) == 1
    said = await asks(ana, "/deal Lockside", "sales")
    assert has(r"23 Oct", said), said


async def test_theirs_moves_once_more_before_the_choice(team, crm, ana, deal):
    """Conflicts (2): what she says *Send ours* to is what she saw; a third day there is shown, and not overwritten."""
    await both_change_the_date(team, crm, ana, deal)
    crm.change(deal, close=date(2026, 12, 4))
    await settles(team, ana, OURS)
    assert closes(crm, deal) == "2026-12-04"
    assert writes(crm) == []
    assert has(r"4 Dec", everything_said(ana)), everything_said(ana)


async def test_the_same_day_on_both_sides_is_no_conflict(team, crm, ana, deal):
    """Theirs is ours (2): somebody set the very day there; nothing is written, it is said to stand there."""
    await changes(ana)
    crm.change(deal, close=date.fromisoformat(HERE))
    said = await insists(team, ana)
    await later(team)
    assert writes(crm) == []
    assert closes(crm, deal) == HERE
    assert not has(r"keep theirs", said), said
    assert not can(ana), said


async def test_a_pull_between_change_and_sending_loses_neither(team, crm, ana, deal):
    """Both at once (Show): a pull comes between; her day still stands here, theirs is shown, and nobody's is gone."""
    await changes(ana)
    crm.change(deal, close=THEIRS)
    await later(team)
    said = await asks(ana, "/deal Lockside", "sales")
    assert has(r"23 Oct", said) or has(r"23 Oct", everything_said(ana)), said
    assert has(r"20 Nov", f"{said}\n{everything_said(ana)}"), said
    assert closes(crm, deal) == str(THEIRS)
    assert writes(crm) == []
    if can(ana):
        said = await insists(team, ana)
    if can_choose(ana):
        await settles(team, ana, OURS)
        await later(team)
        assert closes(crm, deal) == HERE


def can_choose(ana) -> bool:
    """Whether *Send ours* is offered to her anywhere."""
    return any(label(one.blocks or [], OURS) for one in (*told(ana, "sales")[-2:], *told(ana)[-2:]))


async def test_a_stage_and_a_date_at_once_are_each_decided(team, crm, ana, deal):
    """A stage and a date changed on both sides (Show): she reads all four, and no half of it is written unseen."""
    second, third = open_labels(crm)[1:3]
    await changes(ana)
    await moves(ana, "Proposal")
    crm.change(deal, stage=third, close=THEIRS)
    said = await insists(team, ana)
    for one in (r"23 Oct", r"20 Nov", second, third):
        assert has(one, said), f"{one}:\n{said}"
    assert (crm.read(deal)["stage"], closes(crm, deal)) == (third, str(THEIRS))
    assert writes(crm) == []


async def test_the_stage_alone_differs(team, crm, ana, deal):
    """A stage there, a date here (Show): the fields do not meet, so her day is sent and their stage stays."""
    third = open_labels(crm)[2]
    await changes(ana)
    crm.change(deal, stage=third)
    form = await looks(ana)
    assert has(r"23 Oct", form), form
    await approves(team, ana)
    await later(team)
    assert (crm.read(deal)["stage"], closes(crm, deal)) == (third, HERE)
    said = await asks(ana, "/deal Lockside", "sales")
    assert has("Negotiation", said), said
    assert has(r"23 Oct", said), said


async def test_won_there_while_moved_here(team, crm, ana, deal):
    """Closed wins (2): the deal reads as won here after a pull, whatever was changed here and not sent."""
    await moves(ana, "Proposal")
    crm.change(deal, stage=next(one[1] for one in crm.stages if one[2] == "won"))
    await later(team)
    await synced(team)
    said = await asks(ana, "/deal Lockside", "sales")
    assert has(r"\bwon\b", said.replace("[Won]", "")), said
    assert not can(ana), said
    assert writes(crm) == []
