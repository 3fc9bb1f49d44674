"""Prospects: who is wanted as a customer, and how far each came."""
