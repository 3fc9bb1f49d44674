"""Forecasts: P(hit) with what it rests on, in which each figure can be scored afterwards (maths.md §2, §4).

`known_on` reads a team's deals once a day, `forecast` says P(hit) of one goal and why; `moved` says what
changed it since a day, `moves` what would change it. `score` and `difference` judge resolved forecasts, `luck_of_*`
and `compare` judge results before anybody is coached or ranked on them.
"""

from sales.forecast.calibrate import Calibration, calibration
from sales.forecast.chance import Basis, Forecast, forecast, forecast_of_gains
from sales.forecast.drivers import Driver, Moved, Stand, moved, worth_saying
from sales.forecast.known import Known, PeriodAhead, known_on, mix
from sales.forecast.luck import Luck, luck_of_amount, luck_of_count
from sales.forecast.record import DealRecord, Gain, Past, past_of
from sales.forecast.score import Interval, Resolved, Score, difference, score
from sales.forecast.what_if import Move, Step, chance_if_opened, moves
from sales.forecast.win_rates import Comparison, Decided, WinRate, compare
from sales.forecast.word import Reach, in_figures, one_in, reach

__all__ = [
    "Basis",
    "Calibration",
    "Comparison",
    "DealRecord",
    "Decided",
    "Driver",
    "Forecast",
    "Gain",
    "Interval",
    "Known",
    "Luck",
    "Move",
    "Moved",
    "Past",
    "PeriodAhead",
    "Reach",
    "Resolved",
    "Score",
    "Stand",
    "Step",
    "WinRate",
    "calibration",
    "chance_if_opened",
    "compare",
    "difference",
    "forecast",
    "forecast_of_gains",
    "in_figures",
    "known_on",
    "luck_of_amount",
    "luck_of_count",
    "mix",
    "moved",
    "moves",
    "one_in",
    "past_of",
    "reach",
    "score",
    "worth_saying",
]
