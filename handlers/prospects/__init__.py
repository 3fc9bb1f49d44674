"""Prospects: who is wanted as a customer, and pursued until they are one."""
