"""Scoring as it is stored and assembled: the cases it learns from, what it says now, and what it said last month."""
