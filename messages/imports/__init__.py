"""What comes in and goes out as files, in words."""
