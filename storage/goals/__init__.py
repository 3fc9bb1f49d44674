"""Goals, what was attained, and what was forecast of them, kept."""
