"""Sync: a CRM read over its own interface, and what is written back to it once somebody said so."""
