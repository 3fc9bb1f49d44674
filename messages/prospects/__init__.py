"""Prospects in words."""
