"""What is said of messages themselves: why they came, how often, and what did not arrive."""
