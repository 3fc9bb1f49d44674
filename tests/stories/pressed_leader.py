"""Buttons of a leader's week to be pressed twice: of a 1:1 and its agenda."""

from tests.stories.pressed import LOGGED, UNDO, Button, says

READ_AND_CHANGED = {"access_log": 2}  # whoever presses reads the page of another, and changes it
TALK = says("/team 1on1 @ana: ask about Lockside", who="mia")
SIX_ITEMS = says(*(f"/team 1on1 @ana: topic {number}" for number in range(6)), who="mia")

TALKS = (
    *(Button(f"agenda.{name}", TALK, LOGGED, who="mia") for name in ("add", "note", "action")),
    Button("agenda.talked", TALK, {"talk_note": 1, **UNDO, **READ_AND_CHANGED}, who="mia"),
    Button(
        "agenda.tick", TALK, {**UNDO, **READ_AND_CHANGED}, who="mia", option="Mia Horvat: ask about Lockside"
    ),
    Button("agenda.all", SIX_ITEMS, LOGGED, who="mia"),
)
