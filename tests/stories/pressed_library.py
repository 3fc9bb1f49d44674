"""Buttons of the library to be pressed twice: its pages, and what is done to an entry."""

from tests.stories.pressed import UNDO, Button, clicks, jumps, opens_home, says, then
from tests.story_workspace import StoryWorkspace

OURS = "/team library If it stays as it is"


async def past_its_day(town: StoryWorkspace) -> None:
    """Mia looks after an entry that is past its day, and reads of it."""
    mia = town.person("mia")
    await mia.says(OURS, channel="sales")
    await clicks("library.form", who="mia")(town)
    await mia.chooses("Review by", "2026-09-15")
    await mia.submits()
    await jumps("2026-09-16T10:00")(town)


LIBRARY = (
    Button("library.page", says(OURS)),
    Button("library.list", says("/team library")),
    Button("library.read", says("/team library price")),
    Button("library.theirs", then(past_its_day, opens_home("mia")), who="mia"),
    Button("library.form", says("/team library", who="mia"), who="mia"),
    Button("library.form", says(OURS, who="mia"), who="mia"),
    Button("library.import", says("/team library", who="mia"), who="mia"),
    Button("library.rights", says("/team library", who="mia"), who="mia"),
    Button("library.export", says("/team library")),
    Button("library.remove", says(OURS, who="mia"), {"library_entry": 1, **UNDO}, who="mia"),
    Button("library.take", says(OURS, who="mia"), {"library_entry": 1, **UNDO}, who="mia"),
    Button(
        "library.renew",
        then(past_its_day, says(OURS, who="mia")),
        {**UNDO},
        who="mia",
    ),
)
