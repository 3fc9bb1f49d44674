"""Periods: months, quarters, fiscal years and custom spans, both ends included."""
