"""Delivery: every message in the ledger is sent once, or it is written down why not (delivery.md §3–6)."""

from bot.delivery.deliverer import Deliverer, Gather, each_by_itself
from bot.delivery.post import Policy
from bot.delivery.steps import GaveUp, quietly

__all__ = ["Deliverer", "Gather", "GaveUp", "Policy", "each_by_itself", "quietly"]
