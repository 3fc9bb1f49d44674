"""Every conversation with somebody leaves a next step; bare counts and messages sent are not asked."""

import pytest

from sales.followups.activity import Activity, ActivityKind
from sales.followups.next_step import wants_next_step
from tests.known import T0


@pytest.mark.parametrize(
    ("kind", "account", "wanted"),
    [
        (ActivityKind.CALL, "Acme", True),
        (ActivityKind.MEETING, "Acme", True),
        (ActivityKind.VISIT, "Acme", True),
        (ActivityKind.DEMO, "Acme", True),
        (ActivityKind.CALL, None, False),
        (ActivityKind.EMAIL, "Acme", False),
        (ActivityKind.PROPOSAL, "Acme", False),
    ],
)
def test_who_is_asked(kind, account, wanted):
    done = Activity(owner_id="U1", kind=kind, on=T0.date(), account=account)
    assert wants_next_step([done]) is wanted


def test_one_conversation_among_others_is_enough():
    both = [Activity(owner_id="U1", kind=kind, on=T0.date(), account="Acme") for kind in ("email", "call")]
    assert wants_next_step([Activity.model_validate(one) for one in both])
