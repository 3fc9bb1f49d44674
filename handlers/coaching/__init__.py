"""Coaching: what helps people sell better, and is worth saying aloud."""
