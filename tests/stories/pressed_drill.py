"""Buttons of drills to be pressed twice: a card shown, answered, begun from a morning note, and added."""

from tests.stories.pressed import Button, clicks, says, then

CARD = says("/drill")

DRILLS = (
    Button("drill.show", CARD),
    Button("drill.rate", then(CARD, clicks("drill.show")), {"drill_answer": 1, "drill_memory": 1}),
    Button("drill.start", says("/drill decks")),
    Button("drill.add", says("/drill decks")),
)
