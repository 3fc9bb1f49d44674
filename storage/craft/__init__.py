"""What is prepared before a conversation, as it is kept."""
