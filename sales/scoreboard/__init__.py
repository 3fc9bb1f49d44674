"""The scoreboard: every forecast is kept as it was said, resolved when its period is over, and scored."""

from sales.scoreboard.board import Rival, Scoreboard, calibration_of, scoreboard
from sales.scoreboard.chance_alone import luck_in_counts, luck_in_deals
from sales.scoreboard.claim import LATE_FOR, SCORED_DAYS, Claim, Said, can_settle, still_open_for_late
from sales.scoreboard.logged import MODEL, GoalOutcome, LoggedForecast, TeamOutcome
from sales.scoreboard.rivals import Rivals, rivals_in_counts, rivals_in_deals

__all__ = [
    "LATE_FOR",
    "MODEL",
    "SCORED_DAYS",
    "Claim",
    "GoalOutcome",
    "LoggedForecast",
    "Rival",
    "Rivals",
    "Said",
    "Scoreboard",
    "TeamOutcome",
    "calibration_of",
    "can_settle",
    "luck_in_counts",
    "luck_in_deals",
    "rivals_in_counts",
    "rivals_in_deals",
    "scoreboard",
    "still_open_for_late",
]
