"""Opportunities and what they teach, in words and forms."""
