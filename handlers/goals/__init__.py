"""Goals, their chance, their runway and their scoreboard: asked for, set, and told."""
