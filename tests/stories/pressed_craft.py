"""Buttons of the craft to be pressed twice: of plans and their steps, of drafts, of a team's evidence."""

from tests.stories.pressed import UNDO, Button, jumps, says, then

GOAL = ("/goal 120k this quarter because two depots wait", "/deal Alder 24k")
REFERRAL = (
    "/plan add referral: if a client thanks us then ask for one name; "
    "steps: list ten clients by wed, ask two of them by fri"
)
PLANNED = (*GOAL, REFERRAL)
LONG = (
    *GOAL,
    "/plan add partner: if a partner has an event then join it; "
    f"steps: {', '.join(f'meet partner {day} by {day} sep' for day in (15, 16, 17, 18, 21, 22))}",
)

PLANS = (
    Button("plan.add", says(*GOAL, "/plan")),
    Button("plan.show", says(*PLANNED, "/goal")),
    Button("plan.all", says(*LONG, "/plan")),
    Button(
        "plan.menu", says(*PLANNED, "/plan"), {"strategy": -1, "strategy_step": -2, **UNDO}, option="Remove"
    ),
    Button("plan.menu", says(*PLANNED, "/plan"), option="Change…"),
    Button("plan.menu", says(*PLANNED, "/plan"), option="Add steps…"),
    Button("plan.tick", says(*PLANNED, "/plan"), UNDO, option="list ten clients · Wed 16 Sep"),
    Button("plan.sort", says(*PLANNED, "/plan")),
    Button("plan.new_days", then(says(*PLANNED), jumps("2026-09-25 10:00"), says("/plan"))),
    Button("plan.sort_week", then(says(*PLANNED), jumps("2026-09-18 17:30"), jumps("2026-09-21 10:00"))),
)

DRAFTS = (
    Button("pitch.open", says("/pitch Your Leeds depot lost two trucks. Would a spare yard help?")),
    Button("evidence.count", says("/team evidence", who="mia"), who="mia"),
    Button("evidence.line", says("/team evidence", who="mia"), who="mia"),
)
