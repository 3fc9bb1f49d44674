"""Goals: targets, pace towards them, the chance of reaching them, and the runway left."""
