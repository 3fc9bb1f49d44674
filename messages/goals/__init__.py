"""Goals, their chance, their runway and their outcome, in words and forms."""
