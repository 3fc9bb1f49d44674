"""What is prepared before a conversation: the library, and what is made of it."""
