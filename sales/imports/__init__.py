"""Imports: a record from outside, read and checked."""
