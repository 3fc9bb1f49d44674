"""The rules: pure functions and plain values. No input or output, no Slack, no clock."""
