"""The audit: which deals will not close, what a cut changes, and which half to keep."""
