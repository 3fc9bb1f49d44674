"""Backtests: what the forecasts would have said over past quarters, scored beside the usual ways to guess.

Each forecast is made from what was known on its day and nothing else (forecasts.md §2.7).
"""
