"""The audit: what is asked of a pipeline, and what is answered."""
