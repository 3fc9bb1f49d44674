"""Buttons of a brief to be pressed twice: what it lacks, what was answered, what was told and taken back."""

from tests.stories.pressed import Button, clicks, says, then
from tests.story_workspace import StoryWorkspace

BRIEF = ("/deal Acme 24k", "/prep Acme")


async def says_what_it_is_worth(town: StoryWorkspace) -> None:
    """Ana told from a brief what it is worth to them, and the brief says so."""
    ana = town.person("ana")
    await says(*BRIEF)(town)
    await clicks("prep.details")(town)
    await clicks("prep.value")(town)
    await ana.fills("What is it worth to them, in their words?", "Forty hours a month")
    await ana.submits()


PREPS = (
    Button("prep.show", says("/deal Acme 24k", "/deal Acme")),
    Button("prep.here", says("/deal Acme North 24k", "/deal Acme South 24k", "/prep Acme")),
    *(Button(f"prep.{name}", says(*BRIEF)) for name in ("details", "whole", "answers")),
    *(
        Button(f"prep.{name}", then(says(*BRIEF), clicks("prep.details")))
        for name in ("contact", "reason", "value", "obstacle")
    ),
    Button("prep.promise", says(*BRIEF), option="What happens today that you would like to be different?"),
    Button("prep.take_back", then(says_what_it_is_worth), {"deal_change": -1}),
    Button("prep.of_promise", says("/deal Acme 24k", "/followup Acme Fri demo at their depot")),
)
