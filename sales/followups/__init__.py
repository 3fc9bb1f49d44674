"""Follow-ups: what was done with a customer, and what is owed next."""
