"""Craft: what answers when somebody plans or prepares."""
