"""Craft: how a rep prepares and works: plans, and what is taken along to a customer."""
