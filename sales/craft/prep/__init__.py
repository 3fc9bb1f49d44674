"""Preparation: what is ready before a talk, what is asked in it, and which promises are one."""
