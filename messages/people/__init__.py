"""Teams, settings, holidays and leave, in words and forms."""
