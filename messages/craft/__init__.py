"""Craft in words."""
