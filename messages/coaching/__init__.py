"""Coaching in words."""
