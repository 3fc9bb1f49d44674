"""Halving: if half of the pipeline had to be given away, which would be kept, and who was right (mechanisms 21, 75)."""

from handlers.audit.halve import game, plan, revisit
from handlers.feature import Command, Feature, Job, Kind, Phrase, Record, Subject, routes
from messages.audit import halve as views
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Ambiguity
from sales.nudges.schedule import CatchUp
from sales.people.permission import Act
from storage.audit.halve import HalvingPickRow, HalvingRow

FEATURE = Feature(
    name="halve",
    commands=(
        Command(
            "pipeline halve",
            "",
            "if you had to give half away, which deals would you keep",
            "/pipeline halve",
            game.command,
            Act.OWN_WORK,
            order=47,
        ),
    ),
    phrases=(Phrase(r"(?:halve|cut in half) (?:my |the )?(?:pipeline|deals)", "pipeline", "halve"),),
    actions=routes(
        Act.OWN_WORK,
        {
            views.KEEP: game.keep,
            views.GIVE: game.give,
            views.GIVE_REST: game.give_rest,
            views.TURN: game.turn,
            views.SWAP: game.swap,
            views.OVER: game.start_over,
            views.PLAN: plan.open_form,
            views.PARK: game.park,
        },
    ),
    views=routes(Act.OWN_WORK, {views.SAVE: plan.save}),
    jobs=(
        Job(
            revisit.KIND,
            CatchUp.LEVEL,
            revisit.decide,
            of=Subject.TEAM,
            spec=revisit.spec,
            accounts=False,
        ),
    ),
    kinds=(
        Kind(
            NudgeKind(
                revisit.KIND,
                "Who was right",
                "at a quarter's end, if you halved your pipeline in it",
                news=True,
                for_reps=True,
                topic=Topic.DEALS,
                order=41,
            ),
            revisit.render,
            ambiguity=Ambiguity.REPEAT,
        ),
    ),
    records=(
        Record(HalvingRow, exported=True, erased="owner_id"),
        Record(HalvingPickRow, exported=True, exempt="which half somebody kept; it goes with the halving"),
    ),
)
