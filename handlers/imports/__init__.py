"""Ways in and out: files of deals, and what they set going."""
