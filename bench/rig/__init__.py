"""What every measurement stands on: a whole bot against the Slack double, a caller, and the floors."""
