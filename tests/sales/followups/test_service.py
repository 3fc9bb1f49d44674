"""Service: work for who bought already is counted as itself, and no name that has the word in it becomes one (#64)."""

from datetime import UTC, datetime

import pytest

from sales.followups.activity import ActivityKind
from sales.followups.activity_phrase import read_log
from sales.followups.activity_words import say_count
from sales.followups.next_step import CONVERSATIONS

NOW = datetime(2026, 9, 14, 9, tzinfo=UTC)
SERVICE, CALL = ActivityKind.SERVICE, ActivityKind.CALL


@pytest.mark.parametrize(
    ("line", "counts", "account"),
    [
        ("7 service, 3 calls", ((SERVICE, 7), (CALL, 3)), None),
        ("7 service tasks", ((SERVICE, 7),), None),
        ("3 support tickets", ((SERVICE, 3),), None),
        ("5 calls and 2 services", ((CALL, 5), (SERVICE, 2)), None),
        ("2 service calls Acme – fixed the invoice", ((SERVICE, 2),), "Acme"),
        ("service visit Acme", ((SERVICE, 1),), "Acme"),
        ("call Acme – they want better service", ((CALL, 1),), "Acme"),
        ("meeting with Alpine Services", ((ActivityKind.MEETING, 1),), "Alpine Services"),
    ],
)
def test_service_is_read(line, counts, account):
    draft = read_log(line, NOW, "UTC", ())
    assert (draft.activities, draft.account) == (counts, account)


def test_what_is_said_of_it_is_read_again():
    draft = read_log(say_count(SERVICE, 7), NOW, "UTC", ())
    assert draft.activities == ((SERVICE, 7),)


def test_it_is_no_conversation():
    """Nobody is asked for a next step of it, and it opens no entry gate."""
    assert SERVICE not in CONVERSATIONS
