"""People: workspaces, members, teams, holidays and leave, kept."""
