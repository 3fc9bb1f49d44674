"""What is sent unasked: whether it may, why it came, and what becomes of it."""
