"""A person's hands and eyes in the workspace, for tests."""
