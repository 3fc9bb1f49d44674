"""Drills: cards of teams and of reps, what each rep remembers of them, and when they answered (68–70)."""
