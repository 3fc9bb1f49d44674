"""The scoreboard: what was said is written down each day, resolved, scored, and a period's end is reviewed."""

from handlers.feature import Feature, Job
from handlers.scoreboard.keeping import keep
from handlers.scoreboard.review import decide, render, reviews
from handlers.scoreboard.showing import show, show_own, show_rates
from sales.nudges.kind import ATTAINMENT_REVIEW, FORECAST_LOG
from sales.nudges.ledger import Ambiguity
from sales.nudges.schedule import CatchUp

__all__ = ["FEATURE", "reviews", "show", "show_own", "show_rates"]

FEATURE = Feature(
    jobs={FORECAST_LOG: Job(CatchUp.LEVEL, decide, accounts=False, work=keep)},
    renderers={ATTAINMENT_REVIEW: render},
    ambiguous={ATTAINMENT_REVIEW: Ambiguity.REPEAT},
)
