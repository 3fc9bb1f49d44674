"""Nudges: whatever Rainmaker says unasked; when it may, how it is delivered, and why it came."""
