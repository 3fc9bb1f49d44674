"""Kept commitments: who is named for them."""

from sales.followups.kept import KeptCommitments, worth_naming


def test_those_who_kept_any_are_named_in_order_of_names_and_nobody_who_did_not():
    kept = [KeptCommitments("Zoë", 5, 5), KeptCommitments("ana", 3, 9), KeptCommitments("Ben", 0, 4)]
    assert [one.rep for one in worth_naming(kept)] == ["ana", "Zoë"]
