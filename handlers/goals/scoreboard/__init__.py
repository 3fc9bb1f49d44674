"""The scoreboard: what was said is written down each day, resolved, scored, and a period's end is reviewed."""

from handlers.feature import Feature, Job
from handlers.goals.outcome import decide, render
from handlers.goals.scoreboard.board import show, show_own
from handlers.goals.scoreboard.log import keep
from sales.nudges.kind import ATTAINMENT_REVIEW, FORECAST_LOG
from sales.nudges.ledger import Ambiguity
from sales.nudges.schedule import CatchUp

__all__ = ["FEATURE", "show", "show_own"]

FEATURE = Feature(
    jobs={FORECAST_LOG: Job(CatchUp.LEVEL, decide, accounts=False, work=keep)},
    renderers={ATTAINMENT_REVIEW: render},
    ambiguous={ATTAINMENT_REVIEW: Ambiguity.REPEAT},
)
