"""Preparation: what customers answered, and all that is known before a talk."""
