"""Buttons of the playbook to be pressed twice: a deal's steps, and a team's."""

from tests.stories.leads import books
from tests.stories.pressed import LOGGED, UNDO, Button, clicks, says, then
from tests.story_workspace import StoryWorkspace

STEPS = "/team playbook Proposal: walk the yard; agree the price"
ANEW = "/team playbook Proposal: walk the whole yard with their buyer; agree the price"


async def in_proposal(town: StoryWorkspace) -> None:
    """Ana looks at a deal in Proposal, which has two steps."""
    await says(STEPS, who="mia")(town)
    await books.stand_open(town, ("Alder",), stage_label="Proposal")
    await says("/deal Alder")(town)


ticked = then(in_proposal, clicks("playbook.tick", option="walk the yard"))

PLAYBOOK = (
    Button("playbook.edit", says("/team playbook", who="mia"), who="mia"),
    Button("playbook.tick", in_proposal, {"step_tick": 1, **UNDO}, option="walk the yard"),
    Button("playbook.all", ticked),
    Button(
        "playbook.same",
        then(ticked, says(ANEW, who="mia")),
        {"playbook_step": -1, **UNDO, **LOGGED},
        who="mia",
    ),
)
