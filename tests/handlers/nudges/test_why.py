"""Why a message did not come, as `/why` says it: in words, never as Slack's code."""

import pytest

from handlers.nudges.why import why_held
from sales.nudges.ledger import DeliveryState
from storage.nudges.ledger.rows import DeliveryRow


@pytest.mark.parametrize("error", ["channel_not_found", "user_not_found", "msg_too_long"])
def test_what_slack_refused_is_said_in_words(error):
    said = why_held(DeliveryRow(state=DeliveryState.DEAD, user_id="U1", last_error=error))
    assert said
    assert error not in said.casefold().replace(" ", "_")


def test_what_the_policy_said_stays_its_own_words():
    row = DeliveryRow(state=DeliveryState.SKIPPED, user_id="U1", last_error="Nothing was due.")
    assert why_held(row) == "Nothing was due."
