"""Schedules: what recurs, kept with when it is due next."""
