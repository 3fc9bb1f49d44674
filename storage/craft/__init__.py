"""Craft: plans, and what is taken along to a customer, as they are kept."""
