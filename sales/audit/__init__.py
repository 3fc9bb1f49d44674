"""The audit: which deals of a pipeline look wrong, why, and what to do about each (mechanism 20)."""
