"""Which promises are a meeting, read from their words (#17)."""

from datetime import date

import pytest

from sales.craft.prep.meeting import is_meeting, says_meeting
from sales.followups.followup import FollowUp, Owes

ARE = (
    "meeting", "meeting at their depot", "demo", "Demo on Friday", "demo of the scanner", "a demo for their buyers",
    "visit their plant", "meet Dana", "first meeting with the board", "present the offer", "presentation to the CFO",
    "show them the demo", "give a demo", "30 min video call", "zoom call", "coffee with Dana", "workshop on site",
    "kick-off", "site visit", "hold the second meeting",
)  # fmt: skip
ARE_NOT = (
    "book the demo", "arrange a meeting", "confirm the meeting", "prepare the demo", "send the demo link", "demo link",
    "meeting notes", "meeting minutes to Dana", "call Dana", "call about the meeting", "send the price list",
    "e-mail after the demo", "ask for a meeting", "demo account", "presentation slides", "invite them to the demo",
    "reschedule the visit", "follow up", "quote", "pitch deck", "metering report", "demote the old plan", "",
)  # fmt: skip


@pytest.mark.parametrize("what", ARE)
def test_a_meeting_is_one(what):
    assert says_meeting(what)


@pytest.mark.parametrize("what", ARE_NOT)
def test_what_is_only_about_a_meeting_is_none(what):
    assert not says_meeting(what)


def test_what_they_owe_is_no_meeting_of_ours():
    said = FollowUp(owner_id="U1", who="Acme", what="demo of their system", due_on=date(2026, 9, 17))
    assert is_meeting(said)
    assert not is_meeting(said.model_copy(update={"owes": Owes.THEM}))
