"""Mentors: the colleague who is clearly strongest on somebody's weak light, for twenty minutes (mechanism 72)."""
