"""Opportunities, accounts and debriefs, kept, and what closed ones add up to."""
