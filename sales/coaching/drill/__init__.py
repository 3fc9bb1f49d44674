"""Drills: cards that come back just before they are forgotten, chosen by what a rep's own work shows (68–71, 73)."""
