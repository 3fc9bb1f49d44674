"""Sync: CRM connections, how far each was read, and what of its records is here."""
