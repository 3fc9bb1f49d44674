"""Buttons of drills to be pressed twice: a card shown, answered, begun from a morning note, and added."""

from tests.stories.pressed import UNDO, Button, clicks, says, then

CARD = says("/drill")
OURS = says("/drill cards too expensive", who="mia")

DRILLS = (
    Button("drill.show", CARD),
    Button("drill.rate", then(CARD, clicks("drill.show")), {"drill_answer": 1, "drill_memory": 1, "undo": 1}),
    Button("drill.start", says("/drill decks")),
    Button("drill.add", says("/drill decks")),
    Button("drill.change", OURS, who="mia"),
    Button("drill.retire", OURS, {"drill_card": 1, **UNDO}, who="mia"),
)
