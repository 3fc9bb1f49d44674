"""The ledger: messages that must exist once, and the fenced steps each takes (delivery.md §1–3)."""

from storage.nudges.ledger.claims import any_ready, claim, hand_back, reap, reconcile_since
from storage.nudges.ledger.given_up import dismiss, retry, undelivered
from storage.nudges.ledger.intake import enqueue, enqueue_all, has_enqueued, pending, supersede
from storage.nudges.ledger.lookup import by_key, recent
from storage.nudges.ledger.steps import move

__all__ = [
    "any_ready", "by_key", "claim", "dismiss", "enqueue", "enqueue_all", "hand_back", "has_enqueued", "move",
    "pending", "reap", "recent", "reconcile_since", "retry", "supersede", "undelivered",
]  # fmt: skip
