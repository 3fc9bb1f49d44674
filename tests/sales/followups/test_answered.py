"""Whether somebody answered, as far as the words of an outcome tell."""

import pytest

from sales.followups.activity import ActivityKind
from sales.followups.answered import WasAnswered, answered_by

CALL, EMAIL, MEETING = ActivityKind.CALL, ActivityKind.EMAIL, ActivityKind.MEETING


@pytest.mark.parametrize(
    ("kind", "outcome", "answered"),
    [
        (CALL, "spoke", WasAnswered.YES),
        (CALL, "spoke, they want the price list, no next step", WasAnswered.YES),
        (CALL, "no answer", WasAnswered.NO),
        (CALL, "vm", WasAnswered.NO),
        (CALL, "left her a message", WasAnswered.NO),
        (CALL, "left a voicemail, she called back", WasAnswered.YES),
        (CALL, "did not pick up", WasAnswered.NO),
        (CALL, "didn’t answer", WasAnswered.NO),
        (CALL, "not interested", WasAnswered.YES),
        (CALL, "wants a demo", WasAnswered.YES),
        (CALL, "", WasAnswered.UNSAID),
        (CALL, "about the price", WasAnswered.UNSAID),
        (EMAIL, "", WasAnswered.NO),
        (EMAIL, "asked for a meeting", WasAnswered.NO),
        (EMAIL, "sent the price list, told them about the pilot", WasAnswered.NO),
        (EMAIL, "they replied", WasAnswered.YES),
        (EMAIL, "they asked for a quote", WasAnswered.YES),
        (EMAIL, "no reply", WasAnswered.NO),
        (MEETING, "", WasAnswered.YES),
        (MEETING, "no show", WasAnswered.NO),
        (MEETING, "nobody came", WasAnswered.NO),
    ],
)
def test_words_say_whether_somebody_answered(kind, outcome, answered):
    assert answered_by(kind, outcome) is answered
