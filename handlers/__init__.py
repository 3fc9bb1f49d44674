"""Somebody speaks: slash commands, buttons, modals, events, and the clock's jobs."""
