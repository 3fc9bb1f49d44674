"""Deals to choose from: nobody can choose between two buttons that read the same."""

from handlers.context import NamedDeal
from messages.followups.belonging import choices, labels


def test_deals_of_one_name_are_told_apart():
    deals = [
        NamedDeal(1, "Lockside – Yard Planner", "$9.6k", "suspect"),
        NamedDeal(2, "Lockside – Yard Planner", "$9.6k", "since 21 Jul"),
        NamedDeal(3, "Lockside – rollout", "$4k", "since 1 Sep"),
    ]
    assert labels(deals) == [
        "Lockside – Yard Planner · $9.6k · suspect",
        "Lockside – Yard Planner · $9.6k · since 21 Jul",
        "Lockside – rollout",
    ]
    shown = [one["text"]["text"] for one in choices("followup.belongs", deals, "1")]
    assert len(set(shown)) == len(shown) == 4
