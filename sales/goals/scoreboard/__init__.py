"""The scoreboard: every forecast is kept as it was said, resolved when its period is over, and scored."""
