"""What is prepared before a conversation, in words."""
