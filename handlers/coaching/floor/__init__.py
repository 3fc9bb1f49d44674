"""Floors: what everybody does in a week, by role; the rep hears first, the manager after (mechanisms 63, 64)."""

from handlers.coaching.floor import decided, told
from handlers.feature import Command, Feature, Job, Kind, Phrase, Section, Subject, Surface, routes
from handlers.people.news import TeamJoined
from messages.coaching import floor as views
from sales.coaching.floor import FLOORS, floors_spec
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.schedule import CatchUp
from sales.people.permission import Act

FEATURE = Feature(
    name="floor",
    commands=(
        Command(
            "team floors",
            "[name]",
            "what each role does in a week at least, and who is below it",
            "/team floors",
            decided.show,
            Act.SEE_TEAM,
            order=66,
        ),
        Command(
            "team role",
            "[@rep SDR|AE|AM]",
            "what somebody sells as, which decides their floor",
            decided.EXAMPLE,
            decided.role,
            Act.CHANGE_TEAM,
            order=67,
            mentions=True,
        ),
    ),
    phrases=(Phrase(r"(?:what(?:['’]?s| is) )?my (?:activity )?floor", "why", "floor"),),
    actions=routes(Act.CHANGE_TEAM, {views.EDIT: decided.open_form, views.ROLE: decided.role_chosen}),
    views=routes(Act.CHANGE_TEAM, {views.SAVE: decided.save}),
    jobs=(Job(FLOORS, CatchUp.LEVEL, told.decide, of=Subject.MEMBER, spec=floors_spec, accounts=False),),
    kinds=(
        Kind(
            NudgeKind(
                FLOORS,
                "Floors of the week",
                "on a week's first morning: who stayed below the floor, who opened nothing",
                for_leads=True,
                topic=Topic.TEAM,
                order=147,
            ),
            told.render,
        ),
    ),
    sections=(
        Section(Surface.EVENING, 15, told.in_evening, Act.OWN_WORK, leads=True),
        Section(Surface.HOME, 53, told.on_home, Act.OWN_WORK),
    ),
    hears={TeamJoined: told.hear_joined},
    explain=told.explain,
    explains="floor",
)
