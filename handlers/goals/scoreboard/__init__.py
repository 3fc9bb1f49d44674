"""The scoreboard: what was said is written down each day, resolved, scored, and a period's end is reviewed."""

from handlers.feature import Command, Feature, Job, Kind, Record, Stays, Subject
from handlers.goals.outcome import decide, render
from handlers.goals.scoreboard.board import show, show_own
from handlers.goals.scoreboard.log import keep
from sales.goals.outcome import ATTAINMENT_REVIEW
from sales.goals.scoreboard.log import FORECAST_LOG, forecast_log_spec
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Ambiguity
from sales.nudges.schedule import CatchUp
from sales.people.permission import Act
from storage.goals.calibration import CalibrationRow
from storage.goals.outcome import GoalOutcomeRow, TeamOutcomeRow
from storage.goals.scoreboard import ForecastRow

FEATURE = Feature(
    name="scoreboard",
    commands=(
        Command(
            "goal scoreboard",
            "",
            "what I said of your goals, and what came",
            "/goal scoreboard",
            show_own,
            Act.OWN_WORK,
            order=15,
        ),
        Command(
            "team scoreboard",
            "[name]",
            "how good the chances were, beside the usual guesses",
            "/team scoreboard",
            show,
            Act.SEE_TEAM_NUMBERS,
            order=66,
        ),
    ),
    jobs=(
        Job(
            FORECAST_LOG,
            CatchUp.LEVEL,
            decide,
            of=Subject.TEAM,
            spec=forecast_log_spec,
            accounts=False,
            work=keep,
        ),
    ),
    kinds=(
        Kind(
            NudgeKind(
                ATTAINMENT_REVIEW,
                "Period review",
                "what a goal came to, once, after its period is over",
                news=True,
                for_reps=True,
                topic=Topic.GOALS,
                order=40,
            ),
            render,
            ambiguity=Ambiguity.REPEAT,
        ),
    ),
    records=(
        Record(ForecastRow, exported=True, erased="owner_id", stays=Stays("how true forecasts were")),
        Record(
            GoalOutcomeRow,
            exported=True,
            read=Act.SEE_WORK_OF,
            erased="owner_id",
            stays=Stays("what became of a goal"),
        ),
        Record(
            TeamOutcomeRow,
            exported=True,
            read=Act.SEE_TEAM_NUMBERS,
            exempt="what a team came to together; nobody's alone",
        ),
        Record(CalibrationRow, exempt="how forecasts of a team came out, worked out anew each day"),
    ),
)
