"""Backtests: what the forecasts would have said over past quarters, scored beside the usual ways to guess.

Each forecast is made from what was known on its day and nothing else (maths.md §2).
"""

from sales.backtest.design import DAYS, LEVELS, Case, Design, design
from sales.backtest.methods import BLEND, CLIMATOLOGY, FLOOR, HARD, METHODS, SOFT, STAGES, SURVIVAL
from sales.backtest.run import Backtest, backtest
from sales.backtest.table import PAIRS, Row, Table, table

__all__ = [
    "BLEND",
    "CLIMATOLOGY",
    "DAYS",
    "FLOOR",
    "HARD",
    "LEVELS",
    "METHODS",
    "PAIRS",
    "SOFT",
    "STAGES",
    "SURVIVAL",
    "Backtest",
    "Case",
    "Design",
    "Row",
    "Table",
    "backtest",
    "design",
    "table",
]
