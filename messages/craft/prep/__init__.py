"""Preparation in words: the brief, its forms, and the line before a meeting."""
