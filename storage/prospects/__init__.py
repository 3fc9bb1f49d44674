"""Prospects: whom somebody pursues."""
