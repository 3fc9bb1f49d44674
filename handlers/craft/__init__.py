"""What is prepared before a conversation: asked for, written and mended."""
