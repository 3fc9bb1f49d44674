"""Runway: the last day on which an opportunity opened can still be won in time, asked for or warned of."""

from handlers.feature import Feature, Job
from handlers.goals.runway.answer import show, show_team
from handlers.goals.runway.warning import decide, render
from sales.nudges.kind import RUNWAY_ALERT, RUNWAY_CHECK
from sales.nudges.ledger import Ambiguity
from sales.nudges.schedule import CatchUp

__all__ = ["FEATURE", "show", "show_team"]

FEATURE = Feature(
    jobs={RUNWAY_CHECK: Job(CatchUp.LEVEL, decide, accounts=False)},
    renderers={RUNWAY_ALERT: render},
    ambiguous={RUNWAY_ALERT: Ambiguity.REPEAT},
)
