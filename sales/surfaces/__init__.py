"""Surfaces: how much the places have room for in which features say their line."""
