"""Next steps: every conversation leaves one or says there is none (mechanism 59)."""

from collections.abc import Iterable
from enum import StrEnum

from sales.followups.activity import Activity, ActivityKind

# Both sides spoke, so a path forward could be agreed; an e-mail sent is no conversation yet.
CONVERSATIONS = frozenset({ActivityKind.CALL, ActivityKind.MEETING, ActivityKind.DEMO, ActivityKind.VISIT})


class NextStep(StrEnum):
    """What a logged conversation left behind."""

    UNSAID = "unsaid"
    AGREED = "agreed"
    NONE = "none"  # said so: the deal is a suspect for the audit


def wants_next_step(logged: Iterable[Activity]) -> bool:
    """Say whether a conversation with somebody named was logged; bare counts are not asked about."""
    return any(one.kind in CONVERSATIONS and one.account for one in logged)
