"""Dates: instants, zones, periods, and days as people say them."""
