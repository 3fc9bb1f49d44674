"""The ledger: messages that must exist once, and the fenced steps each takes (delivery.md §1–3)."""
