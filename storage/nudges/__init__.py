"""Nudges: schedules, the ledger, rate limits, and the facts behind the policy, kept."""
