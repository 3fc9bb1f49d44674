"""Imports, kept so that each can be undone."""
