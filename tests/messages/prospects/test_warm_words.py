"""What is said of who is warm: one reason at a time, and who is warm is not called cold beside it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from messages.prospects import content_event, warmth, webhook
from sales.prospects.content_event import ContentAction, ContentEvent, ContentReader, StoredContentEvent
from sales.prospects.warmth import Prospect, SignalKind, WarmProspect, WarmSignal
from sales.prospects.webhook import next_secret

TODAY = date(2026, 9, 14)
NOW = datetime(2026, 9, 14, 9, tzinfo=UTC)
READ, ASKED = ContentAction.READ, ContentAction.ASKED


def used(*did):
    return ContentReader(
        tuple(
            StoredContentEvent(
                id=at,
                event_id=str(at),
                account="Acme",
                content=f"P{at}",
                action=action,
                happened_at=NOW - timedelta(minutes=2),
                received_at=NOW,
            )
            for at, action in enumerate(did, 1)
        )
    )


@pytest.mark.parametrize(
    ("did", "said"),
    [
        ([READ], "read “P1”"),
        ([READ, READ], "read “P1” and “P2”"),
        ([ASKED, READ], "asked for “P1” and read “P2”"),
        ([READ] * 3, "read “P1”, “P2” and 1 thing more"),
        ([ASKED, READ, READ, READ], "asked for “P1”, read “P2” and 2 things more"),
    ],
)
def test_what_a_reader_did_is_one_list(did, said):
    assert content_event.reader_line(used(*did), NOW) == f"*Acme* {said} 2 minutes ago"


def test_who_is_warm_is_not_called_cold_in_the_same_line():
    cold = WarmSignal(SignalKind.KNOWN, TODAY, "Cold list")
    read = WarmSignal(SignalKind.CONTENT, TODAY, "Guide", READ)
    who = Prospect("lead:1", "Dana Roe", "Alder Yard", [read, cold])
    assert "cold" not in warmth.prospect_line(1, WarmProspect(who, 5.0, [read, cold]), TODAY)
    assert warmth.prospect_line(1, WarmProspect(who, 0.5, [cold]), TODAY).endswith("cold, from Cold list")


def test_who_asked_and_is_nobodys_lead_is_named_to_an_admin_three_of_them():
    asking = [
        ContentEvent(event_id=str(at), email=f"w{at}@x.example", content="Demo", happened_at=NOW)
        for at in range(5)
    ]
    known = next_secret(None, "s" * 40, NOW, "U1", at_once=True)
    said = str(webhook.shown(known, "Mia", "/hooks", webhook.Came(9, 4, asking), NOW, "UTC").blocks)
    assert "w2@x.example" in said
    assert "w3@x.example" not in said
    assert "and 2 more." in said
    assert "Asked to be" not in str(
        webhook.shown(known, "Mia", "/hooks", webhook.Came(9, 4), NOW, "UTC").blocks
    )
