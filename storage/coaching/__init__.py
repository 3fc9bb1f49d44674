"""Coaching: what of a team's weeks is told to who leads it."""
