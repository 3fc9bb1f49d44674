"""Opportunities: shown, entered, closed, and what they teach."""
