"""Scoring: what a team's own outcomes teach of who buys, once there are enough, and never a black box (mechanism 37).

Under 100 outcomes the stated profile and shrunk rates stand in its place; a model that tells no more than the average
is not used, and what was known only after the outcome is left out by its date.
"""
