"""Coaching: behaviour that is worth keeping, and what to practise."""
