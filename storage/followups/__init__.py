"""Follow-ups and activities, kept."""
