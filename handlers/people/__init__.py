"""Members, teams, setup, settings, holidays and leave: asked for and changed."""
