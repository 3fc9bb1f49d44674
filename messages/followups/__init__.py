"""Activities and follow-ups, in words and forms."""
