"""Runway: the last day on which an opportunity opened can still be won in time, asked for or warned of."""

from handlers.feature import (
    Command,
    Feature,
    Job,
    Kind,
    Look,
    Phrase,
    Record,
    Section,
    Shown,
    Subject,
    Surface,
    routes,
)
from handlers.goals.runway.answer import show, show_details, show_team
from handlers.goals.runway.late import opened_late
from handlers.goals.runway.warning import decide, render
from messages.blocks import context as small
from messages.goals.runway import DETAILS, home_line
from sales.goals.runway.outlook import has_runway
from sales.goals.runway.warning import RUNWAY_ALERT, RUNWAY_CHECK, runway_check_spec
from sales.nudges.kind import NudgeKind, Topic
from sales.nudges.ledger import Ambiguity
from sales.nudges.schedule import CatchUp
from sales.people.permission import Act
from storage.goals.goal import open_goals
from storage.goals.runway import RunwayMemoryRow, outlooks
from storage.goals.starting_balance import asked_goals


async def on_home(look: Look) -> Shown | None:
    """The runway that ends next, in a line; nothing once it has passed, or where nothing more has to be opened."""
    if look.team is None:
        return None
    rows = [
        row
        for row in await open_goals(look.scope, look.member.user_id, look.today)
        if has_runway(row, look.today)
    ]
    asked = await asked_goals(look.scope, rows, look.team, look.today)
    rows = [row for row in rows if row.id not in asked]  # how much is missing is not known yet
    found = await outlooks(look.scope, rows, look.member, look.team, look.today)
    ahead = [one for one in found if one.is_open]
    return Shown([small(home_line(ahead[0]))]) if ahead else None


FEATURE = Feature(
    name="runway",
    commands=(
        Command(
            "runway",
            "[next quarter] [80%]",
            "the last day to open a deal that can still be won in time, and what is needed, "
            "on average or to be 80% sure",
            "/runway",
            show,
            Act.OWN_WORK,
            order=50,
        ),
        Command(
            "runway team",
            "[name]",
            "your team's runway, all goals together",
            "/runway team",
            show_team,
            Act.SEE_TEAM_NUMBERS,
            order=51,
        ),
    ),
    phrases=(
        Phrase(r"(?:is it|when is it|when['’]?s it|will it be) too late(?: to \w+(?: \w+)*)?", "runway"),
        Phrase(
            r"(?:show |what(?:['’]?s| is) )?(?:me )?(?:my|the) runway|how long (?:have i got|do i have)",
            "runway",
        ),
        Phrase(r"(?:what(?:['’]?s| is) )?(?:my |the )?last day to (?:create|prospect|open).*", "runway"),
    ),
    actions=routes(Act.OWN_WORK, {DETAILS: show_details}),
    jobs=(
        Job(RUNWAY_CHECK, CatchUp.LEVEL, decide, of=Subject.MEMBER, spec=runway_check_spec, accounts=False),
    ),
    kinds=(
        Kind(
            NudgeKind(
                RUNWAY_ALERT,
                "Runway alert",
                "before the last day on which a new deal can still count",
                news=True,
                for_reps=True,
                topic=Topic.GOALS,
                order=20,
            ),
            render,
            ambiguity=Ambiguity.REPEAT,
        ),
    ),
    sections=(Section(Surface.HOME, 58, on_home, Act.OWN_WORK),),
    confirms=opened_late,
    records=(Record(RunwayMemoryRow, exempt="what was said of a goal's runway; it goes with the goal"),),
)
