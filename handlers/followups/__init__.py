"""Activities and follow-ups: entered, answered, brought up in time."""
