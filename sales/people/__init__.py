"""People: a workspace's members and teams, their calendar, and what each may do."""
